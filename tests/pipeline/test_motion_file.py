"""Motion files: what is written is read back, and what is broken is refused with a sentence."""

from dataclasses import fields

import numpy as np
import pytest

from pipeline.errors import MediaError
from pipeline.motion_file import Motion
from pipeline.names import BODY_JOINTS, FACIAL_ACTIONS, IMPLICIT_SIZE
from pipeline.stream_types import BodyFrame, FaceFrame, State

ENTRIES = {
    "fps", "sample_rate", "facial_actions", "facial_action_names", "head_rotation",
    "head_translation", "gaze", "joint_rotation", "joint_names", "implicit", "viseme", "state",
}  # fmt: skip


def recorded(frames=45):
    random = np.random.default_rng(0)
    motion = Motion()
    for index in range(frames):
        face = FaceFrame(
            frame=index,
            actions=random.uniform(0, 1, 52).astype(np.float32),
            head_rotation=random.normal(0, 0.2, 3).astype(np.float32),
            head_translation=random.normal(0, 0.01, 3).astype(np.float32),
            gaze=random.normal(0, 0.1, (2, 2)).astype(np.float32),
            viseme=random.dirichlet(np.ones(15)).astype(np.float32),
            state=State(index % 3),
        )
        joints = random.normal(0, 0.4, (len(BODY_JOINTS), 3)).astype(np.float32)
        implicit = random.normal(0, 1, IMPLICIT_SIZE).astype(np.float32)
        motion.append(face, BodyFrame(index, joints, implicit))
    return motion


def same(one, other):
    return all(
        np.array_equal(getattr(one, field.name), getattr(other, field.name))
        for field in fields(one)
    )


def rewrite(path, **changes):
    """The same file with some entries changed, or left out (None)."""
    with np.load(path) as archive:
        entries = {name: archive[name] for name in archive.files} | changes
    np.savez(path, **{name: value for name, value in entries.items() if value is not None})


@pytest.fixture
def path(tmp_path):
    recorded().save(tmp_path / "m.npz")
    return tmp_path / "m.npz"


def test_what_was_saved_is_loaded_again_bit_for_bit(path):
    motion = recorded()
    loaded = Motion.load(path)
    assert len(loaded) == len(motion) == 45
    for (face, body), (other_face, other_body) in zip(
        motion.frames(), loaded.frames(), strict=True
    ):
        assert same(face, other_face)
        assert same(body, other_body)


def test_the_file_holds_exactly_the_documented_entries(path):
    with np.load(path, allow_pickle=False) as archive:
        assert set(archive.files) == ENTRIES
        assert archive["facial_actions"].shape == (45, 52)
        assert archive["gaze"].shape == (45, 2, 2)
        assert archive["joint_rotation"].shape == (45, len(BODY_JOINTS), 3)
        assert archive["state"].shape == (45,)
        assert float(archive["fps"]) == 30.0
        assert int(archive["sample_rate"]) == 24_000


def test_saving_leaves_nothing_else_behind(path):
    assert [entry.name for entry in path.parent.iterdir()] == ["m.npz"]
    recorded(3).save(path)
    assert len(Motion.load(path)) == 3
    assert [entry.name for entry in path.parent.iterdir()] == ["m.npz"]


def test_the_name_is_kept_even_without_npz(tmp_path):
    recorded(2).save(tmp_path / "motion.dat")
    assert len(Motion.load(tmp_path / "motion.dat")) == 2


def test_an_unwritable_place_is_a_sentence(tmp_path):
    with pytest.raises(MediaError, match="cannot be written"):
        recorded(2).save(tmp_path / "missing" / "m.npz")
    (tmp_path / "folder").mkdir()
    with pytest.raises(MediaError, match="cannot be written"):
        recorded(2).save(tmp_path / "folder")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_an_empty_motion_is_not_saved(tmp_path):
    with pytest.raises(MediaError, match="no motion to save"):
        Motion().save(tmp_path / "m.npz")
    assert not list(tmp_path.iterdir())


def test_names_are_looked_up_not_assumed_to_be_in_our_order(path):
    with np.load(path) as archive:
        action_order = np.random.default_rng(1).permutation(52)
        joint_order = np.random.default_rng(2).permutation(len(BODY_JOINTS))
        changes = {
            "facial_actions": archive["facial_actions"][:, action_order],
            "facial_action_names": archive["facial_action_names"][action_order],
            "joint_rotation": archive["joint_rotation"][:, joint_order],
            "joint_names": archive["joint_names"][joint_order],
        }
    rewrite(path, **changes)
    for (face, body), (other_face, other_body) in zip(
        recorded().frames(), Motion.load(path).frames(), strict=True
    ):
        assert same(face, other_face)
        assert same(body, other_body)


def test_joints_we_do_not_know_are_left_out(path):
    with np.load(path) as archive:
        joints, names = archive["joint_rotation"], archive["joint_names"]
    more = np.concatenate((joints, np.ones((45, 1, 3), np.float32)), axis=1)
    rewrite(path, joint_rotation=more, joint_names=np.append(names, "tail"))
    _, body = next(Motion.load(path).frames())
    assert body.joint_rotation.shape == (len(BODY_JOINTS), 3)


@pytest.mark.parametrize(("fps", "frames"), [(60.0, 22), (15.0, 90), (25.0, 54), (30.0, 45)])
def test_other_rates_are_resampled_to_the_rate_of_the_stream(path, fps, frames):
    ramp = np.zeros((45, 3), np.float32)
    ramp[:, 0] = np.arange(45) / fps
    rewrite(path, fps=np.array(fps), head_rotation=ramp)
    motion = Motion.load(path)
    assert len(motion) == frames
    yaw = np.array([face.head_rotation[0] for face, _ in motion.frames()])
    expected = np.minimum(np.arange(frames) / 30.0, 44 / fps)
    assert yaw == pytest.approx(expected, abs=1e-5)
    assert [face.frame for face, _ in motion.frames()] == list(range(frames))


@pytest.mark.parametrize("entry", sorted(ENTRIES))
def test_a_missing_entry_is_named(path, entry):
    rewrite(path, **{entry: None})
    with pytest.raises(MediaError, match=f"lacks the entry '{entry}'"):
        Motion.load(path)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"head_rotation": np.zeros((45, 4))}, r"head_rotation must have the shape \(45, 3\)"),
        ({"gaze": np.zeros((44, 2, 2))}, "gaze must have the shape"),
        ({"head_rotation": np.full((45, 3), np.nan)}, "head_rotation must hold finite numbers"),
        ({"joint_rotation": np.full((45, 49, 3), 9.0)}, "joint_rotation must stay between"),
        ({"facial_actions": np.full((45, 52), 1.5)}, "facial_actions must stay between 0?"),
        ({"facial_actions": np.full((45, 52), "a")}, "facial_actions must hold finite numbers"),
        ({"state": np.full(45, 7)}, "state must stay between 0 and 2"),
        ({"state": np.full(45, 0.5)}, "state must hold whole numbers"),
        ({"state": np.zeros(0)}, "must hold 1 to"),
        ({"fps": np.array(0.0)}, "fps must be from 1 to 240"),
        ({"fps": np.array(np.nan)}, "fps must be one number"),
        ({"fps": np.array([30.0])}, "fps must be one number"),
        ({"fps": np.array("30")}, "fps must be one number"),
        ({"facial_action_names": np.array(("x", *FACIAL_ACTIONS[1:]))}, "lacks 'browDownLeft'"),
        ({"facial_action_names": np.array((FACIAL_ACTIONS[1], *FACIAL_ACTIONS[1:]))}, "one twice"),
        ({"joint_names": np.arange(49)}, "joint_names must be a list of names"),
    ],
)
def test_unusable_content_is_refused_with_a_sentence(path, changes, sentence):
    rewrite(path, **changes)
    with pytest.raises(MediaError, match=sentence):
        Motion.load(path)


def test_pickles_are_never_read(path):
    rewrite(path, viseme=np.array([{"a": 1}] * 45, dtype=object))
    with pytest.raises(MediaError, match="damaged"):
        Motion.load(path)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_cut_off_file_is_refused(path, share):
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(MediaError, match=r"not a motion file|damaged"):
        Motion.load(path)


def test_a_changed_byte_is_noticed(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(MediaError, match="damaged"):
        Motion.load(path)


def test_a_missing_file_and_a_folder_are_sentences(tmp_path):
    with pytest.raises(MediaError, match="There is no motion file"):
        Motion.load(tmp_path / "none.npz")
    with pytest.raises(MediaError, match="is not a motion file"):
        Motion.load(tmp_path)
