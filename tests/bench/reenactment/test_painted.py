import numpy as np
import pytest

pytest.importorskip("torch")

from bench.faces import face
from bench.puppet import Puppet
from bench.reenactment.motions import motion_of
from bench.reenactment.networks import load
from bench.reenactment.painted import HandlessRenderer, told
from bench.reenactment.rows import FULL, LITE, rows
from bench.reenactment.weights import Weights
from pipeline.avatar import GALLERY, Avatar, read_avatar
from pipeline.face_crop import FACE_PX, FaceCrop
from pipeline.gate import Gate
from pipeline.gates import Gates
from pipeline.renderer import Renderer
from tests.bench.reenactment.fresh import write_fresh

# Both hands are in view.
MOMENT = 100


@pytest.fixture(scope="module")
def avatar() -> Avatar:
    return read_avatar(GALLERY / "maya")


@pytest.fixture(scope="module")
def weights(tmp_path_factory) -> Weights:
    return Weights(write_fresh(tmp_path_factory.mktemp("run") / "average.safetensors"))


@pytest.fixture(scope="module")
def compared(weights):
    return rows([LITE, *FULL], weights)


@pytest.fixture(scope="module")
def pictures(avatar, compared) -> dict[str, np.ndarray]:
    motion = motion_of(0)[: MOMENT + 1]
    drawn = {"explicit": Puppet(avatar).picture(*motion[MOMENT])}
    for row in compared:
        puppet = Puppet(avatar, row.make, row.tell)
        drawn[row.name] = puppet.picture(*puppet.told(motion)[MOMENT])
    return drawn


@pytest.fixture(scope="module")
def field(avatar):
    return Puppet(avatar).field(*motion_of(0)[MOMENT])


@pytest.fixture(scope="module")
def square(avatar, field) -> tuple[slice, slice]:
    x, y = FaceCrop(Puppet(avatar).template.model).corner(field)
    return np.s_[y : y + FACE_PX, x : x + FACE_PX]


def differing(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.abs(one.astype(int) - other).max(-1) > 0


def test_every_row_draws_something_of_its_own(pictures):
    drawn = [picture.tobytes() for picture in pictures.values()]
    assert len(set(drawn)) == len(pictures) == 2 + len(FULL)


def test_what_is_not_gated_stays_as_the_composite_has_it(avatar, pictures):
    puppet = Puppet(avatar)
    composite = Renderer(avatar, puppet.template, puppet.motion_field).composite(
        puppet.field(*motion_of(0)[MOMENT])
    )
    gates = Gates(avatar, puppet.template).guide(composite).gates
    opened = np.kron(gates.any(-1), np.ones((2, 2), bool))
    # Maps of half size are enlarged softly.
    shut = ~(opened | np.roll(opened, 2, 0) | np.roll(opened, -2, 0)
             | np.roll(opened, 2, 1) | np.roll(opened, -2, 1))  # fmt: skip
    assert shut.mean() > 0.2
    for name in (LITE, "full", "full, hands not told", "full without face refinement"):
        assert not (differing(pictures[name], pictures["explicit"]) & shut).any(), name
    hands = np.kron(gates[..., Gate.HANDS] > 0, np.ones((2, 2), bool))
    assert (differing(pictures["full"], pictures["full, hands not told"]) & hands).any()


def test_the_face_alone_is_relit_and_refined(pictures, square):
    for pair in ((LITE, "explicit"), ("full", "full without face refinement")):
        changed = differing(*(pictures[name] for name in pair))
        assert changed[square].any()
        changed[square] = False
        assert not changed.any()


def test_without_hands_the_portraits_own_arms_are_all_there_is(avatar, field):
    puppet = Puppet(avatar)
    given = avatar, puppet.template, puppet.motion_field
    handless = HandlessRenderer(*given).composite(field)
    assert handless.hands is None
    guide = Gates(avatar, puppet.template).guide(handless)
    assert not guide.hands.any()
    assert not guide.gates[..., Gate.HANDS].any()
    assert Renderer(*given).composite(field).hands is not None


@pytest.mark.parametrize("name", [LITE, "full"])
def test_a_portrait_that_does_not_move_stays_as_it_is(avatar, compared, name):
    (row,) = (row for row in compared if row.name == name)
    puppet = Puppet(avatar, row.make, row.tell)
    assert np.abs(puppet.own_picture().astype(int) - Puppet(avatar).own_picture()).max() <= 1
    assert differing(puppet.picture(face(yaw_deg=8)), puppet.own_picture()).any()


def codes(moves) -> np.ndarray:
    return np.stack([body.implicit for _, body in moves])


def test_codes_are_guessed_over_the_whole_motion_and_from_nothing_later(weights):
    moves, networks = motion_of(0)[60:72], load(weights)
    guessed = codes(told(moves, networks=networks))
    assert np.ptp(guessed, 0).max() > 1e-3
    # How it came about is part of the guess.
    assert (codes(told(moves[:5], networks=networks)) == guessed[:5]).all()
    assert np.abs(codes(told(moves[8:], networks=networks))[0] - guessed[8]).max() > 1e-4
    assert not codes(moves).any()


def test_painters_know_another_background(avatar, compared, field):
    (row,) = (row for row in compared if row.name == "full")
    puppet = Puppet(avatar)
    renderer = row.make(avatar, puppet.template, puppet.motion_field)
    green = np.zeros_like(avatar.background)
    green[..., 1] = 200
    picture = renderer.over(green).step(field)
    assert (picture[20, 20] == (0, 200, 0)).all()
