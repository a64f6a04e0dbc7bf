from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from safetensors.torch import save_file  # noqa: E402

from bench.reenactment import networks as module  # noqa: E402
from bench.reenactment.motions import motion_of  # noqa: E402
from bench.reenactment.networks import Networks  # noqa: E402
from bench.reenactment.weights import Weights  # noqa: E402
from pipeline.errors import ModelError  # noqa: E402
from tests.bench.reenactment.fresh import fresh_modules, write_fresh  # noqa: E402


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    return write_fresh(tmp_path_factory.mktemp("run") / "average.safetensors")


@pytest.fixture(scope="module")
def networks(run) -> Networks:
    return Networks(Weights(run))


def codes(motion) -> np.ndarray:
    return np.stack([body.implicit for _, body in motion])


def test_codes_are_guessed_over_the_whole_motion_and_from_nothing_later(networks):
    motion = motion_of(0)[60:72]
    told = networks.told(motion)
    assert np.ptp(codes(told), 0).max() > 1e-3
    assert [face for face, _ in told] == [face for face, _ in motion]
    np.testing.assert_allclose(codes(networks.told(motion[:5])), codes(told)[:5], atol=1e-6)


def test_how_it_came_about_is_part_of_the_guess(networks):
    motion = motion_of(0)[60:72]
    alone = codes(networks.told(motion[8:]))
    assert np.abs(alone[0] - codes(networks.told(motion))[8]).max() > 1e-4


def test_models_that_ship_are_taken_without_a_run(run, networks, tmp_path, monkeypatch):
    for part, fresh in fresh_modules().items():
        weights = {name: value.half() for name, value in fresh.state_dict().items()}
        save_file(weights, tmp_path / f"{part}.safetensors")
    monkeypatch.setattr(module, "shipped", lambda part: tmp_path / f"{part}.safetensors")
    motion = motion_of(0)[60:64]
    np.testing.assert_allclose(
        codes(Networks(Weights()).told(motion)), codes(networks.told(motion)), atol=2e-3
    )


def test_weights_that_are_missing_or_of_something_else_are_refused_in_a_sentence(run, tmp_path):
    with pytest.raises(ModelError, match="no weights in"):
        Networks(Weights(tmp_path / "none.safetensors"))
    other = tmp_path / "other.safetensors"
    save_file({"painters.generator.stem.weight": torch.zeros(3)}, other)
    with pytest.raises(ModelError, match="not those of the painters"):
        Networks(Weights(other))
    other.write_bytes(b"nothing of that kind")
    with pytest.raises(ModelError, match="holds no weights"):
        Networks(Weights(other))


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_gpu_that_is_not_there_is_said(run):
    with pytest.raises(ModelError, match="no CUDA device"):
        Networks(replace(Weights(run), device="cuda"))
