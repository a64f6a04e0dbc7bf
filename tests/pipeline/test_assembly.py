"""The assembly with the models that ship."""

import pytest

from pipeline.assembly import ModelAssembly, StageOptions
from pipeline.engine import make_engine
from pipeline.stages import Choices


@pytest.fixture(scope="module")
def engine():
    return make_engine(ModelAssembly(StageOptions(device="cpu")), Choices("maya"))


def networks(engine):
    return engine.motion.face_motion._network


def test_a_renewed_engine_has_new_networks_and_keeps_what_was_prepared_once(engine):
    first = engine.renewed(humbler=False)
    assert networks(first) is not networks(engine)
    assert first.picture.renderer is engine.picture.renderer
    second = first.renewed(humbler=True)
    assert second.picture.renderer is not engine.picture.renderer
    assert second.title == engine.title == "lite on CPUExecutionProvider"
