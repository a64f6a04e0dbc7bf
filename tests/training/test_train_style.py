import json
import sys

import numpy as np
import torch

from pipeline.knobs import KNOBS
from pipeline.style_observation import OBSERVATION_SIZE
from training import train_style
from training.observed_performance import NO_PRESET, Observed
from training.performance.presets import PRESETS as STYLES
from training.performance.presets import preset
from training.style_errors import errors, style_encoder
from training.train_style import Best, StyleRun, Windows, held_out, preset_loss, train

RUN = StyleRun(
    steps=200, batch=16, learning_rate=6e-3, average=0.9, frames=(30, 60), hidden_share=0.0
)


def motions(count: int, seed: int = 0, own: bool = False) -> list[Observed]:
    """The level of the first channel is the first knob; nothing tells the others."""
    draw = np.random.default_rng(seed)
    made = []
    for index in range(count):
        knobs = draw.random(len(KNOBS)).astype(np.float32)
        turns = draw.standard_normal((4, OBSERVATION_SIZE)).astype(np.float32)
        observed = np.linspace(turns[:-1], turns[1:], 30).transpose(1, 0, 2).reshape(90, -1)
        observed[:, 0] += 6.0 * knobs[0]
        made.append(Observed(observed, knobs, f"{index:03d}", own=own))
    return made


def test_a_knob_that_shows_is_learnt_and_others_stay_a_guess():
    weights = train(RUN, Windows(motions(100), "cpu"), "cpu")
    found = errors(weights, Windows(motions(20, seed=1), "cpu"), 60, "cpu", tested=128)
    assert found[KNOBS[0]] < 0.2
    assert min(found[name] for name in KNOBS[1:]) > 0.22


def test_the_same_run_gives_the_same_weights():
    run = StyleRun(steps=3, batch=4, average=0.5, frames=(30, 60))
    first, second = (train(run, Windows(motions(4), "cpu"), "cpu") for _ in range(2))
    for name, value in first.items():
        torch.testing.assert_close(second[name], value, rtol=0, atol=0)


def test_a_run_by_the_clock_ends_by_the_clock():
    run = StyleRun(steps=10**9, batch=2, frames=(30, 60), seconds=0.3)
    weights = train(run, Windows(motions(4), "cpu"), "cpu")
    assert all(torch.isfinite(value).all() for value in weights.values())


def test_the_weights_that_read_held_out_motions_best_are_kept():
    windows = Windows(
        [Observed(one.motion.repeat(3, 0), one.knobs, "a") for one in motions(2)], "cpu"
    )
    best = Best(windows, "cpu", tested=4)
    good, bad = style_encoder().state_dict(), style_encoder().state_dict()
    target = windows.knobs.mean(0).logit()
    for weights, bias in ((good, target), (bad, -target)):
        weights["knobs.weight"].zero_()
        weights["knobs.bias"].copy_(bias)
    for weights in (bad, good, bad):
        assert "held out" in best.look(weights)
    torch.testing.assert_close(best.weights["knobs.bias"], target)


def test_windows_keep_the_share_of_the_products_own_motions():
    mixed = motions(30) + motions(3, seed=1, own=True)
    windows = Windows(mixed, "cpu", own_share=0.8)
    _, knobs, _ = windows.draw(2000, 40, torch.Generator().manual_seed(0))
    own = torch.isin(knobs[:, 0], windows.knobs[30:, 0])
    assert 0.76 < own.float().mean() < 0.84


def test_the_loss_of_presets_falls_towards_ones_own_and_spares_other_motions():
    places = torch.tensor(np.stack([preset(name) for name in STYLES]))
    middle = 0.5 * (places[0] + places[7])
    shy = torch.tensor([7])
    halfway = preset_loss(middle[None], shy, places, 0.25)
    assert preset_loss(places[7:], shy, places, 0.25) < 0.1 * halfway
    found = middle[None].clone().requires_grad_()
    preset_loss(found, torch.tensor([NO_PRESET]), places, 0.25).backward()
    assert found.grad is not None
    assert found.grad.abs().max() == 0.0


def test_speech_that_is_held_out_is_held_out_of_both_kinds():
    both = motions(24) + motions(24, seed=1, own=True)
    away = held_out(both)
    assert away == {"000", "010", "020"}


def test_a_run_from_files_to_a_report(tmp_path, monkeypatch):
    rollouts, out = tmp_path / "rollouts", tmp_path / "run"
    rollouts.mkdir()
    draw = np.random.default_rng(0)
    count = 2 * len(STYLES)
    np.savez(
        rollouts / "0000.npz",
        observed=draw.standard_normal((count, 610, OBSERVATION_SIZE)).astype(np.float32),
        style=np.stack([preset(STYLES[k % len(STYLES)]) for k in range(count)]),
        preset=np.arange(count) % len(STYLES),
        shard=np.array(["a"] * len(STYLES) + ["b"] * len(STYLES)),
    )
    given = f"--motions {tmp_path} --rollouts {rollouts} --out {out} --preset test --device cpu"
    monkeypatch.setattr(sys, "argv", ["train_style", *given.split()])
    train_style.main()
    found = json.loads((out / "run.json").read_text())
    assert found["motions"] == {"shown": len(STYLES), "held out": len(STYLES)}
    assert found["nearest 8 s"]["windows"] == 2 * len(STYLES)
    assert found["nearest 20 s"]["given"] == 1.0
    assert set(found["rmse"]["own"]["16 s"]) == set(KNOBS)
    assert (out / "average.safetensors").exists()
