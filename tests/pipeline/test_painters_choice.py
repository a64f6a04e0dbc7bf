"""Tier and device that were asked for, on machines with and without a GPU."""

import sys
from functools import partial

import pytest

pytest.importorskip("torch")

from pipeline.errors import ModelError
from pipeline.model_folder import open_model
from pipeline.network import cuda_driver_present
from pipeline.onnx_painters import OnnxPainters
from pipeline.painters_choice import NEEDS_GPU, NOT_SHIPPED, SLOW, choose_painters
from pipeline.painters_engine import PAINTERS, painters_ship
from tests.painters import exported

pytestmark = pytest.mark.skipif(cuda_driver_present(), reason="has a GPU")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What ships, or a small model like it."""
    return PAINTERS if painters_ship() else exported(tmp_path_factory.mktemp("m")) / "painters"


class Choice:
    """What is chosen, and what is said."""

    def __init__(self, folder, monkeypatch) -> None:
        if folder is not PAINTERS:
            listed = partial(open_model, checksums=folder.parent / "models.json")
            monkeypatch.setattr("pipeline.painters_engine.open_model", listed)
        self._folder, self.said = folder, []

    def of(self, tier, device="auto", in_real_time=False):
        return choose_painters(tier, device, in_real_time, self.said.append, self._folder)


@pytest.fixture
def choice(folder, monkeypatch):
    return Choice(folder, monkeypatch)


@pytest.mark.parametrize(("tier", "device"), [("lite", "auto"), ("auto", "auto"), ("auto", "cpu")])
def test_without_a_gpu_it_is_the_lite_tier(choice, tier, device):
    assert choice.of(tier, device) is None
    assert choice.said == []


@pytest.mark.parametrize("device", ["auto", "cpu"])
def test_a_file_may_have_the_full_tier_without_a_gpu_and_is_told_what_it_costs(choice, device):
    painters = choice.of("full", device)
    assert isinstance(painters, OnnxPainters)
    assert painters.provider == "CPUExecutionProvider"
    assert choice.said == [SLOW]


@pytest.mark.parametrize("device", ["auto", "cpu"])
def test_a_call_cannot_have_it(choice, device):
    with pytest.raises(ModelError) as fault:
        choice.of("full", device, in_real_time=True)
    assert str(fault.value) == NEEDS_GPU


def test_who_asks_for_cuda_gets_it_or_is_told(choice):
    with pytest.raises(ModelError, match="no CUDA device"):
        choice.of("auto", "cuda")
    assert choice.of("lite", "cuda") is None


def test_a_gpu_that_cannot_be_used_is_told_and_the_lite_tier_draws(choice, monkeypatch):
    monkeypatch.setattr("pipeline.painters_choice.cuda_driver_present", lambda: True)
    assert choice.of("auto", in_real_time=True) is None
    (sentence,) = choice.said
    assert sentence.startswith("The graphics card cannot be used (torch finds no CUDA device")


def test_a_build_without_torch_is_lite_and_says_nothing(choice, monkeypatch):
    monkeypatch.setattr("pipeline.painters_choice.cuda_driver_present", lambda: True)
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert choice.of("auto", in_real_time=True) is None
    assert choice.said == []


def test_what_does_not_ship_is_said_to_who_asks_for_it(tmp_path):
    choose = partial(choose_painters, in_real_time=False, on_fallback=print, folder=tmp_path)
    assert choose("auto", "auto") is choose("auto", "cuda") is None
    with pytest.raises(ModelError) as fault:
        choose("full", "auto")
    assert str(fault.value) == NOT_SHIPPED
