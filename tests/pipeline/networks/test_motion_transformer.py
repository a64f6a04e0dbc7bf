import pytest
import torch

from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.sizes import MotionTransformerSizes, body_motion_sizes, face_motion_sizes

FACE = MotionTransformerSizes(
    motion_size=6, feature_size=10, style_size=3, lookaheads=5, closed=1, layers=3, width=16,
    heads=2, hidden=24, window_frames=9,
)  # fmt: skip
BODY = MotionTransformerSizes(
    motion_size=5, feature_size=10, style_size=4, face_size=6, onsets=4, rests=1, layers=2,
    width=16, heads=2, hidden=24, window_frames=9,
)  # fmt: skip


def made_network(sizes: MotionTransformerSizes) -> MotionTransformer:
    """Random weights, also where training starts from zero, and uneven statistics."""
    torch.manual_seed(0)
    network = MotionTransformer(sizes).eval()
    with torch.no_grad():
        for value in network.parameters():
            value.add_(0.15 * torch.randn_like(value))
        network.mean.normal_()
        network.deviation.uniform_(0.5, 2.0)
        network.speed.uniform_(0.1, 0.3)
        network.damping.uniform_(0.0, 0.5)
        network.innovation.uniform_(0.02, 0.05)
        network.low.fill_(-50.0)
        network.high.fill_(50.0)
        if sizes.closed:
            network.heard[1:3] = 1.0
    return network


def made_inputs(sizes: MotionTransformerSizes, frames: int, batch: int = 2) -> dict:
    torch.manual_seed(1)
    state = torch.nn.functional.one_hot(torch.randint(3, (batch, frames)), 3).float()
    inputs = {
        "feature": torch.randn(batch, frames, sizes.feature_size),
        "noise": torch.randn(batch, frames, sizes.noise_size),
        "style": torch.rand(batch, frames, sizes.style_size),
        "state": state,
    }
    if sizes.lookaheads:
        inputs["lookahead"] = torch.eye(5)[[1, 3]][:, None].expand(-1, frames, -1)
    if sizes.face_size:
        inputs["face"] = torch.randn(batch, frames, sizes.face_size)
    if sizes.rests:
        inputs["rest"] = torch.randn(batch, 1, sizes.motion_size).expand(-1, frames, -1)
    return inputs


@torch.inference_mode()
def streamed(network: MotionTransformer, inputs: dict, frames: int) -> dict[str, torch.Tensor]:
    batch = len(inputs["feature"])
    state = network.init_state(batch)
    motion, parts = network.mean.expand(batch, 1, -1).clone(), []
    for frame in range(frames):
        now = {name: value[:, frame : frame + 1] for name, value in inputs.items()}
        made = network(previous=motion, **now, **state)
        if network.sizes.onsets:
            made["began"], made["towards"] = state["onset"], state["goal"]
        state = {name: made[f"next_{name}"] for name in state}
        motion = made["motion"]
        parts.append(made)
    names = [name for name in parts[0] if not name.startswith("next_")]
    return {name: torch.cat([part[name] for part in parts], dim=1) for name in names}


def test_a_move_begins_where_more_speaks_for_it_than_the_number_drawn():
    network, inputs = made_network(BODY), made_inputs(BODY, 30)
    low, high = (inputs["noise"].clone() for _ in range(2))
    low[..., 5:9], high[..., 5:9] = -50.0, 50.0
    assert streamed(network, inputs | {"noise": low}, 10)["began"][:, 1:].all()
    assert not streamed(network, inputs | {"noise": high}, 10)["began"].any()


def test_what_moves_knows_of_an_onset_from_the_next_frame_on():
    network, inputs = made_network(BODY), made_inputs(BODY, 12)
    none, one = (inputs["noise"].clone() for _ in range(2))
    none[..., 5:9], one[..., 5:9] = 50.0, 50.0
    one[:, 5, 8] = -50.0
    still, struck = (streamed(network, inputs | {"noise": n}, 12)["motion"] for n in (none, one))
    torch.testing.assert_close(still[:, :6], struck[:, :6], atol=0, rtol=0)
    assert (still[:, 6] - struck[:, 6]).abs().amax() > 1e-4


def test_a_goal_holds_until_the_next_move_begins():
    network, inputs = made_network(BODY), made_inputs(BODY, 12)
    noise = inputs["noise"].clone()
    noise[..., 5:9] = 50.0
    noise[:, [3, 8], 6] = -50.0
    towards = streamed(network, inputs | {"noise": noise}, 12)["towards"]
    changes = (towards[:, 1:] != towards[:, :-1]).any(2).any(0)
    assert changes.nonzero().flatten().tolist() == [3, 8]
    assert not towards[:, :4].any()


@pytest.mark.parametrize("sizes", [FACE, BODY], ids=["face", "body"])
def test_streamed_equals_all_frames_at_once(sizes):
    network, frames = made_network(sizes), 40
    inputs = made_inputs(sizes, frames)
    made = streamed(network, inputs, frames)
    rest = network.mean.expand(2, 1, -1)
    past = torch.cat([rest, rest, made["motion"]], dim=1)
    previous, velocity = past[:, 1:-1], past[:, 1:-1] - past[:, :-2]
    noise = inputs.pop("noise")[..., : sizes.motion_size]
    if sizes.onsets:
        inputs["onset"], inputs["goal"] = made["began"], made["towards"]
    with torch.inference_mode():
        context = network.context(previous, velocity, inputs)
        memory, certain = network.history(context, torch.zeros(2, frames))
        innovation = network.denoise(noise, torch.ones(2, frames), context, memory)
        motion = network.compose(innovation, certain["heard"], previous, velocity)
    torch.testing.assert_close(motion, made["motion"], atol=1e-4, rtol=0)
    assert made["motion"].std(dim=1).min() > 0.01
    if sizes.closed:
        torch.testing.assert_close(certain["closed"], made["closed"], atol=1e-4, rtol=0)


@pytest.mark.parametrize("sizes", [FACE, BODY], ids=["face", "body"])
def test_later_sound_never_changes_earlier_motion(sizes):
    network = made_network(sizes)
    first = made_inputs(sizes, 20)
    second = first | {"feature": first["feature"].clone()}
    second["feature"][:, 12:] += 1.0
    one, two = streamed(network, first, 20)["motion"], streamed(network, second, 20)["motion"]
    torch.testing.assert_close(one[:, :12], two[:, :12], atol=0, rtol=0)
    assert not torch.allclose(one[:, 12], two[:, 12])


def test_a_fresh_state_reproduces_the_first_run():
    network, inputs = made_network(FACE), made_inputs(FACE, 15)
    one, two = streamed(network, inputs, 15), streamed(network, inputs, 15)
    torch.testing.assert_close(one["motion"], two["motion"], atol=0, rtol=0)


def test_the_mouth_hears_no_noise_and_does_not_see_itself():
    network, inputs = made_network(FACE), made_inputs(FACE, 1)
    state = network.init_state(2)
    previous = network.mean.expand(2, 1, -1)
    moved = previous + network.heard
    with torch.inference_mode():
        one = network(previous=previous, **inputs, **state)
        two = network(previous=moved, **inputs | {"noise": inputs["noise"] + 1.0}, **state)
    mouth = network.heard > 0
    torch.testing.assert_close(one["motion"][..., mouth], two["motion"][..., mouth])
    torch.testing.assert_close(one["closed"], two["closed"])
    assert not torch.allclose(one["motion"][..., ~mouth], two["motion"][..., ~mouth])


def test_motion_stays_within_the_range_of_the_data():
    network, inputs = made_network(BODY), made_inputs(BODY, 30)
    network.low.copy_(network.mean - 0.05)
    network.high.copy_(network.mean + 0.05)
    motion = streamed(network, inputs | {"noise": 30 * inputs["noise"]}, 30)["motion"]
    assert (motion >= network.low).all()
    assert (motion <= network.high).all()
    assert (motion == network.high).any()


def test_an_innovation_is_what_its_composition_took():
    network = made_network(BODY)
    motion, previous, velocity = torch.randn(3, 2, 4, 5)
    innovation = network.decompose(motion, previous, velocity)
    again = network.compose(innovation, torch.zeros(2, 4, 5), previous, velocity)
    torch.testing.assert_close(again, motion)


def test_both_networks_fit_their_share_of_the_weights():
    counts = {
        sizes.closed: sum(p.numel() for p in MotionTransformer(sizes).parameters())
        for sizes in (face_motion_sizes(), body_motion_sizes())
    }
    assert counts[1] < 2_200_000
    assert counts[0] < 2_600_000


def test_the_pose_to_rest_in_is_heeded():
    network, inputs = made_network(BODY), made_inputs(BODY, 8)
    elsewhere = inputs | {"rest": inputs["rest"] + 1.0}
    one, two = (streamed(network, given, 8)["motion"] for given in (inputs, elsewhere))
    assert (one - two).abs().max() > 1e-3
