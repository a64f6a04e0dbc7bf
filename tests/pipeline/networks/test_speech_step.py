import numpy as np
import pytest
import torch

from pipeline.networks.recorded_step import RecordedStep
from pipeline.networks.sizes import SpeechEncoderSizes
from pipeline.networks.speech_encoder import ALL_HEADS, SpeechEncoder
from pipeline.networks.speech_step import SpeechStep
from pipeline.rates import HOPS_PER_FRAME

SMALL = SpeechEncoderSizes(
    mel_channels=9, conv_channels=12, frame_channels=10, feature_size=8, recurrent_layers=3,
    past_hops=20, convolutions=4, heads=ALL_HEADS,
)  # fmt: skip


@pytest.mark.parametrize("sizes", [SMALL, SpeechEncoderSizes()], ids=["deep", "usual"])
@torch.inference_mode()
def test_a_step_says_what_the_encoder_says(sizes):
    torch.manual_seed(0)
    network = SpeechEncoder(sizes).eval()
    step = RecordedStep(SpeechStep(network))
    state = network.init_state(1)
    behind = {name: value.numpy() for name, value in state.items()}
    for mel in torch.randn(12, 1, HOPS_PER_FRAME, sizes.mel_channels):
        expected = network(mel, **state)
        made = step({"mel": mel.numpy(), **behind})
        assert made.keys() == expected.keys()
        for name, value in expected.items():
            np.testing.assert_allclose(made[name], value.numpy(), atol=1e-5)
        state = {name: expected[f"next_{name}"] for name in state}
        behind = {name: made[f"next_{name}"] for name in state}


@torch.inference_mode()
def test_a_stretch_of_sound_is_not_taken():
    step = RecordedStep(SpeechStep(SpeechEncoder(SpeechEncoderSizes()).eval()))
    state = SpeechEncoder(SpeechEncoderSizes()).init_state(1)
    assert step.takes({"mel": np.zeros((1, 4, 65)), **state})
    assert not step.takes({"mel": np.zeros((1, 40, 65)), **state})
