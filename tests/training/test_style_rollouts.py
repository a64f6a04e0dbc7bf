from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

pytest.importorskip("soundfile")

from pipeline.model_folder import MODELS
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.style_observation import HANDS_SEEN, OBSERVATION_SIZE, TORSO_SEEN
from training.generated_streams import Networks
from training.motion.motion_data import MOST_LOOKAHEAD
from training.motion.parts import PARTS
from training.observed_performance import NO_PRESET, SETTLING_FRAMES, observed_rollouts
from training.performance.presets import PRESETS as STYLES
from training.performance.presets import preset
from training.style_rollouts import Speech, drawn_knobs, observed_batches, write

FRAMES = SETTLING_FRAMES + 10


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Features and performances of three shards, of which one is too short, and weights."""
    torch.manual_seed(0)
    draw, folder = np.random.default_rng(0), tmp_path_factory.mktemp("material")
    lengths = {"000": FRAMES + 60, "001": FRAMES + 30, "002": FRAMES}
    for name, frames in lengths.items():
        feature = draw.standard_normal((2, frames, 256)).astype(np.float16)
        feature[..., 0] = np.arange(frames)
        np.save(folder / f"{name}.npy", feature)
        np.savez(folder / f"{name}.npz", state=(np.arange(frames) % 3).astype(np.uint8))
    for part in ("face", "body"):
        network = MotionTransformer(PARTS[part].sizes)
        torch.nn.init.normal_(network.to_innovation.weight, std=0.05)
        network.get_buffer("innovation").fill_(0.01)
        save_file(network.state_dict(), folder / f"{part}.safetensors")
    return folder


def test_stretches_are_of_one_shard_and_states_go_with_features(folder):
    speech = Speech(folder, folder, FRAMES)
    batch = speech.drawn(0, 40)
    assert set(batch.shard) == {"000", "001"}
    rows = batch.asked.feature[..., 0].astype(int)
    assert rows.shape == (40, FRAMES + MOST_LOOKAHEAD)
    assert (np.diff(rows, axis=1) == 1).all()
    np.testing.assert_array_equal(batch.asked.state, rows % 3)
    assert 20 < (batch.asked.lookahead == 1).sum() < 40
    again = speech.drawn(0, 40)
    np.testing.assert_array_equal(again.asked.style, batch.asked.style)
    assert (speech.drawn(1, 40).asked.style != batch.asked.style).any()


def test_speech_without_a_long_shard_is_refused(folder):
    with pytest.raises(ValueError, match="frames long"):
        Speech(folder, folder, 10_000)


def test_presets_are_drawn_exactly_or_nearly():
    draw = np.random.default_rng(0)
    drawn = [drawn_knobs(draw) for _ in range(2000)]
    made = [(knobs, index) for knobs, index in drawn if index != NO_PRESET]
    assert 330 < len(made) < 470
    assert {index for _, index in made} == set(range(len(STYLES)))
    away = np.array([np.abs(knobs - preset(STYLES[index])).max() for knobs, index in made])
    assert 0.4 < (away == 0.0).mean() < 0.6
    assert away.max() < 0.25


def test_batches_come_back_from_their_files_as_they_were_made(folder, tmp_path):
    speech = Speech(folder, folder, FRAMES)
    weights = (folder / "face.safetensors", folder / "body.safetensors")
    networks = Networks(*weights, MODELS / "speech", "cpu")
    batch = speech.drawn(4, 3)
    with ThreadPoolExecutor(1) as pool:
        ((same, observed),) = observed_batches(iter([batch]), networks, pool)
    assert same is batch
    write(tmp_path / "0004.npz", batch, observed)
    read = observed_rollouts(tmp_path / "0004.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["0004.npz"]
    for k, one in enumerate(read):
        assert one.own
        assert one.shard == batch.shard[k]
        assert one.preset == batch.preset[k]
        np.testing.assert_array_equal(one.knobs, batch.asked.style[k])
        np.testing.assert_array_equal(one.motion, observed[k])
        assert one.motion.shape == (10, OBSERVATION_SIZE)
        assert (one.motion[:, [TORSO_SEEN, HANDS_SEEN]] == 1.0).all()
        assert one.motion.std(axis=0).max() > 1e-3
