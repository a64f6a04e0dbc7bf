import pytest
import torch

from pipeline.networks.sizes import StyleEncoderSizes
from pipeline.networks.style_encoder import StyleEncoder

SIZES = StyleEncoderSizes(channels=7, hidden_size=12, knobs=5)


@pytest.fixture
def encoder():
    torch.manual_seed(0)
    return StyleEncoder(SIZES).eval()


@torch.inference_mode()
@pytest.mark.parametrize("frames", [120, 121, 500])
def test_motions_of_any_length_become_knobs(encoder, frames):
    knobs = encoder(torch.randn(3, frames, 7))["knobs"]
    assert knobs.shape == (3, 5)
    assert ((knobs > 0) & (knobs < 1)).all()


@torch.inference_mode()
def test_when_something_happens_hardly_matters(encoder):
    motion = torch.zeros(1, 400, 7)
    early, late = motion.clone(), motion.clone()
    early[:, 64:96, 2] = 1.0
    late[:, 256:288, 2] = 1.0
    still = encoder(motion)["knobs"]
    early_knobs, late_knobs = encoder(early)["knobs"], encoder(late)["knobs"]
    assert (early_knobs - late_knobs).abs().max() < 0.2 * (early_knobs - still).abs().max()


@torch.inference_mode()
def test_a_motion_that_stands_still_gives_finite_knobs(encoder):
    assert encoder(torch.zeros(1, 120, 7))["knobs"].isfinite().all()
