"""Painters on torch know each avatar once and mix none of them up."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch")

from pipeline.errors import ModelError
from pipeline.network import cuda_driver_present
from pipeline.networks.sizes import PaintersSizes
from pipeline.torch_painters import TorchPainters
from tests.painters import frame_maps, subject, torch_model


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return torch_model(tmp_path_factory.mktemp("painters"))


@pytest.fixture(scope="module")
def engine(model):
    return TorchPainters(model, "cpu")


def test_shut_gates_leave_the_composite_as_it_is(engine):
    maps = frame_maps(opened=0.0)
    assert np.array_equal(engine.of(subject()).paint(maps), maps.composite)


def test_avatars_in_turn_are_painted_as_each_alone(engine, model):
    maps, one, two = frame_maps(), engine.of(subject(0)), engine.of(subject(5))
    painted = one.paint(maps), two.paint(maps), one.paint(maps)
    alone = TorchPainters(model, "cpu").of(subject(5)).paint(maps)
    assert np.array_equal(painted[0], painted[2])
    assert np.array_equal(painted[1], alone)
    assert not np.array_equal(painted[0], painted[1])


def test_each_picture_is_an_array_of_its_own(engine):
    painters = engine.of(subject())
    first = painters.paint(frame_maps(1))
    kept = first.copy()
    painters.paint(frame_maps(2))
    assert np.array_equal(first, kept)


def test_another_background_shows_through_opened_rims(engine):
    painters = engine.of(subject())
    maps = frame_maps()
    green = painters.over(np.full((768, 512, 3), (0, 255, 0), np.uint8)).paint(maps).astype(int)
    plain = painters.paint(maps).astype(int)
    assert (green - plain)[..., 1].max() > 30


def test_the_code_and_the_hands_are_told(engine):
    painters, maps = engine.of(subject()), frame_maps()
    whole = painters.paint(maps)
    for changed in ({"implicit": np.zeros_like(maps.implicit)}, {"hands": 0 * maps.hands}):
        assert not np.array_equal(painters.paint(replace(maps, **changed)), whole)


def test_weights_of_other_sizes_are_refused(model):
    with pytest.raises(ModelError, match="do not fit"):
        TorchPainters(replace(model, sizes=PaintersSizes()), "cpu")


@pytest.mark.skipif(cuda_driver_present(), reason="has a GPU")
def test_a_gpu_that_is_not_there_is_said(model):
    with pytest.raises(ModelError, match="no CUDA device"):
        TorchPainters(model, "cuda")


@pytest.mark.gpu
def test_half_precision_on_a_gpu_paints_nearly_the_same(model, engine):
    """A recorded step, and one for another avatar with the same recording."""
    on_gpu = TorchPainters(model, "cuda")
    for seed in (0, 5, 0):
        wanted = engine.of(subject(seed)).paint(frame_maps(seed)).astype(int)
        made = on_gpu.of(subject(seed)).paint(frame_maps(seed)).astype(int)
        assert np.abs(made - wanted).mean() < 0.5
        assert np.quantile(np.abs(made - wanted), 0.999) <= 6


@pytest.mark.gpu
def test_shut_gates_leave_the_composite_as_it_is_in_half_precision_too(model):
    maps = frame_maps(opened=0.0)
    painted = TorchPainters(model, "cuda").of(subject()).paint(maps)
    assert np.array_equal(painted, maps.composite)
