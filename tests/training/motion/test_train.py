import dataclasses
import json
import sys
from itertools import pairwise

import pytest
import torch
from safetensors.torch import load_file

from tests.training.motion.stand_ins import LOOKS, data, write_files
from training.distributed import World
from training.motion import distil, loop, train
from training.motion.distil import DistilLearner
from training.motion.train import MotionLearner

HERE = World(0, 1, "cpu")


def begun(part: str, stage: int):
    if stage == 1:
        return MotionLearner(LOOKS[part], train.PRESETS["test"], data(part), HERE)
    settings = train.PRESETS["test"]
    weights = MotionLearner(LOOKS[part], settings, data(part), HERE).network.state_dict()
    return DistilLearner(LOOKS[part], distil.PRESETS["test"], data(part), weights, HERE)


@pytest.mark.parametrize("part", ["face", "body"])
@pytest.mark.parametrize("stage", [1, 2])
def test_a_resumed_run_equals_an_uninterrupted_one(part, stage, tmp_path):
    whole = begun(part, stage)
    loop.run(whole, loop.Piece(tmp_path / "whole"), HERE)
    first = begun(part, stage)
    loop.run(first, loop.Piece(tmp_path / "first", until=0.5), HERE)
    second = begun(part, stage)
    torch.manual_seed(77)
    piece = loop.Piece(tmp_path / "second", resume=tmp_path / "first" / "checkpoint")
    loop.run(second, piece, HERE)
    for name, value in whole.average.weights.items():
        torch.testing.assert_close(second.average.weights[name], value, rtol=0, atol=0)
    assert any(
        not torch.equal(value, first.average.weights[name])
        for name, value in whole.average.weights.items()
    )


@pytest.mark.parametrize("stage", [1, 2])
def test_every_weight_learns(stage):
    learner = begun("body", stage)
    before = {name: p.clone() for name, p in learner.network.named_parameters()}
    for _ in range(4):
        learner.step(1.0)
    withheld = {"no_sound", "no_style"} if stage == 2 else set()
    unheard = {"to_heard.weight", "to_heard.bias"}
    for name, value in learner.network.named_parameters():
        if name not in withheld | unheard:
            assert not torch.equal(value, before[name]), name


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_batch_without_a_finite_gradient_leaves_the_weights_finite(bad):
    learner = begun("body", 1)
    learner.step(1.0)
    some = learner.network.from_noise.weight
    train.descend(learner.network, learner.optimizer, bad * some.sum(), 1e-3, HERE)
    assert all(p.isfinite().all() for p in learner.network.parameters())
    before = some.detach().clone()
    learner.step(1.0)
    assert some.isfinite().all()
    assert not torch.equal(some, before)


def test_a_checkpoint_of_another_run_is_refused():
    learner = begun("face", 1)
    state = learner.state_dict()
    learner.run = dataclasses.replace(learner.run, seed=9)
    with pytest.raises(ValueError, match="another run"):
        learner.load_state_dict(state)


def test_the_rate_warms_up_and_anneals():
    rates = [loop.rate_at(k / 100) for k in range(101)]
    assert rates[0] < 0.1
    assert rates[10] == 1.0
    assert rates[100] == pytest.approx(loop.LAST_RATE)
    assert all(one >= two for one, two in pairwise(rates[10:]))


def test_a_piece_of_a_second_anneals_and_saves(tmp_path, monkeypatch):
    monkeypatch.setattr(loop, "SAVING_S", 0.2)
    learner = begun("face", 1)
    loop.run(learner, loop.Piece(tmp_path, seconds=1.2), HERE)
    assert (tmp_path / "checkpoint" / "index.json").exists()
    rate = learner.optimizer.param_groups[0]["lr"] / learner.run.learning_rate
    assert rate < 0.5


@pytest.mark.parametrize("part", ["face", "body"])
def test_both_stages_run_from_the_command_line(part, tmp_path, monkeypatch, capsys):
    files = write_files(tmp_path)
    common = ["--part", part, "--preset", "test", *files]
    one, two = tmp_path / "one", tmp_path / "two"
    monkeypatch.setattr(sys, "argv", ["train", *common, "--out", str(one)])
    train.main()
    weights = one / "average.safetensors"
    monkeypatch.setattr(
        sys, "argv", ["distil", *common, "--teacher", str(weights), "--out", str(two)]
    )
    distil.main()
    said = capsys.readouterr().out
    assert "generated / performed" in said
    assert "repeats" in said
    assert json.loads((two / "run.json").read_text())["tiny"]
    taught, learnt = load_file(weights), load_file(two / "average.safetensors")
    assert taught.keys() == learnt.keys()
    torch.testing.assert_close(taught["innovation"], learnt["innovation"])
