import sys

import pytest
import torch
from safetensors.torch import load_file, save_file

from pipeline.networks.motion_transformer import MotionTransformer
from tests.training.motion.stand_ins import LOOKS, data, write_files
from training.motion import sharpen
from training.motion.sharpen import STROKE


def random_weights() -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    network = MotionTransformer(LOOKS["body"].sizes)
    torch.nn.init.normal_(network.to_onset.weight, std=0.3)
    return network.state_dict()


def test_what_speaks_for_strokes_stands_out_further_and_the_rest_stays():
    weights = random_weights()
    network, sharp = (MotionTransformer(LOOKS["body"].sizes) for _ in range(2))
    network.load_state_dict(weights)
    sharp.load_state_dict(sharpen.sharpened(weights, 3.0))
    x = torch.randn(5, 7, 16)
    one, two = network.to_onset(x), sharp.to_onset(x)
    torch.testing.assert_close(two[..., STROKE], 3.0 * one[..., STROKE])
    others = [kind for kind in range(4) if kind != STROKE]
    torch.testing.assert_close(two[..., others], one[..., others])


@pytest.mark.parametrize("times", [1.0, 3.0])
def test_as_many_moves_begin_as_in_the_data(times):
    table = data("body")
    start = sharpen.sharpened(random_weights(), times)
    weights, line = sharpen.as_often(start, table, 16, 80, times)
    network = MotionTransformer(LOOKS["body"].sizes).eval()
    network.load_state_dict(weights)
    made, wanted = sharpen.onset_rates(network, table, 16, 80)
    assert wanted.min() > 0.01
    torch.testing.assert_close(made, wanted, rtol=0.3, atol=0.0)
    assert "stroke" in line


def test_the_command_writes_weights_that_differ_in_the_decision_only(tmp_path, monkeypatch):
    weights = random_weights()
    save_file(weights, tmp_path / "average.safetensors")
    arguments = ["--weights", str(tmp_path / "average.safetensors"), "--times", "2", "--tiny"]
    arguments += ["--out", str(tmp_path / "sharp.safetensors"), *write_files(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["sharpen", *arguments])
    sharpen.main()
    made = load_file(tmp_path / "sharp.safetensors")
    assert made.keys() == weights.keys()
    changed = {name for name in made if not torch.equal(made[name], weights[name])}
    assert changed == {"to_onset.weight", "to_onset.bias"}
