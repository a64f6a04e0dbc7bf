"""The full tier paints over the composite, and leaves alone what is as good."""

import numpy as np
import pytest

pytest.importorskip("torch")

from pipeline.avatar import load_avatar
from pipeline.full_renderer import FullRenderer
from pipeline.motion_field import MotionField
from pipeline.renderer import Renderer
from pipeline.rest_pose import resting_joint_rotation
from pipeline.template import Template, load_template
from pipeline.torch_painters import TorchPainters
from tests.painters import torch_model
from tests.people import face_frame, resting_body


class Scene:
    def __init__(self, folder) -> None:
        avatar, model = load_avatar("maya"), load_template()
        rest = resting_joint_rotation(model.skeleton(avatar.identity))
        self._template = Template(model, avatar.identity, avatar.source, rest, avatar.correction)
        self._field = MotionField(avatar, self._template)
        self._body = resting_body(model, avatar.identity)
        self.plain = Renderer(avatar, self._template, self._field)
        engine = TorchPainters(torch_model(folder), "cpu")
        self.full = FullRenderer(avatar, self._template, self.plain, engine)

    def field(self, **face):
        return self._field.step(self._template.step(face_frame(**face), self._body))


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return Scene(tmp_path_factory.mktemp("avatar"))


def test_a_portrait_that_does_not_move_comes_out_as_the_composite(scene):
    field = scene.field()
    assert np.array_equal(scene.full.step(field), scene.plain.step(field))


def test_what_moved_is_repainted_where_the_gates_are_open(scene):
    field = scene.field(actions={"jawOpen": 0.6}, head_rotation=(0.3, 0.0, 0.0))
    changed = (scene.full.step(field) != scene.plain.step(field)).any(-1)
    gates = scene.full.maps(field).gates.any(-1)
    near = np.repeat(np.repeat(gates, 2, 0), 2, 1)
    assert changed.mean() > 0.02
    # gates are enlarged smoothly: they reach a pixel further
    reach = np.pad(near, 2)
    wide = np.logical_or.reduce([
        reach[2 + y : 2 + y + 768, 2 + x : 2 + x + 512] for y in (-2, 0, 2) for x in (-2, 0, 2)
    ])  # fmt: skip
    assert not (changed & ~wide).any()


def test_another_background_is_behind_the_person_of_both(scene):
    green = np.full((768, 512, 3), (20, 200, 40), np.uint8)
    other, field = scene.full.over(green), scene.field(head_rotation=(0.3, 0.0, 0.0))
    assert np.array_equal(other.step(field)[:40, :40], green[:40, :40])
    assert not np.array_equal(scene.full.step(field)[:40, :40], green[:40, :40])
    assert other.tier == scene.full.tier == "full"


def test_each_frame_is_told_its_own_code(scene):
    field = scene.field()
    maps = scene.full.maps(field)
    assert maps.implicit is field.geometry.implicit
    assert maps.flow is field.flow
