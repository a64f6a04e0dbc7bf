import numpy as np
import torch

from pipeline.log_mel import LogMel
from training.torch_log_mel import NEUTRAL_WARP, TorchLogMel


def test_training_hears_exactly_what_the_product_hears():
    draw = np.random.default_rng(0)
    sound = (draw.standard_normal((2, 24_000)) * np.linspace(0, 0.2, 24_000)).astype(np.float32)
    sound[1, 12_000:] *= 1e-4
    log_mel = LogMel()
    expected = np.stack([log_mel.step(row, log_mel.init_state())[0] for row in sound])
    made = TorchLogMel("cpu")(torch.from_numpy(sound), torch.tensor([NEUTRAL_WARP] * 2))
    np.testing.assert_allclose(made.numpy(), expected, atol=1e-4)


def test_a_warp_moves_a_tone_to_another_band():
    tone = torch.sin(torch.arange(12_000) * 2 * torch.pi * 1500 / 24_000)[None]
    front = TorchLogMel("cpu")
    low, plain, high = (
        int(front(tone, torch.tensor([warp]))[0, -1, :64].argmax()) for warp in (0, NEUTRAL_WARP, 8)
    )
    assert low < plain < high
