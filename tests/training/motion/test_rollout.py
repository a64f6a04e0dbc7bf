import pytest
import torch

from tests.training.motion.stand_ins import FRAMES, data
from tests.training.motion.test_train import begun
from training.motion.rollout import Streams, generate, state_behind

KEPT = 20


@pytest.mark.parametrize("part", ["face", "body"])
def test_a_state_behind_frames_equals_the_state_of_the_stream_itself(part):
    network = begun(part, 1).network.eval()
    for _ in range(3):
        torch.nn.init.normal_(network.to_innovation.weight, std=0.2)
    table = data(part)
    crop = table.draw(2, 40, torch.Generator().manual_seed(0))
    last, state = crop.motion[:, 1:2], network.init_state(2)
    state["velocity"] = crop.motion[:, 1:2] - crop.motion[:, :1]
    first = {n: v[:, :30] for n, v in crop.asked.items()}
    made, state = generate(network, last, first, state, torch.Generator().manual_seed(1))
    past = type(crop)(torch.cat([crop.motion[:, :2], made], dim=1), None, None, None, first)
    again = state_behind(network, past)
    assert again.keys() == state.keys()
    # what comes next is for the one who goes on to tell
    for name in ("onset", "goal"):
        state.pop(name, None)
    for name, value in state.items():
        torch.testing.assert_close(again[name], value, atol=1e-4, rtol=1e-3)


def test_streams_follow_the_data_and_begin_anew_at_its_end():
    network = begun("face", 1).network.eval()
    table = data("face")
    sampler, generator = torch.Generator().manual_seed(0), torch.Generator().manual_seed(0)
    streams = Streams.begun(table, 6, KEPT, sampler)
    rows = streams.places.row.clone()
    old = streams.motion.clone()
    streams.advance(network, network, 5, generator)
    assert streams.places.row.tolist() == (rows + 5).tolist()
    torch.testing.assert_close(streams.motion[:, :-5], old[:, 5:])
    assert streams.motion.shape == old.shape
    for _ in range(60):
        streams.move_on(5, 0.0, sampler)
        streams.advance(network, network, 5, generator)
        end = table.first[streams.places.performance] + FRAMES
        assert (streams.places.row + KEPT <= end).all()
    assert torch.isfinite(streams.motion).all()
    torch.testing.assert_close(
        streams.crop(torch.tensor([3])).motion[0], streams.motion[3], atol=0, rtol=0
    )


def test_onsets_that_are_asked_for_happen_and_others_are_left_to_the_network():
    network = begun("body", 1).network.eval()
    torch.nn.init.normal_(network.from_onset.weight)
    torch.nn.init.normal_(network.to_innovation.weight, std=0.2)
    torch.nn.init.constant_(network.to_onset.bias, -50.0)
    crop = data("body").draw(2, 40, torch.Generator().manual_seed(0))
    free = {name: value for name, value in crop.asked.items() if name not in ("onset", "goal")}
    still = {name: torch.zeros_like(crop.asked[name]) for name in ("onset", "goal")}
    told, silent = crop.asked, crop.asked | still
    made = [
        generate(network, crop.motion[:, 1:2], asked, network.init_state(2),
                 torch.Generator().manual_seed(1))[0]
        for asked in (told, silent, free)
    ]  # fmt: skip
    torch.testing.assert_close(made[1], made[2], atol=0, rtol=0)
    assert (made[0] - made[1]).abs().max() > 1e-4
