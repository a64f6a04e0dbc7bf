"""Composites beside true frames, of template people; needs OpenGL, no assets."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("moderngl")

from pipeline.gate import Gate  # noqa: E402
from pipeline.implicit_motion import motion_of, pose_of  # noqa: E402
from pipeline.names import IMPLICIT_SIZE  # noqa: E402
from tests.people import face_frame, make_avatar, resting_body  # noqa: E402
from tests.training.people.staged import staged_character, staged_episode  # noqa: E402
from training.people.episode import EpisodeKind  # noqa: E402
from training.people.motion_frame import MotionPoses, reach_of  # noqa: E402
from training.people.pose import hanging_arms, joint_pose  # noqa: E402
from training.renderer.appearance import recoloured  # noqa: E402
from training.renderer.learner import RendererLearner, RendererRun, frame_of  # noqa: E402
from training.renderer.take import Take  # noqa: E402
from training.renderer.take_stream import TakeOptions, TakeStream  # noqa: E402

CPU = torch.device("cpu")
WEIGHTS = "average.safetensors"


def staged_take(
    kind: EpisodeKind, frames: int, number: int, known: frozenset[str] = frozenset()
) -> Take:
    """The mean template, which turns its head and opens its mouth."""
    episode = staged_episode(replace(kind, sources=1, per_source=frames), number, known)
    avatar, template = make_avatar(Path("take"))
    skeleton = staged_character().body.skeleton
    joints = hanging_arms(skeleton, 0.2)
    source = replace(avatar.source, joint_rotation=joints)
    moves = MotionPoses(source, skeleton, reach_of(avatar.identity, source))
    body = resting_body(template.model, avatar.identity)
    motion, poses = [], [episode.poses[0]]
    for k in range(frames):
        face = face_frame({"jawOpen": 0.2 + 0.1 * k}, (0.1 * k, 0, 0), frame=k)
        motion.append((face, body))
        sway = np.zeros_like(episode.poses[0].sway)
        poses.append(replace(joint_pose(skeleton, *moves.pose(face, body)), sway=sway))
    camera, light = episode.camera, avatar.light
    fit = {
        "identity": avatar.identity, "actions": source.actions, "gaze": source.gaze,
        "head_rotation": source.head_rotation, "joint_rotation": joints,
        "focal_px": np.float32(camera.focal_px), "principal_px": camera.centre_px,
        "camera_rotation": camera.rotation, "camera_translation": camera.translation,
        "sleeve_kind": np.array("long"), "light_direction": light.direction,
        "light_key": light.key, "light_ambient": light.ambient,
    }  # fmt: skip
    seen = [pose_of(*frame) for frame in motion]
    before = np.stack([motion_of(pose, ()) for pose in seen])
    return Take(replace(episode, poses=poses), motion, before, fit)


def options(**changes) -> TakeOptions:
    few = dict(frames=4, per_take=2, batch_takes=1, on_stage=1, ahead=2, workers=0, supersample=1)
    return TakeOptions(Path(), **(few | changes))


def opened(**changes) -> TakeStream:
    try:
        return TakeStream(options(**changes), CPU, staged_take)
    except Exception as error:
        pytest.skip(f"no OpenGL through EGL: {error}")


@pytest.fixture(scope="module")
def batches():
    with opened() as stream:
        return list(islice(stream, 3))


def test_the_composite_is_nearer_to_the_truth_than_the_portrait_is(batches):
    for batch in batches[:2]:
        truth = batch.truth.float()
        composite = (batch.composite.float() - truth).abs().mean()
        assert composite < 0.7 * (batch.source.float() - truth).abs().mean()


def test_gates_of_mouths_are_open_and_faces_inside_the_picture(batches):
    for batch in batches:
        assert batch.gates.shape[1:] == (len(Gate), 384, 256)
        assert (batch.gates[:, Gate.MOUTH].amax((1, 2)) > 100).all()
        assert (batch.face >= 0).all()


def test_takes_follow_one_another(batches):
    first, second, third = (batch.source for batch in batches)
    assert torch.equal(first, second)
    assert not torch.equal(second, third)


def test_takes_can_be_shown_again():
    with opened(showings=2) as stream:
        shown = [batch.composite for batch in islice(stream, 5)]
    assert torch.equal(shown[0], shown[2])
    assert torch.equal(shown[1], shown[3])
    assert not torch.equal(shown[0], shown[4])


@pytest.mark.slow
def test_what_workers_wrote_is_gone_when_a_stream_is_closed():
    stream = opened()
    stream.batch()
    near = stream._near
    assert any(near.iterdir())
    stream.close()
    assert not near.exists()


def test_colours_change_alike_in_all_pictures(batches):
    batch = batches[0]
    same = replace(batch, truth=batch.composite)
    changed = 0
    for seed in range(4):
        seen = recoloured(same, torch.Generator().manual_seed(seed))
        assert torch.equal(seen.truth, seen.composite)
        assert seen.skin.shape == batch.skin.shape
        changed += not torch.allclose(seen.truth, batch.composite.float() / 255, atol=0.01)
    assert changed >= 2


def test_a_square_is_cut_at_its_corner_from_maps_of_every_size(batches):
    no_code = torch.zeros(2, IMPLICIT_SIZE)
    frame = frame_of(recoloured(batches[0], torch.Generator().manual_seed(0)), no_code)
    for maps in (frame.composite, frame.gates, frame.flow):
        step = 512 // maps.shape[-1]
        x, y = (frame.face[1] // step).tolist()
        cut = frame.on_face(maps)
        assert cut.shape[-1] == 256 // step
        assert torch.equal(cut[1], maps[1, :, y : y + 256 // step, x : x + 256 // step])


@pytest.mark.slow
def test_painters_learn_and_go_on_from_a_checkpoint(tmp_path):
    from training.descent import save_weights
    from training.distributed import World

    run = RendererRun(total_samples=8, batch=2, critic_from=0.4)
    with opened() as stream:
        learner = RendererLearner(run, stream, World(0, 1, "cpu"))
        first = learner.step(1.0)
        learner.step(1.0)
        assert learner.progress == 0.5
        assert {"whole", "face", "lite", "code", "error_left"} <= first.keys()
        other = RendererLearner(run, stream, World(0, 1, "cpu"))
        other.load_state_dict(learner.state_dict())
        assert other.progress == 0.5
        for mine, theirs in zip(learner.tiers.parameters(), other.tiers.parameters(), strict=True):
            assert torch.equal(mine, theirs)
        save_weights(learner.average.weights, tmp_path)
        begun = RendererLearner(run, stream, World(0, 1, "cpu"), begin=tmp_path / WEIGHTS)
        for name, value in begun.average.weights.items():
            assert torch.equal(value, learner.average.weights[name])
