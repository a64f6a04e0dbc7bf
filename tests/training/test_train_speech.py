import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from pipeline.networks.sizes import SpeechEncoderSizes
from pipeline.networks.speech_encoder import SpeechEncoder
from training.distributed import World
from training.speech_dataset import Corpus, Shard
from training.speech_run import PRESETS
from training.speech_trainer import Trainer
from training.train_speech import Clock, Pace, fit, train

ALONE = World(0, 1, "cpu")


def made_up_shard(name: str, hops: int = 300) -> Shard:
    draw = np.random.default_rng(len(name))
    values = draw.random((hops, 5)).astype(np.float16)
    values[:, 4] = 0
    labels = np.stack([draw.integers(0, 15, hops), draw.integers(0, 42, hops)], axis=1)
    samples = (3000 * draw.standard_normal(200 * hops)).astype(np.int16)
    return Shard(name, "test", samples, labels.astype(np.uint8), values)


class NoNewShards:
    def take(self) -> list[Shard]:
        return []


@pytest.fixture
def corpus() -> Corpus:
    corpus = Corpus("cpu")
    corpus.append([made_up_shard("one"), made_up_shard("three")])
    return corpus


def test_a_resumed_run_equals_an_uninterrupted_one(corpus, tmp_path):
    run = PRESETS["test"]
    whole = Trainer(run, corpus, ALONE)
    for _ in range(4):
        expected = whole.step()
    first = Trainer(run, corpus, ALONE)
    first.step()
    first.held_out(corpus)
    first.step()
    first.save(tmp_path)
    second = Trainer(run, corpus, ALONE)
    second.load(tmp_path)
    for _ in range(2):
        made = second.step()
    assert second.samples_seen == whole.samples_seen == 24
    assert {k: float(v) for k, v in made.items()} == {k: float(v) for k, v in expected.items()}
    for name, value in whole.average.weights.items():
        torch.testing.assert_close(second.average.weights[name], value, rtol=0, atol=0)


def test_the_saved_average_is_an_encoder(corpus, tmp_path):
    trainer = Trainer(PRESETS["test"], corpus, ALONE)
    trainer.step()
    trainer.save(tmp_path)
    config = json.loads((tmp_path / "sizes.json").read_text())
    sizes = SpeechEncoderSizes(**{**config, "heads": tuple(config["heads"])})
    SpeechEncoder(sizes).load_state_dict(load_file(tmp_path / "average.safetensors"))


def test_a_checkpoint_of_another_run_is_refused_but_its_length_may_change(corpus, tmp_path):
    run = PRESETS["test"]
    Trainer(run, corpus, ALONE).save(tmp_path)
    Trainer(replace(run, total_samples=99), corpus, ALONE).load(tmp_path)
    with pytest.raises(ValueError, match="another run"):
        Trainer(replace(run, seed=9), corpus, ALONE).load(tmp_path)


def test_training_ends_after_its_samples_with_the_rate_at_zero(corpus):
    trainer, told = Trainer(PRESETS["test"], corpus, ALONE), []
    train(trainer, NoNewShards(), Clock(1e9), lambda parts, pace: told.append(parts), False)
    assert trainer.samples_seen == trainer.run.total_samples
    assert trainer.schedule() == pytest.approx(0.0, abs=1e-6)
    assert told


def test_training_stops_when_the_time_is_up(corpus):
    trainer = Trainer(replace(PRESETS["test"], total_samples=10**9), corpus, ALONE)
    train(trainer, NoNewShards(), Clock(0.0), lambda parts, pace: None, False)
    assert 0 < trainer.samples_seen <= 10 * trainer.run.batch


class Fast(Clock):
    """Ten seconds pass whenever it is looked at."""

    looked_s = 0.0

    @property
    def elapsed_s(self) -> float:
        self.looked_s += 10.0
        return self.looked_s


def test_the_length_is_fitted_to_the_time(corpus):
    trainer = Trainer(replace(PRESETS["test"], total_samples=10**6), corpus, ALONE)
    trainer.samples_seen = 1000
    # 500 samples in 10 s, then 465 s are left
    fit(trainer, Pace(0.0, 500), Fast(500.0))
    assert 20_000 < trainer.run.total_samples < 24_000
