"""A film of our own with known motion is tracked, and the motion found again."""

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest

from app.cli.command_line import run_command_line
from pipeline.errors import MediaError
from pipeline.motion_file import Motion
from pipeline.names import ACTION_INDEX, BODY_JOINTS, IMPLICIT_SIZE
from pipeline.portrait.video_track import track_video
from pipeline.rates import FPS
from pipeline.stream_types import BodyFrame, FaceFrame, State
from pipeline.video_file import read_frames
from tests.pipeline.sounds import tone, write_encoded, write_silent_video

FRAMES = 84
BLINKS = (20, 58)
LEFT_BLINK, JAW = ACTION_INDEX["eyeBlinkLeft"], ACTION_INDEX["jawOpen"]


def known_motion():
    """Turning, nodding, talking, looking aside, and two blinks of 0.27 s."""
    motion = Motion()
    for index in range(FRAMES):
        time_s = index / FPS
        actions = np.zeros(52, np.float32)
        actions[JAW] = 0.35 * max(0.0, np.sin(2 * np.pi * 2.1 * time_s)) * (time_s > 0.8)
        nearest = min(abs(index - blink) for blink in BLINKS)
        actions[[LEFT_BLINK, LEFT_BLINK + 1]] = np.clip(1.35 - nearest / 3.4, 0.0, 1.0)
        yaw, pitch = 0.17 * np.sin(2 * np.pi * 0.5 * time_s), 0.09 * np.sin(2 * np.pi * time_s)
        look = 0.22 if 30 <= index < 50 else 0.0
        motion.append(
            FaceFrame(
                frame=index,
                actions=actions,
                head_rotation=np.array((yaw, pitch, 0.0), np.float32),
                head_translation=np.zeros(3, np.float32),
                gaze=np.full((2, 2), (look, 0.0), np.float32),
                viseme=np.eye(15, dtype=np.float32)[0],
                state=State.SPEAKING,
            ),
            BodyFrame(index, RESTING, np.zeros(IMPLICIT_SIZE, np.float32)),
        )
    return motion


def resting():
    from pipeline.avatar import load_avatar
    from pipeline.rest_pose import resting_joint_rotation
    from pipeline.template import load_template

    return resting_joint_rotation(load_template().skeleton(load_avatar("maya").identity))


RESTING = resting()


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """The rendered film, the motion in it, and what tracking makes of it."""
    folder = tmp_path_factory.mktemp("film")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(folder))
        known_motion().save(folder / "m.npz")
        options = ["--avatar", "maya", "--no-label", "--device", "cpu"]
        files = ["--motion-in", str(folder / "m.npz"), "--out", str(folder / "v.mp4")]
        assert run_command_line(["render", *files, *options]) == 0
    shares = []
    track = track_video(folder / "v.mp4", shares.append)
    return SimpleNamespace(
        path=folder / "v.mp4",
        truth=known_motion().arrays(),
        track=track,
        found=track.motion.arrays(),
        shares=shares,
    )


def correlation(found, truth):
    return float(np.corrcoef(found, truth)[0, 1])


def test_the_motion_is_as_long_as_the_film_and_the_face_is_never_lost(film):
    assert len(film.track.motion) == FRAMES
    assert film.track.face_share == 1.0
    assert (film.track.start_s, film.track.end_s) == (0.0, pytest.approx(FRAMES / FPS))
    assert film.track.notes == ()


@pytest.mark.parametrize(
    ("entry", "place", "least"),
    [
        ("facial_actions", (JAW,), 0.95),
        ("facial_actions", (LEFT_BLINK,), 0.95),
        ("head_rotation", (0,), 0.97),
        ("head_rotation", (1,), 0.85),
        ("gaze", (0, 0), 0.9),
    ],
)
def test_what_moved_is_found_again(film, entry, place, least):
    found, truth = (getattr(arrays, entry)[:, *place] for arrays in (film.found, film.truth))
    assert correlation(found, truth) > least


def test_amplitudes_come_near_the_truth(film):
    yaw = film.found.head_rotation[:, 0]
    assert np.ptp(yaw) == pytest.approx(np.ptp(film.truth.head_rotation[:, 0]), rel=0.25)
    jaw = film.found.facial_actions[:, JAW]
    assert jaw.max() == pytest.approx(film.truth.facial_actions[:, JAW].max(), rel=0.35)


def test_blinks_stay_crisp_and_closed(film):
    lids = film.found.facial_actions[:, LEFT_BLINK]
    for blink in BLINKS:
        assert lids[blink - 1 : blink + 2].max() > 0.85
    far = np.min([np.abs(np.arange(FRAMES) - blink) for blink in BLINKS], axis=0) > 7
    assert lids[far].max() < 0.15


def test_closed_lips_are_closed(film):
    quiet = film.truth.facial_actions[:20, JAW]
    assert quiet.max() == 0.0
    assert film.found.facial_actions[:20, JAW].max() < 0.03


def test_progress_rises_to_the_end(film):
    assert film.shares == sorted(film.shares)
    assert film.shares[-1] == 1.0


def test_a_found_motion_is_a_valid_motion_file(film, tmp_path):
    film.track.motion.save(tmp_path / "m.npz")
    assert len(Motion.load(tmp_path / "m.npz")) == FRAMES
    assert film.found.joint_rotation.shape == (FRAMES, len(BODY_JOINTS), 3)


@pytest.mark.slow
def test_uneven_frame_times_end_up_on_the_even_timeline(film, tmp_path):
    """Every third frame is left out, so that gaps and steps alternate."""
    kept = [index for index in range(FRAMES) if index % 3]
    path = write_frames(tmp_path / "uneven.mp4", film.path, kept)
    found = track_video(path).motion.arrays()
    first = kept[0]
    truth = film.truth.head_rotation[first : first + len(found.state), 0]
    assert len(found.state) == pytest.approx(FRAMES - first, abs=1)
    assert correlation(found.head_rotation[: len(truth), 0], truth) > 0.97


def write_frames(path: Path, source: Path, kept: list[int]) -> Path:
    """Some frames of a film, at their own times."""
    pictures = [pixels for _, pixels in read_frames(source)]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"crf": "16"})
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, FPS)
        for index in kept:
            frame = av.VideoFrame.from_ndarray(pictures[index], format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_a_video_without_a_face_is_a_sentence(tmp_path):
    path = write_silent_video(tmp_path / "grey.mp4", 40)
    with pytest.raises(MediaError, match=r"No face is to be seen in grey\.mp4"):
        track_video(path)


def test_what_is_no_video_is_a_sentence(tmp_path):
    with pytest.raises(MediaError, match="There is no file"):
        track_video(tmp_path / "none.mp4")
    (tmp_path / "text.mp4").write_text("no video")
    with pytest.raises(MediaError, match="not a video file"):
        track_video(tmp_path / "text.mp4")
    sound = write_encoded(tmp_path / "a.m4a", tone(48_000, 0.5)[None], 48_000, "aac")
    with pytest.raises(MediaError, match="contains no video"):
        track_video(sound)


def test_the_head_stays_on_the_neck(film):
    assert np.abs(film.found.head_translation).max() < 0.03


def test_hands_that_are_not_in_the_picture_tell_nothing(film):
    assert {"gesture_rate", "two_handedness", "posture"} <= set(film.track.untold)
