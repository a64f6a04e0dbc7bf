import pytest
import torch

from tests.training.motion.test_train import HERE, begun
from training.motion import soundness
from training.motion.soundness import Soundness


@pytest.fixture
def watched(monkeypatch):
    """A learner that has gone on until a state of its was proven sound."""
    monkeypatch.setattr(soundness, "WINDOW_STEPS", 4)
    monkeypatch.setattr(soundness, "PROVEN_WINDOWS", 1)
    monkeypatch.setattr(soundness, "SOUND", 10.0)
    monkeypatch.setattr(soundness, "ILL", 20.0)
    learner = begun("body", 1)
    watch = Soundness(learner, HERE)
    for _ in range(8):
        assert watch.saw(learner.step(0.1)) == ""
    return learner, watch


def spoiled(learner, watch) -> list[str]:
    with torch.no_grad():
        learner.network.to_innovation.bias.fill_(300.0)
    return [watch.saw(learner.step(0.1)) for _ in range(4)]


def test_a_run_that_has_fallen_ill_goes_back_and_on_more_slowly(watched):
    learner, watch = watched
    said = spoiled(learner, watch)
    assert said[:3] == ["", "", ""]
    assert "back to the last sound state" in said[3]
    assert learner.network.to_innovation.bias.abs().max() < 1.0
    assert (watch.pace, watch.returns) == (soundness.SLOWER, 1)
    assert all(watch.saw(learner.step(0.1)) == "" for _ in range(8))


def test_it_can_go_back_to_the_same_state_again(watched):
    learner, watch = watched
    spoiled(learner, watch)
    first = {name: value.clone() for name, value in learner.network.state_dict().items()}
    moments = [s["exp_avg"].clone() for s in learner.optimizer.state.values()]
    spoiled(learner, watch)
    assert watch.returns == 2
    for name, value in learner.network.state_dict().items():
        torch.testing.assert_close(value, first[name], rtol=0, atol=0)
    for state, before in zip(learner.optimizer.state.values(), moments, strict=True):
        torch.testing.assert_close(state["exp_avg"], before, rtol=0, atol=0)


def test_losses_that_are_no_numbers_are_ill(watched):
    learner, watch = watched
    sick = {name: value * float("nan") for name, value in learner.step(0.1).items()}
    assert [bool(watch.saw(sick)) for _ in range(4)] == [False, False, False, True]
    assert all(p.isfinite().all() for p in learner.network.parameters())


def test_without_a_sound_state_nothing_is_undone(monkeypatch):
    monkeypatch.setattr(soundness, "WINDOW_STEPS", 2)
    learner = begun("body", 1)
    watch = Soundness(learner, HERE)
    assert watch.saw(learner.step(0.1)) == ""
    assert not any(spoiled(learner, watch))
    assert watch.returns == 0
