import dataclasses

import numpy as np
import pytest
import torch

from pipeline.names import VISEMES
from pipeline.rates import SAMPLES_PER_FRAME
from training.face_dataset import POSES, Shard
from training.face_loss import delayed
from training.train_face import PRESETS, Corpus, Trainer


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    draw = np.random.default_rng(0)
    frames = 60
    viseme = draw.random((frames, len(VISEMES))).astype(np.float32)
    shard = Shard(
        voice="test:one",
        samples=(0.1 * draw.standard_normal(frames * SAMPLES_PER_FRAME)).astype(np.float32),
        pose=draw.random((frames, len(POSES))).astype(np.float32),
        closed=draw.random(frames).astype(np.float32),
        stress=draw.random(frames).astype(np.float32),
        viseme=viseme / viseme.sum(1, keepdims=True),
    )
    return Corpus([shard], "cpu")


def test_a_resumed_run_equals_an_uninterrupted_one(corpus, tmp_path):
    run = PRESETS["test"]
    whole = Trainer(run, corpus, "cpu")
    for _ in range(4):
        expected = whole.step()
    first = Trainer(run, corpus, "cpu")
    for _ in range(2):
        first.step()
    first.save(tmp_path / "checkpoint.pt")
    second = Trainer(run, corpus, "cpu")
    second.load(tmp_path / "checkpoint.pt")
    for _ in range(2):
        made = second.step()
    assert second.samples_seen == whole.samples_seen == 16
    for name, value in expected.items():
        assert made[name] == value
    for name, value in whole.average.items():
        torch.testing.assert_close(second.average[name], value, rtol=0, atol=0)


def test_a_checkpoint_of_another_run_is_refused(corpus, tmp_path):
    Trainer(PRESETS["test"], corpus, "cpu").save(tmp_path / "checkpoint.pt")
    other = dataclasses.replace(PRESETS["test"], seed=9)
    with pytest.raises(ValueError, match="another run"):
        Trainer(other, corpus, "cpu").load(tmp_path / "checkpoint.pt")


def test_targets_are_delayed_by_the_look_ahead():
    track = torch.arange(6.0).repeat(2, 1)
    moved = delayed(track, torch.tensor([0, 2]))
    assert moved.tolist() == [[0, 1, 2, 3, 4, 5], [0, 0, 0, 1, 2, 3]]


def test_sounds_without_speech_ask_for_a_closed_mouth(corpus):
    _, table = corpus.draw(2, 20, torch.Generator().manual_seed(0))
    goal = Trainer.targets(
        table, torch.tensor([True, False]), torch.tensor([True, True]), torch.zeros(2, 8)
    )
    assert goal.closed[0].min() == 1.0
    assert goal.viseme[0, :, 0].min() == 1.0
    assert goal.activity[0].tolist() == [[0.0, 0.0, 1.0]] * 20
    assert goal.closed[1].max() < 1.0
