import numpy as np
import torch

from pipeline.knobs import KNOBS
from pipeline.style_observation import HANDS_SEEN, OBSERVATION_SIZE, TORSO, TORSO_SEEN, WRISTS
from training.train_style import StyleRun, Windows, errors, partly_hidden, train

RUN = StyleRun(
    steps=200, batch=16, learning_rate=6e-3, average=0.9, frames=(30, 60), hidden_share=0.0
)


def motions(count: int, seed: int = 0):
    """The level of the first channel is the first knob; nothing tells the others."""
    draw = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        knobs = draw.random(len(KNOBS)).astype(np.float32)
        turns = draw.standard_normal((4, OBSERVATION_SIZE)).astype(np.float32)
        observed = np.linspace(turns[:-1], turns[1:], 30).transpose(1, 0, 2).reshape(90, -1)
        observed[:, 0] += 6.0 * knobs[0]
        made.append((observed, knobs))
    return made


def test_a_knob_that_shows_is_learnt_and_others_stay_a_guess():
    weights = train(RUN, Windows(motions(100), "cpu"), "cpu")
    found = errors(weights, Windows(motions(20, seed=1), "cpu"), 60, "cpu", batches=1)
    assert found[KNOBS[0]] < 0.2
    assert min(found[name] for name in KNOBS[1:]) > 0.22


def test_the_same_run_gives_the_same_weights():
    run = StyleRun(steps=3, batch=4, average=0.5, frames=(30, 60))
    first, second = (train(run, Windows(motions(4), "cpu"), "cpu") for _ in range(2))
    for name, value in first.items():
        torch.testing.assert_close(second[name], value, rtol=0, atol=0)


def test_what_is_hidden_is_zero_and_flagged():
    motion = torch.ones(64, 10, OBSERVATION_SIZE)
    hidden = partly_hidden(motion, 0.5, torch.Generator().manual_seed(0))
    for channels, flag in ((TORSO, TORSO_SEEN), (WRISTS, HANDS_SEEN)):
        unseen = hidden[:, 0, flag] == 0.0
        assert 10 < unseen.sum() < 54
        assert (hidden[unseen][..., channels] == 0.0).all()
        assert (hidden[~unseen][..., channels] == 1.0).all()
