import dataclasses

import pytest
import torch
from safetensors.torch import load_file

from pipeline.model_folder import MODELS, open_model
from pipeline.networks.sizes import SpeechEncoderSizes
from pipeline.networks.speech_encoder import ALL_HEADS, SpeechEncoder

SIZES = SpeechEncoderSizes(mel_channels=9, conv_channels=8, frame_channels=8, feature_size=12)
DEEP = dataclasses.replace(SIZES, convolutions=4, past_hops=20, recurrent_layers=3, heads=ALL_HEADS)


@pytest.fixture(params=[SIZES, DEEP], ids=["first", "deep"])
def encoder(request):
    torch.manual_seed(0)
    return SpeechEncoder(request.param).eval()


def outputs(encoder: SpeechEncoder) -> tuple[str, ...]:
    return ("feature", *encoder.sizes.heads)


@torch.inference_mode()
def in_chunks(encoder: SpeechEncoder, mel: torch.Tensor, frames: int) -> dict[str, torch.Tensor]:
    state, parts = encoder.init_state(len(mel)), []
    for start in range(0, mel.shape[1], 4 * frames):
        made = encoder(mel[:, start : start + 4 * frames], **state)
        state = {name: made[f"next_{name}"] for name in state}
        parts.append(made)
    return {name: torch.cat([part[name] for part in parts], dim=1) for name in outputs(encoder)}


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_streamed_equals_offline(encoder, frames):
    mel = torch.randn(2, 80, 9)
    whole, streamed = in_chunks(encoder, mel, 20), in_chunks(encoder, mel, frames)
    for name in outputs(encoder):
        torch.testing.assert_close(streamed[name], whole[name], atol=1e-5, rtol=1e-4)


def test_later_hops_never_change_earlier_frames(encoder):
    first = torch.randn(1, 80, 9)
    second = first.clone()
    second[:, 40:] = 3.0
    one, two = in_chunks(encoder, first, 20), in_chunks(encoder, second, 20)
    torch.testing.assert_close(one["feature"][:, :10], two["feature"][:, :10])
    assert not torch.allclose(one["feature"][:, 10], two["feature"][:, 10])


def test_heads_have_the_widths_that_their_sizes_tell():
    made = SpeechEncoder(DEEP)(torch.randn(2, 12, 9), **SpeechEncoder(DEEP).init_state(2))
    widths = {head: made[head].shape[-1] for head in ALL_HEADS}
    assert widths == {"viseme": 15, "late_viseme": 15, "activity": 3, "stress": 1, "voicing": 1,
                      "f0": 1, "energy": 1}  # fmt: skip


def test_shipped_weights_fit_the_module():
    model = open_model(MODELS / "speech")
    SpeechEncoder(model.sizes).load_state_dict(load_file(model.weights))


def test_layers_remember_in_float32_under_autocast(encoder):
    mel = torch.randn(1, 40, 9)
    with torch.autocast("cpu", torch.bfloat16):
        made = encoder(mel, **encoder.init_state(1))
    assert made["next_hidden"].dtype == made["feature"].dtype == torch.float32
    assert made["viseme"].dtype == torch.bfloat16
