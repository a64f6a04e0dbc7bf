import sys

import pytest
import torch
from safetensors.torch import load_file, save_file

from pipeline.networks.motion_transformer import MotionTransformer
from tests.training.motion.stand_ins import LOOKS, data, write_files
from training.motion import sharpen


def random_weights() -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    network = MotionTransformer(LOOKS["body"].sizes)
    torch.nn.init.normal_(network.to_beat.weight, std=0.3)
    return network.state_dict()


def test_sharpened_beats_stand_out_further_and_keep_their_order():
    weights = random_weights()
    network, sharp = (MotionTransformer(LOOKS["body"].sizes) for _ in range(2))
    network.load_state_dict(weights)
    sharp.load_state_dict(sharpen.sharpened(weights, 3.0, 0.5))
    x = torch.randn(5, 7, 16)
    one, two = network.to_beat(x), sharp.to_beat(x)
    torch.testing.assert_close(two, 3.0 * one + 0.5)


@pytest.mark.parametrize("times", [1.0, 3.0])
def test_as_many_beats_are_struck_as_the_data_have(times):
    table = data("body")
    weights, line = sharpen.as_often(random_weights(), times, table, 16, 80)
    network = MotionTransformer(LOOKS["body"].sizes).eval()
    network.load_state_dict(weights)
    made, wanted = sharpen.beat_rates(network, table, 16, 80)
    assert 0.05 < wanted < 0.2
    assert abs(made - wanted) < 0.2 * wanted
    assert "beats a minute" in line


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
    assert changed == {"to_beat.weight", "to_beat.bias"}
