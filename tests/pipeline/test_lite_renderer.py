"""The lite tier relights the face as its network says, and leaves alone what is as good."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pipeline.avatar import load_avatar  # noqa: E402
from pipeline.face_crop import FACE_PX, FaceCrop  # noqa: E402
from pipeline.gates import Gates  # noqa: E402
from pipeline.lite_renderer import LiteRenderer  # noqa: E402
from pipeline.motion_field import MotionField  # noqa: E402
from pipeline.networks.lite_painter import GATES, relit  # noqa: E402
from pipeline.networks.painters import pasted  # noqa: E402
from pipeline.networks.sizes import LitePainterSizes  # noqa: E402
from pipeline.renderer import Renderer  # noqa: E402
from pipeline.rest_pose import resting_joint_rotation  # noqa: E402
from pipeline.template import Template, load_template  # noqa: E402
from pipeline.torch_network import TorchNetwork  # noqa: E402
from tests.painters import torch_model  # noqa: E402
from tests.people import face_frame, resting_body  # noqa: E402


class Scene:
    def __init__(self, folder) -> None:
        self.avatar, model = load_avatar("maya"), load_template()
        rest = resting_joint_rotation(model.skeleton(self.avatar.identity))
        self.template = Template(
            model, self.avatar.identity, self.avatar.source, rest, self.avatar.correction
        )
        self._field = MotionField(self.avatar, self.template)
        self._body = resting_body(model, self.avatar.identity)
        self.plain = Renderer(self.avatar, self.template, self._field)
        model = torch_model(folder, "lite", "lite_painter", LitePainterSizes())
        self.network = TorchNetwork(model, "cpu")
        self.lite = LiteRenderer(self.avatar, self.template, self.plain, self.network)

    def field(self, **face):
        return self._field.step(self.template.step(face_frame(**face), self._body))

    def moved(self):
        acted = {"jawOpen": 0.5, "eyeBlinkLeft": 0.8}
        return self.field(actions=acted, head_rotation=(0.25, 0.1, 0.0))


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return Scene(tmp_path_factory.mktemp("lite"))


def tensor(pixels) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(pixels.transpose(2, 0, 1)))[None].float() / 255


def test_a_face_is_relit_as_in_training(scene):
    field = scene.moved()
    composite = scene.plain.composite(field)
    guide = Gates(scene.avatar, scene.template).guide(composite)
    x, y = corner = FaceCrop(scene.template.model).corner(field)
    face = tensor(composite.pixels[y : y + FACE_PX, x : x + FACE_PX])
    square = guide.gates[y // 2 : y // 2 + FACE_PX // 2, x // 2 : x // 2 + FACE_PX // 2]
    changes = scene.network.run({
        "face": face.numpy(),
        "gates": tensor(square[..., list(GATES)]).numpy(),
        "skin": scene.avatar.skin_colour[None],
    })["changes"]  # fmt: skip
    whole = tensor(composite.pixels)
    wanted = pasted(whole, relit(face, torch.from_numpy(changes)), torch.tensor([corner]))
    wanted = wanted[0].movedim(0, -1).numpy() * 255
    made = scene.lite.step(field)
    assert np.abs(made - wanted).max() < 1.5
    assert np.abs(made - wanted).mean() < 0.3
    assert (made != composite.pixels).any(-1).mean() > 0.02


def test_a_portrait_that_does_not_move_comes_out_as_the_composite(scene):
    field = scene.field()
    assert np.array_equal(scene.lite.step(field), scene.plain.step(field))


def test_another_background_is_behind_the_same_face(scene):
    green = np.full((768, 512, 3), (20, 200, 40), np.uint8)
    other, field = scene.lite.over(green), scene.moved()
    made = other.step(field)
    assert np.array_equal(made[:40, :40], green[:40, :40])
    assert (made != scene.plain.over(green).step(field)).any()
    assert other.tier == "lite"
