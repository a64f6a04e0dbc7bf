import pytest
import torch

from pipeline.motion_space import FACE_ACTIONS, FACE_SIZE
from pipeline.rates import FPS
from training.motion.evaluate import blinks_per_minute, repetition, wasserstein


def test_blinks_are_counted_when_both_lids_fall():
    motion = torch.zeros(2, 60 * FPS, FACE_SIZE)
    lids = [FACE_ACTIONS.index(f"eyeBlink{side}") for side in ("Left", "Right")]
    for at in (30, 300, 900):
        motion[0, at : at + 4, lids] = 0.9
    motion[1, 50:60, lids[0]] = 0.9
    assert blinks_per_minute(motion) == pytest.approx(1.5)


def test_distance_of_distributions_is_relative():
    torch.manual_seed(0)
    one = torch.rand(50_000)
    assert wasserstein(one, torch.rand(50_000)) < 0.01
    assert wasserstein(1.1 * one, one) == pytest.approx(0.1, abs=0.01)


def test_a_periodic_head_repeats_and_a_restless_one_does_not():
    torch.manual_seed(0)
    time_s = torch.arange(60 * FPS) / FPS
    swaying = torch.sin(2 * torch.pi * time_s / 4)[None]
    assert repetition(swaying) > 0.8
    assert repetition(torch.randn(4, 60 * FPS)) < 0.2
