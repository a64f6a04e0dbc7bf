"""Painters repaint within bounds, and nothing where gates are shut."""

import pytest

torch = pytest.importorskip("torch")

from pipeline.face_crop import BORDER_PX  # noqa: E402
from pipeline.gate import Gate  # noqa: E402
from pipeline.names import IMPLICIT_SIZE  # noqa: E402
from pipeline.networks.painter import (  # noqa: E402
    BEHIND,
    CHANGES,
    GATES,
    LIGHT,
    SHIFT_PX,
    SKIN_COLOUR,
    Painter,
    allowed,
    bounded_moves,
    enlarged,
    moved_features,
    repainted,
    sampled,
)
from pipeline.networks.painters import pasted  # noqa: E402
from pipeline.networks.sizes import PainterSizes  # noqa: E402

SIZES = PainterSizes(width=8, source_channels=4, blocks=1)
H, W = 64, 48
SKIN = torch.tensor([[0.7, 0.5, 0.4]])


def given(seed: int = 0, pictures: int = 2):
    random = torch.Generator().manual_seed(seed)
    draw = lambda *shape: torch.rand(shape, generator=random)  # noqa: E731
    return {
        "pictures": draw(1, 3 * pictures, H, W),
        "gates": draw(1, GATES, H // 2, W // 2),
        "hands": draw(1, 4, H // 2, W // 2),
        "flow": draw(1, 2, H // 4, W // 4) * 8 - 4,
        "implicit": draw(1, IMPLICIT_SIZE) * 2 - 1,
    }


def told(painter: Painter, inputs, **changes):
    inputs = inputs | changes
    portrait = inputs["pictures"][:, :3].flip(-1)
    fine, coarse = painter.source(portrait, portrait[:, :1], SKIN)
    fine, coarse = moved_features(fine, coarse, inputs["flow"])
    return painter(**inputs, fine=fine, coarse=coarse, skin=SKIN)[0]


def learnt(sizes: PainterSizes = SIZES) -> Painter:
    """One that says something: its heads begin at zero."""
    torch.manual_seed(1)
    painter = Painter(sizes)
    for head in (painter.changes, painter.shift):
        torch.nn.init.normal_(head.weight, std=0.3)
    return painter


def test_a_new_painter_changes_nothing():
    inputs = given()
    made = told(Painter(SIZES), inputs)
    assert (made - inputs["pictures"][:, :3]).abs().max() < 1e-4


def test_shut_gates_leave_the_picture_as_it_is_whatever_is_said():
    inputs = given()
    made = told(learnt(), inputs, gates=torch.zeros(1, GATES, H // 2, W // 2))
    assert (made - inputs["pictures"][:, :3]).abs().max() < 1e-4


def test_where_one_half_is_shut_the_other_alone_changes():
    inputs = given()
    inputs["gates"][..., : W // 4] = 0
    change = (told(learnt(), inputs) - inputs["pictures"][:, :3]).abs()
    # Gates are enlarged bilinearly: a pixel beside the line takes part.
    assert change[..., : W // 2 - 1].max() < 1e-4
    assert change[..., W // 2 + 2 :].max() > 0.02


def test_all_pictures_are_seen_and_the_first_is_repainted():
    inputs = given(pictures=3)
    painter = learnt(PainterSizes(width=8, source_channels=4, blocks=1, pictures=3))
    made = told(painter, inputs)
    assert made.shape == (1, 3, H, W)
    other = inputs["pictures"].clone()
    other[:, 3:6] = 0.5
    assert not torch.equal(told(painter, inputs, pictures=other), made)


@pytest.mark.parametrize("gate", range(GATES))
def test_each_gate_bounds_what_is_changed(gate):
    gates = torch.zeros(1, GATES, H // 2, W // 2)
    gates[:, gate] = 1
    pictures = torch.full((1, 6, H, W), 0.9)
    pictures[:, :3] = 0.7 * SKIN[..., None, None]
    most = torch.full((1, CHANGES, H, W), 50.0)
    most[:, 4] = -50
    shift = torch.zeros(1, 2, H // 2, W // 2)
    made = repainted(pictures, enlarged(gates), most, shift, SKIN)
    wanted = 0.7 * SKIN * torch.exp(torch.tensor(LIGHT[gate])) + SKIN_COLOUR[gate] * SKIN
    assert torch.allclose(made[0, :, 9, 9], wanted[0].clamp(max=1), atol=1e-4)
    most = -most
    shown = repainted(pictures, enlarged(gates), most, shift, SKIN)[0, :, 9, 9]
    assert torch.allclose(shown, torch.full((3,), 0.9), atol=1e-4) == (BEHIND[gate] == 1)


def test_own_teeth_keep_their_colour_and_place_and_lips_do_not():
    lip = torch.tensor([0.6, 0.3, 0.28])
    pictures = torch.full((1, 6, H, W), 0.75)
    pictures[:, :3, :, W // 2 :] = lip[:, None, None]
    gates = torch.zeros(1, GATES, H // 2, W // 2)
    gates[:, [Gate.MOUTH, Gate.FACE]] = 1
    inputs = given() | {"pictures": pictures, "gates": gates}
    painter = learnt()
    torch.nn.init.constant_(painter.changes.bias, -50.0)
    torch.nn.init.constant_(painter.shift.bias, 50.0)
    shown = told(painter, inputs)
    assert torch.allclose(shown[..., : W // 2], torch.tensor(0.75), atol=1e-3)
    assert (shown[0, :, 5, -5] < lip - 0.05).all()


def test_no_pattern_is_painted_on_cloth():
    gates = torch.zeros(1, GATES, H // 2, W // 2)
    gates[:, Gate.BODY] = 1
    said = torch.ones(1, 1, H, W)
    said[..., ::2] = -1
    pattern = allowed(said, enlarged(gates), LIGHT, 16)
    assert pattern.abs().max() < 1e-5
    smooth = allowed(torch.ones(1, 1, H, W), enlarged(gates), LIGHT, 16)
    assert torch.allclose(smooth, torch.tensor(LIGHT[Gate.BODY]))


def test_a_shift_moves_the_picture_by_no_more_than_its_bound():
    ramp = torch.arange(W, dtype=torch.float32) / W
    picture = ramp.expand(1, 3, H, W).contiguous()
    gates = torch.zeros(1, GATES, H // 2, W // 2)
    gates[:, 3] = 1
    shift = torch.zeros(1, 2, H // 2, W // 2)
    shift[:, 0] = 50
    moves = bounded_moves(shift, gates)
    made = repainted(picture, enlarged(gates), torch.zeros(1, CHANGES, H, W), moves, SKIN)
    moved_px = (made - picture)[0, 0, 20, 10:30] * W
    assert torch.allclose(moved_px, torch.full((20,), SHIFT_PX[3]), atol=1e-2)


def test_features_go_where_the_flow_leads():
    features = torch.zeros(1, 1, 16, 16)
    features[..., 5, 9] = 1
    flow = torch.zeros(1, 2, 16, 16)
    # What is drawn at column 7 comes from 8 px, two cells, further right.
    flow[:, 0] = 8
    fine, coarse = moved_features(features, torch.ones(1, 1, 8, 8), flow)
    assert fine[0, 0, 5, 7] == pytest.approx(1, abs=1e-4)
    assert torch.allclose(coarse, torch.ones_like(coarse))


def test_no_move_samples_the_same_picture():
    picture = torch.rand(1, 3, H, W)
    assert (sampled(picture, torch.zeros(1, 2, H, W)) - picture).abs().max() < 1e-4


def test_all_weights_of_a_painter_learn():
    painter = learnt()
    inputs = given()
    told(painter, inputs).square().mean().backward()
    assert [n for n, p in painter.named_parameters() if p.grad is None] == []


def test_a_face_is_pasted_at_its_corner_without_a_seam():
    whole = torch.zeros(2, 3, 96, 80)
    face = torch.ones(2, 3, 48, 48)
    shown = pasted(whole, face, torch.tensor([[16, 32], [0, 0]]))
    assert shown[0, :, 32 + 24, 16 + 24].eq(1).all()
    assert shown[0, :, 32, 16 : 16 + 48].max() <= 0.5 / BORDER_PX + 1e-6
    assert shown[0, :, :32].eq(0).all()
    assert shown[1, :, 24, 24].eq(1).all()
    assert whole.eq(0).all()
