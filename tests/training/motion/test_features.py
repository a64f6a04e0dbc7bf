import numpy as np
import pytest
import torch

from pipeline.model_folder import MODELS
from pipeline.rates import SAMPLES_PER_FRAME
from training.distributed import World
from training.motion.features import Listener, load_encoder, mine, write_features
from training.torch_log_mel import NEUTRAL_WARP, TorchLogMel


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(MODELS / "speech")


def voice(frames: int) -> np.ndarray:
    draw = np.random.default_rng(0)
    time_s = np.arange(frames * SAMPLES_PER_FRAME) / 24_000
    tone = sum(np.sin(2 * np.pi * 120 * k * time_s) / k for k in range(1, 9))
    swell = np.clip(np.sin(2 * np.pi * 2.5 * time_s), 0, 1)
    return (0.1 * swell * tone + 0.001 * draw.standard_normal(len(time_s))).astype(np.float32)


def test_the_first_version_is_what_the_encoder_hears_of_the_recording(encoder):
    samples = voice(40)
    made = Listener(encoder, "cpu", seed=0).heard(samples, 3)
    assert made.shape == (3, 40, encoder.sizes.feature_size)
    assert made.dtype == torch.float16
    mel = TorchLogMel("cpu")(torch.from_numpy(samples)[None], torch.tensor([NEUTRAL_WARP]))
    with torch.inference_mode():
        expected = encoder(mel, **encoder.init_state(1))["feature"][0]
    torch.testing.assert_close(made[0].float(), expected, atol=5e-3, rtol=2e-3)
    assert (made[1] - made[0]).abs().mean() > 0.01
    assert (made[2] - made[1]).abs().mean() > 0.01


def test_files_are_written_once_and_shared_between_processes(encoder, tmp_path):
    soundfile = pytest.importorskip("soundfile")
    out = tmp_path / "features"
    out.mkdir()
    for number in range(3):
        soundfile.write(tmp_path / f"{number:03d}.wav", voice(12), 24_000, subtype="FLOAT")
    paths = sorted(tmp_path.glob("*.wav"))
    shares = [mine(paths, World(rank, 2, "cpu")) for rank in range(2)]
    assert sorted(shares[0] + shares[1]) == paths
    hours = write_features(Listener(encoder, "cpu", 0), paths[:2], out, 2, workers=1)
    assert hours == pytest.approx(2 * 12 / 30 / 3600)
    assert sorted(p.name for p in out.iterdir()) == ["000.npy", "001.npy"]
    assert np.load(out / "001.npy").shape == (2, 12, encoder.sizes.feature_size)
