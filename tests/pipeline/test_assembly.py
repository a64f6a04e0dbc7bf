"""The assembly with the models that ship."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch")

from pipeline.assembly import ModelAssembly, StageOptions
from pipeline.engine import make_engine
from pipeline.full_renderer import FullRenderer
from pipeline.lite_renderer import LiteRenderer
from pipeline.picture_settings import PictureSettings
from pipeline.quality import ladder
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.renderer import Renderer
from pipeline.stages import Choices
from pipeline.stream_types import AudioChunk
from tests.painters import ship_painters


@pytest.fixture(scope="module")
def engine():
    return make_engine(ModelAssembly(StageOptions(device="cpu")), Choices("maya"))


def networks(engine):
    return engine.motion.face_motion._network


def test_a_renewed_engine_has_new_networks_and_keeps_what_was_prepared_once(engine):
    first = engine.renewed(humbler=False)
    assert networks(first) is not networks(engine)
    assert first.picture.motion_field is engine.picture.motion_field
    second = first.renewed(humbler=True)
    assert second.picture.motion_field is not engine.picture.motion_field
    assert second.title == engine.title == "lite on CPUExecutionProvider"


@pytest.fixture(scope="module")
def full_engine(tmp_path_factory):
    """With painters on the CPU: those that ship, or small ones."""
    with pytest.MonkeyPatch.context() as patch:
        ship_painters(tmp_path_factory, patch)
        options = StageOptions(device="cpu", tier="full")
        yield make_engine(ModelAssembly(options), Choices("maya"))


def test_the_full_tier_has_a_lighter_one_beside_it(full_engine):
    picture = full_engine.picture
    kinds = [type(renderer) for renderer in picture.renderers]
    assert kinds == [FullRenderer, LiteRenderer, Renderer]
    assert picture.renderers[0] is picture.renderer
    assert full_engine.tiers == ladder(["full", "lite", "lite"])
    assert full_engine.title == "full on CPUExecutionProvider"


def test_its_bodies_have_a_code_which_the_lite_tier_does_without(full_engine, engine):
    for made, has_code in ((full_engine, True), (engine, False)):
        motion, rows = made.motion, []
        speech_state, face_state, body_state = (
            stage.init_state()
            for stage in (motion.speech_features, motion.face_motion, motion.body_motion)
        )
        for index in range(8):
            start = index * SAMPLES_PER_FRAME
            chunk = AudioChunk(np.zeros(SAMPLES_PER_FRAME, np.float32), start, 0.0)
            speech, speech_state = motion.speech_features.step(chunk, speech_state)
            face, face_state = motion.face_motion.step(speech, face_state)
            if face.frame >= 0:
                body, body_state = motion.body_motion.step(face, speech, body_state)
                rows.append(body.implicit.any())
        assert rows
        assert set(rows) == {has_code}


def test_another_background_keeps_what_is_known_of_the_person(full_engine):
    green = replace(full_engine.choices, picture=PictureSettings(background="#20c040"))
    other = full_engine.following(green)
    assert other.picture.renderer is not full_engine.picture.renderer
    known = [engine.picture.renderer.painters._known for engine in (full_engine, other)]
    assert known[0]["face_fine"] is known[1]["face_fine"]
    assert known[0]["behind"] is not known[1]["behind"]


def test_a_humbler_engine_is_lite_and_goes_on_with_what_was_prepared(full_engine):
    humbler = full_engine.renewed(humbler=True)
    assert humbler.title == "lite on CPUExecutionProvider"
    assert humbler.tiers == ladder(["lite", "lite"])
    assert humbler.picture.template is full_engine.picture.template


@pytest.mark.parametrize("drawing", ["mei", "hugo"])
def test_a_drawing_is_not_repainted_as_if_it_were_a_photograph(full_engine, drawing):
    # Last, since the assembly keeps one person at a time.
    picture = full_engine.assembly.picture_stages(Choices(drawing))
    assert type(picture.renderer) is Renderer
