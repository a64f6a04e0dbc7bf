from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("moderngl")

from pathlib import Path  # noqa: E402

from tests.training.people.staged import staged_episode  # noqa: E402
from training.people.episode import EpisodeKind  # noqa: E402
from training.people.ground_truth import GroundTruthRenderer  # noqa: E402
from training.people.label import SKIN_LABELS, Label  # noqa: E402
from training.people.lighting import tone_mapped  # noqa: E402
from training.people.pair_renderer import Block, PairRenderer  # noqa: E402
from training.people.portrait import to_bytes  # noqa: E402
from training.people.pose import posed_by  # noqa: E402
from training.people.renderer import Renderer, Shot  # noqa: E402

KIND = EpisodeKind(Path(), sources=1, per_source=2)


def renderer_on(device: str, **options) -> PairRenderer:
    try:
        return PairRenderer(torch.device(device), supersample=1, **options)
    except Exception as error:
        if device != "cpu":
            raise
        pytest.skip(f"no OpenGL through EGL: {error}")


def drawn(renderer: PairRenderer, numbers=(0, 1)):
    blocks = []
    for number in numbers:
        actor = renderer.actor(staged_episode(KIND, number, renderer.known_textures))
        poses = actor.episode.poses
        blocks.append(Block(actor, poses[0], poses[1:]))
    return renderer.draw(blocks)


@pytest.fixture(scope="module")
def pairs():
    renderer = renderer_on("cpu")
    batch = drawn(renderer)
    renderer.close()
    return batch


@pytest.fixture(scope="module")
def shots():
    """Source and driving frames of episode 1, posed in numpy."""
    episode = staged_episode(KIND, 1)
    shots = []
    for pose in episode.poses:
        posed = posed_by(episode.character, pose, episode.loose)
        shots.append(Shot(posed, episode.look, episode.camera, episode.lighting))
    return episode, shots


def share_equal(a: np.ndarray, b: np.ndarray, within: float = 0.0) -> float:
    with np.errstate(invalid="ignore"):
        return float((np.isclose(a, b, rtol=0, atol=within) | (a == b)).mean())


def test_maps_are_those_of_the_renderer_of_single_frames(pairs, shots):
    episode, (source, *driving) = shots
    truths = GroundTruthRenderer(episode.textures)
    for k, shot in enumerate(driving):
        mine, expected = 2 + k, truths.draw(source, shot)
        assert share_equal(pairs.label[mine].numpy(), expected.label) > 0.9999
        assert share_equal(pairs.kind[mine].numpy(), expected.kind) > 0.9999
        assert share_equal(pairs.visible[mine].numpy(), expected.visible) > 0.999
        flat = expected.source_px.transpose(2, 0, 1)
        assert share_equal(pairs.source_px[mine].numpy(), flat, 0.02) > 0.9999
        assert share_equal(pairs.depth_m[mine].numpy(), expected.depth_m, 1e-4) > 0.9999
        upright = expected.normal.transpose(2, 0, 1)
        assert share_equal(pairs.normal[mine].numpy(), upright, 0.01) > 0.999
        assert share_equal(pairs.matte[mine].numpy(), expected.matte, 0.1) > 0.9999
        assert share_equal(pairs.source_matte[mine].numpy(), expected.source_matte, 0.1) > 0.9999


def test_points_are_those_of_the_renderer_of_single_frames(pairs, shots):
    episode, (source, *driving) = shots
    truth = GroundTruthRenderer(episode.textures).draw(source, driving[1])
    for name in ("vertices", "landmarks"):
        mine, expected = getattr(pairs, name), getattr(truth, name)
        assert np.abs(mine.pixel[3].numpy() - expected.pixel).max() < 0.05
        assert np.abs(mine.depth_m[3].numpy() - expected.depth_m).max() < 1e-4
        assert share_equal(mine.visible[3].numpy(), expected.visible) > 0.995
        assert expected.visible.any()


def test_pictures_are_those_of_the_renderer_over_the_plate(pairs, shots):
    episode, (source, *driving) = shots
    renderer = Renderer(episode.textures, supersample=1)
    for mine, shot in ((pairs.source[2], source), (pairs.driving[3], driving[1])):
        radiance = renderer.render(shot, passes=1)
        under = episode.plate.astype(np.float32) * (1 - radiance[..., 3:])
        expected = to_bytes(tone_mapped(radiance[..., :3] + under, episode.lighting.exposure))
        apart = np.abs(mine.permute(1, 2, 0).numpy().astype(int) - expected)
        assert (apart > 2).mean() < 1e-3
    assert torch.equal(pairs.source[2], pairs.source[3])
    assert not torch.equal(pairs.source[1], pairs.source[2])


def test_pairs_say_whose_they_are(pairs):
    assert pairs.episode.tolist() == [0, 0, 1, 1]
    assert pairs.person.tolist() == [100, 100, 101, 101]
    assert len(pairs) == 4
    assert pairs.background[0].float().mean() < pairs.background[2].float().mean()


def test_flow_follows_hair_that_sways(shots):
    episode, (_, _, driving) = shots
    still = episode.poses[2]
    sway = np.tile(np.array([0.02, 0.0, 0.01], np.float32), (len(episode.loose.groups), 1))
    here, there = (
        replace(driving, posed=posed_by(episode.character, replace(still, sway=s), episode.loose))
        for s in (0 * sway, sway)
    )
    truth = GroundTruthRenderer(episode.textures).draw(here, there)
    moved, camera = np.hypot(*truth.flow_px.transpose(2, 0, 1)), episode.camera
    hair, body = truth.label == Label.HAIR, np.isin(truth.label, SKIN_LABELS)
    assert hair.sum() > 2000
    assert np.quantile(moved[hair], 0.9) > 10
    assert moved[body].max() < 0.05
    # Warped back, each hair vertex in sight is where it was.
    rows = np.unique(episode.character.parts[-1].source)
    before, _ = camera.project(here.posed.vertices[rows])
    after, depth = camera.project(there.posed.vertices[rows])
    column, row = np.floor(after).astype(int).T
    seen = (column > 0) & (column < 511) & (row > 0) & (row < 767)
    row, column = row[seen], column[seen]
    near = hair[row, column] & (np.abs(truth.depth_m[row, column] - depth[seen]) < 0.003)
    flow = truth.flow_px[row, column][near]
    assert near.sum() > 20
    assert np.median(np.abs(flow - (before - after)[seen][near])) < 1


@pytest.mark.gpu
def test_frames_that_stay_on_the_gpu_equal_those_read_back():
    shared = renderer_on("cuda")
    assert shared.path == "interop", "CUDA and OpenGL share no memory here"
    stayed = drawn(shared)
    shared.close()
    through = renderer_on("cuda", host=True)
    read = drawn(through)
    for name in (
        "source",
        "driving",
        "source_px",
        "visible",
        "label",
        "normal",
        "depth_m",
        "matte",
    ):
        assert torch.equal(getattr(stayed, name), getattr(read, name)), name
    assert stayed.driving.is_cuda


@pytest.mark.gpu
def test_the_gpu_draws_what_the_processor_draws(pairs):
    renderer = renderer_on("cuda")
    there = drawn(renderer)
    for name, least in (("label", 0.999), ("visible", 0.995)):
        mine, other = getattr(there, name).cpu().numpy(), getattr(pairs, name).numpy()
        assert share_equal(mine, other) > least, name
    apart = (there.driving.cpu().float() - pairs.driving.float()).abs()
    assert apart.mean() < 2


@pytest.mark.gpu
def test_the_same_poses_give_the_same_pair_on_the_gpu():
    renderer = renderer_on("cuda")
    first, second = drawn(renderer), drawn(renderer)
    for name in ("source", "driving", "source_px", "visible", "label"):
        assert torch.equal(getattr(first, name), getattr(second, name)), name
