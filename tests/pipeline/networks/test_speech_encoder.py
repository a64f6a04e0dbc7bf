import pytest
import torch

from pipeline.networks.sizes import SpeechEncoderSizes
from pipeline.networks.speech_encoder import SpeechEncoder

SIZES = SpeechEncoderSizes(mel_channels=9, conv_channels=8, frame_channels=8, feature_size=12)
OUTPUTS = ("feature", "viseme", "activity", "stress")


@pytest.fixture
def encoder():
    torch.manual_seed(0)
    return SpeechEncoder(SIZES).eval()


@torch.inference_mode()
def in_chunks(encoder: SpeechEncoder, mel: torch.Tensor, frames: int) -> dict[str, torch.Tensor]:
    state, parts = encoder.init_state(len(mel)), []
    for start in range(0, mel.shape[1], 4 * frames):
        made = encoder(mel[:, start : start + 4 * frames], **state)
        state = {name: made[f"next_{name}"] for name in state}
        parts.append(made)
    return {name: torch.cat([part[name] for part in parts], dim=1) for name in OUTPUTS}


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_streamed_equals_offline(encoder, frames):
    mel = torch.randn(2, 80, 9)
    whole, streamed = in_chunks(encoder, mel, 20), in_chunks(encoder, mel, frames)
    for name in OUTPUTS:
        torch.testing.assert_close(streamed[name], whole[name], atol=1e-5, rtol=1e-4)


def test_later_hops_never_change_earlier_frames(encoder):
    first = torch.randn(1, 80, 9)
    second = first.clone()
    second[:, 40:] = 3.0
    one, two = in_chunks(encoder, first, 20), in_chunks(encoder, second, 20)
    torch.testing.assert_close(one["feature"][:, :10], two["feature"][:, :10])
    assert not torch.allclose(one["feature"][:, 10], two["feature"][:, 10])
