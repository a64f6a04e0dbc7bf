"""A GPU draws people without graphics, software OpenGL with it; both must show the same."""

from pathlib import Path

import numpy as np
import pytest

moderngl = pytest.importorskip("moderngl")

from tests.training.people.staged import staged_episode  # noqa: E402
from training.people.episode import Episode, EpisodeKind  # noqa: E402
from training.people.gl_compute import drawn_by  # noqa: E402
from training.people.ground_truth import GroundTruthRenderer  # noqa: E402
from training.people.pose import posed_by  # noqa: E402
from training.people.renderer import Renderer, Shot  # noqa: E402

WAYS = (False, True)


@pytest.fixture(scope="module")
def episode() -> Episode:
    return staged_episode(EpisodeKind(Path(), sources=1, per_source=1), 1)


@pytest.fixture(scope="module")
def shots(episode) -> list[Shot]:
    return [
        Shot(
            posed_by(episode.character, pose, episode.loose),
            episode.look, episode.camera, episode.lighting,
        )
        for pose in episode.poses
    ]  # fmt: skip


def evenly_coloured(textures: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Of one colour each, since software OpenGL filters colours in two ways; cut-outs stay."""
    return {
        name: np.dstack([np.full_like(pixels[..., :3], pixels[..., :3].mean()), pixels[..., 3]])
        for name, pixels in textures.items()
    }


@pytest.fixture(scope="module")
def truths(gl, episode, shots):
    return [GroundTruthRenderer(episode.textures, gl, way).draw(*shots) for way in WAYS]


def test_pictures_are_the_same_in_compute_and_as_graphics(gl, episode, shots):
    textures = evenly_coloured(episode.textures)
    drawn, computed = (Renderer(textures, 1, gl, way).render(shots[1], passes=1) for way in WAYS)
    there = drawn[..., 3] > 0
    assert 0.2 < there.mean() < 0.9
    assert ((computed[..., 3] > 0) == there).mean() > 0.9999
    apart = np.abs(drawn - computed)[there].max(-1)
    assert apart.mean() < 2e-4
    assert (apart > 0.02).mean() < 2e-3
    assert drawn[there].std() > 0.05


def test_labels_and_depths_are_the_same_in_compute_and_as_graphics(truths):
    drawn, computed = truths
    for name in ("label", "kind", "visible"):
        one, other = (getattr(truth, name) for truth in truths)
        assert (one == other).mean() > 0.9995, name
        assert len(np.unique(one)) > 1
    same = (drawn.label == computed.label) & (drawn.label > 0)
    assert np.quantile(np.abs(drawn.depth_m[same] - computed.depth_m[same]), 0.999) < 5e-5


def test_flow_and_normals_are_the_same_in_compute_and_as_graphics(truths):
    drawn, computed = truths
    same = (drawn.label == computed.label) & (drawn.label > 0)
    assert np.quantile(np.abs(drawn.source_px - computed.source_px)[same], 0.999) < 0.01
    assert np.quantile(np.abs(drawn.normal - computed.normal)[same], 0.999) < 1e-3
    assert np.abs(drawn.flow_px[same]).max() > 5


def broken(gl):
    return gl.compute_shader("#version 430\nnonsense")


@pytest.mark.parametrize("asked", WAYS)
def test_what_is_asked_for_draws(gl, asked):
    assert drawn_by(gl, asked, lambda: True, lambda: False) is asked


def test_a_compute_shader_that_was_asked_for_must_compile(gl):
    with pytest.raises(moderngl.Error):
        drawn_by(gl, True, lambda: broken(gl), lambda: None)


def test_graphics_draw_where_a_gpu_refuses_a_compute_shader(gl, caplog, monkeypatch):
    monkeypatch.setattr("training.people.gl_compute.on_gpu", lambda context: True)
    assert drawn_by(gl, None, lambda: broken(gl), lambda: "graphics") == "graphics"
    assert "compute shader fails" in caplog.text
