import pytest
import torch

from pipeline.networks.face_regressor import FaceRegressor
from pipeline.networks.sizes import FaceRegressorSizes

SIZES = FaceRegressorSizes(("jawOpen", "head_pitch"), feature_size=6, style_size=3, hidden_size=8)


@pytest.mark.parametrize("frames", [1, 3])
@torch.inference_mode()
def test_streamed_equals_offline(frames):
    torch.manual_seed(0)
    network = FaceRegressor(SIZES).eval()
    given = (torch.randn(2, 12, 6), torch.randn(2, 12, 3), torch.randn(2, 12, 5))
    whole = network(*given, **network.init_state(2))
    state, parts = network.init_state(2), []
    for start in range(0, 12, frames):
        made = network(*(g[:, start : start + frames] for g in given), **state)
        state = {"hidden": made["next_hidden"]}
        parts.append(made)
    for name in ("pose", "closed"):
        streamed = torch.cat([part[name] for part in parts], dim=1)
        torch.testing.assert_close(streamed, whole[name], atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(state["hidden"], whole["next_hidden"], atol=1e-5, rtol=1e-4)
