import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("moderngl")

from tests.training.people.staged import random_poses, staged_character, staged_loose  # noqa: E402
from training.people.pose import posed_by  # noqa: E402
from training.people.skinning import Skinning  # noqa: E402


@pytest.fixture(scope="module")
def character():
    return staged_character()


@pytest.fixture(scope="module")
def poses(character):
    return random_poses(character, 3, 5)


@pytest.fixture(scope="module")
def moved(character, poses):
    on = lambda name: torch.from_numpy(np.stack([getattr(p, name) for p in poses])).float()  # noqa: E731
    skinning = Skinning(character, torch.device("cpu"), staged_loose())
    return skinning, *skinning.posed(on("actions"), on("rotation"), on("position"), on("sway"))


def test_vertices_are_those_of_the_character(character, poses, moved):
    _, vertices, _ = moved
    for pose, mine in zip(poses, vertices.numpy(), strict=True):
        expected = posed_by(character, pose, staged_loose()).vertices
        assert np.abs(mine - expected).max() < 1e-5
    assert (vertices[0] - vertices[1]).abs().max() > 0.05


def test_normals_are_those_of_the_character(character, moved):
    _, vertices, normals = moved
    for mine, at in zip(normals.numpy(), vertices.numpy(), strict=True):
        expected = character.normals(at)
        assert np.quantile(np.abs(mine - expected).max(1), 0.999) < 1e-3


def test_streams_hold_position_and_normal_of_every_render_vertex(character, moved):
    skinning, vertices, normals = moved
    stream = skinning.stream(vertices, normals)
    rows = np.concatenate([part.source for part in character.parts])
    assert stream.shape == (3, len(rows), 6)
    assert torch.equal(stream[1, :, :3], vertices[1][rows])
    assert torch.equal(stream[1, :, 3:], normals[1][rows])


def test_the_same_poses_give_the_same_bits(character, poses, moved):
    on = lambda name: torch.from_numpy(np.stack([getattr(p, name) for p in poses])).float()  # noqa: E731
    again = moved[0].posed(on("actions"), on("rotation"), on("position"), on("sway"))
    assert torch.equal(again[0], moved[1])
    assert torch.equal(again[1], moved[2])
