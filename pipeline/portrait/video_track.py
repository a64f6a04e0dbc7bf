"""A video of one person as a motion file: decode, follow, fit, smooth."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.errors import MediaError
from pipeline.motion_file import Motion
from pipeline.names import ACTION_INDEX, IMPLICIT_SIZE, JOINT_INDEX, VISEMES
from pipeline.portrait.clip_body import ClipBody, clip_body
from pipeline.portrait.clip_face import ClipFace, clip_face
from pipeline.portrait.clip_fit import fit_clip
from pipeline.portrait.clip_sound import heard_in, seen_to_speak
from pipeline.portrait.clip_timeline import Timeline, presence
from pipeline.portrait.person_track import TrackedFrame, follow_person
from pipeline.portrait.trackers import Trackers
from pipeline.rates import FPS
from pipeline.sentence import Sentence
from pipeline.stream_types import BodyFrame, FaceFrame, State
from pipeline.video_file import read_upright, video_info

LARGEST_PX = 1280
LEAST_FACE_S = 1.0
# Shares of all work: following the person, fitting.
FOLLOWING, FITTING = 0.45, 0.5
SMALL_FACE_PX = 40.0
LOST = 0.5
ELBOWS = [JOINT_INDEX["lowerarm01.L"], JOINT_INDEX["lowerarm01.R"]]
# Motions of a video are relative to how the person rests, so their posture is not told.
POSTURE_KNOBS = ("posture",)
# Nor does it tell of hands that are in the picture for less than this share of the time.
HAND_KNOBS = ("gesture_rate", "gesture_extent", "two_handedness")
LEAST_HANDS_SHARE = 0.05
# What the person may do at most, radians; beyond it the trackers erred.
LARGEST_TURN, LARGEST_GAZE = 1.4, 0.6
NECK_REACH_M = np.array([0.02, 0.012, 0.03])


@dataclass(frozen=True, slots=True)
class VideoTrack:
    """motion: at the rate of the stream, its first frame at start_s of the clip, which lasts to
    end_s; face_share: of its frames that show the face; untold: knobs of a style that it
    does not tell; notes: what the user should know"""

    motion: Motion
    start_s: float
    end_s: float
    face_share: float
    untold: tuple[str, ...]
    notes: tuple[str, ...]


def track_video(
    path: str | Path,
    on_progress: Callable[[float], None] | None = None,
    trackers: Trackers | None = None,
) -> VideoTrack:
    """The motion of the person in a video, relative to how they rest.

    Of several people it is the one with the largest face where it begins; of a video with cuts the
    part between two of them that shows a face the longest.
    on_progress: told the share that is done, in [0, 1]

    Raises MediaError where the file is no video or shows nobody's face for a second.
    """
    path = Path(path)
    report = on_progress or (lambda _: None)
    tracked = _followed(path, trackers or Trackers.load(), report)
    shot, notes = _longest_shot(path, tracked)
    clip = fit_clip(shot, lambda done: report(FOLLOWING + FITTING * done / len(shot)))
    first = round(shot[0].time_s * FPS)
    times_s = np.array([frame.time_s for frame in shot]) - first / FPS
    timeline = Timeline(times_s, max(round(float(times_s[-1]) * FPS) + 1, 1))
    face = clip_face(clip, timeline)
    body = clip_body(clip, timeline, face.at_rest)
    motion = _motion(face, body, _heard(path, first, face.actions))
    report(1.0)
    known = np.array([frame.face is not None for frame in shot])
    hands_share = float((body.joint_rotation[:, ELBOWS] != body.rest[ELBOWS]).any((1, 2)).mean())
    return VideoTrack(
        motion=motion,
        start_s=first / FPS,
        end_s=(first + len(motion)) / FPS,
        face_share=float(known.mean()),
        untold=POSTURE_KNOBS + (HAND_KNOBS if hands_share < LEAST_HANDS_SHARE else ()),
        notes=tuple(notes),
    )


def _followed(
    path: Path, trackers: Trackers, report: Callable[[float], None]
) -> list[TrackedFrame]:
    duration_s = max(video_info(path).duration_s, 1e-3)
    tracked = []
    for frame in follow_person(read_upright(path, LARGEST_PX), trackers):
        tracked.append(frame)
        report(FOLLOWING * min(frame.time_s / duration_s, 1.0))
    if not tracked:
        raise MediaError(
            "{path} holds no frame that can be read; choose another video.", path=path.name
        )
    return tracked


def _longest_shot(
    path: Path, tracked: Sequence[TrackedFrame]
) -> tuple[list[TrackedFrame], list[str]]:
    """The frames between two cuts that show the face the longest, from its first to its last
    appearance, and what to tell the user of the choice."""
    shots = [list(group) for _, group in itertools.groupby(tracked, lambda frame: frame.shot)]
    best = max(shots, key=lambda shot: sum(frame.face is not None for frame in shot))
    seen = [index for index, frame in enumerate(best) if frame.face is not None]
    if len(seen) < 2 or best[seen[-1]].time_s - best[seen[0]].time_s < LEAST_FACE_S:
        raise MediaError(
            "No face is to be seen in {path} for a second or longer; choose a video "
            "that shows one person from the front.",
            path=path.name,
        )
    shown = best[seen[0] : seen[-1] + 1]
    notes = []
    if len(shots) > 1:
        notes.append(
            Sentence(
                "The camera is cut {times} times; only the part from {from_s:.1f} s to {to_s:.1f} s"
                " was used.",
                times=len(shots) - 1,
                from_s=shown[0].time_s,
                to_s=shown[-1].time_s,
            )
        )
    if max(frame.face_count for frame in best) > 1:
        notes.append(
            Sentence("There are several people; the one with the largest face was followed.")
        )
    if len(seen) < 0.9 * len(shown):
        hidden = 1.0 - len(seen) / len(shown)
        notes.append(Sentence("The face is hidden in {hidden:.0%} of the frames.", hidden=hidden))
    sizes = [frame.face.inter_ocular_px for frame in shown if frame.face is not None]
    if np.median(sizes) < SMALL_FACE_PX:
        notes.append(
            Sentence("The face is small in the picture; lips and eyes are measured coarsely.")
        )
    return shown, notes


def _heard(path: Path, first: int, actions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(N,) State and (N, 15) visemes, by the sound or, without any, by the jaw."""
    heard = heard_in(path, first + len(actions))
    if heard is not None:
        return heard[0][first:], heard[1][first:]
    visemes = np.zeros((len(actions), len(VISEMES)), np.float32)
    visemes[:, VISEMES.index("sil")] = 1.0
    return seen_to_speak(actions[:, ACTION_INDEX["jawOpen"]]), visemes


def _motion(face: ClipFace, body: ClipBody, heard: tuple[np.ndarray, np.ndarray]) -> Motion:
    """Frames; where the person is lost they ease to rest and idle."""
    level = presence(face.known)
    states, visemes = heard
    joints = body.rest + level[:, None, None] * (body.joint_rotation - body.rest)
    joints = joints.astype(np.float32)
    # Who moves away or aside takes the whole body along, which an avatar cannot.
    translation = (NECK_REACH_M * np.tanh(body.head_translation / NECK_REACH_M)).astype(np.float32)
    motion = Motion()
    for index, share in enumerate(level.astype(np.float32)):
        seen_face = FaceFrame(
            frame=index,
            actions=share * face.actions[index],
            head_rotation=share * np.clip(body.head_rotation[index], -LARGEST_TURN, LARGEST_TURN),
            head_translation=share * translation[index],
            gaze=share * np.clip(face.gaze[index], -LARGEST_GAZE, LARGEST_GAZE),
            viseme=visemes[index],
            state=State(int(states[index])) if share > LOST else State.IDLE,
        )
        implicit = np.zeros(IMPLICIT_SIZE, np.float32)
        motion.append(seen_face, BodyFrame(index, joints[index], implicit))
    return motion
