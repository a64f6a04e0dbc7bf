"""The portrait's resting mouth belongs to its shape."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.names import ACTION_INDEX
from pipeline.portrait.fit import FitResiduals, PortraitFit
from pipeline.portrait.settled_face import lip_gap_m, settled
from pipeline.rest_pose import resting_joint_rotation
from pipeline.template import SourcePose, Template, load_template
from tests.people import face_frame, portrait_camera


def fit(actions: dict[str, float]) -> PortraitFit:
    model = load_template()
    identity = np.zeros(len(model.identity_names), np.float32)
    rest = resting_joint_rotation(model.skeleton(identity))
    source = SourcePose(
        face_frame(actions).actions, np.zeros(3, np.float32), np.zeros((2, 2), np.float32), rest
    )
    nothing = np.zeros_like(model.rest_vertices)
    # The mean person's lips stand apart; this portrait's touch.
    lower = model.action_deltas[ACTION_INDEX["jawOpen"]] * -0.05
    nothing[model.action_vertices] = lower
    return PortraitFit(
        identity, nothing, source, np.zeros(7), portrait_camera(), 0.012, 0.006,
        FitResiduals(0.0, 0.0, None),
    )  # fmt: skip


def template(found: PortraitFit) -> Template:
    source = found.source
    return Template(
        load_template(), found.identity, source, source.joint_rotation, found.correction
    )


PRESSED = {"mouthPressLeft": 0.4, "jawLeft": 0.3, "jawOpen": 0.02, "mouthSmileLeft": 0.5}
OPEN = {"jawOpen": 0.3, "mouthUpperUpLeft": 0.4, "mouthPressLeft": 0.3, "eyeBlinkLeft": 0.2}


@pytest.mark.parametrize("actions", [PRESSED, OPEN])
def test_the_portrait_itself_is_unchanged(actions):
    before, after = fit(actions), settled(fit(actions))
    np.testing.assert_allclose(
        template(after).source_geometry().vertices,
        template(before).source_geometry().vertices,
        atol=2e-6,
    )


def test_a_closed_mouth_rests_as_in_the_portrait():
    found = settled(fit(PRESSED))
    np.testing.assert_allclose(
        template(found).closed_geometry().vertices,
        template(found).source_geometry().vertices,
        atol=2e-6,
    )
    assert found.source.actions[ACTION_INDEX["mouthSmileLeft"]] == np.float32(0.5)


def test_an_open_mouth_can_still_be_closed():
    found = settled(fit(OPEN))
    assert found.source.actions[ACTION_INDEX["jawOpen"]] == np.float32(0.3)
    assert found.source.actions[ACTION_INDEX["mouthPressLeft"]] == 0
    shut = replace(found.source, actions=np.zeros(52, np.float32))
    model = load_template()
    assert lip_gap_m(replace(found, source=shut), model) < 0.4 * lip_gap_m(found, model)


def test_narrow_eyes_stay_narrow_and_a_blink_is_undone():
    assert settled(fit(OPEN)).source.actions[ACTION_INDEX["eyeBlinkLeft"]] == 0
    blinking = settled(fit({"eyeBlinkLeft": 0.9}))
    assert blinking.source.actions[ACTION_INDEX["eyeBlinkLeft"]] > 0.5
