import numpy as np
import pytest

from pipeline.face_landmarks import LOWER_LID, UPPER_LID, landmark_points
from pipeline.lid_reach import LEAST_REACH, lid_reach
from pipeline.names import ACTION_INDEX
from pipeline.template import load_template

BLINKS = [ACTION_INDEX["eyeBlinkLeft"], ACTION_INDEX["eyeBlinkRight"]]


def gaps_mm(model, rest, actions) -> np.ndarray:
    shape = rest.copy()
    shape[model.action_vertices] += np.tensordot(actions, model.action_deltas, 1)
    upper, lower = (
        np.stack([landmark_points(model, shape, margin[eye][2:7]) for eye in (0, 1)])
        for margin in (UPPER_LID, LOWER_LID)
    )
    return 1e3 * np.median(upper[..., 1] - lower[..., 1], 1)


@pytest.mark.parametrize("squint", [0.0, 0.5])
def test_a_full_blink_just_shuts_the_eyes(squint):
    model = load_template()
    expression = np.zeros(52, np.float32)
    for side in ("Left", "Right"):
        expression[ACTION_INDEX[f"eyeSquint{side}"]] = squint
    rest = model.identity_vertices(np.zeros(len(model.identity_names), np.float32))
    reach = lid_reach(model, rest, expression)
    blink = expression.copy()
    blink[BLINKS] = reach[BLINKS]
    half = expression.copy()
    half[BLINKS] = reach[BLINKS] / 2
    opened = gaps_mm(model, rest, expression)
    assert np.all(opened > 5)
    assert gaps_mm(model, rest, blink) == pytest.approx([0, 0], abs=0.4)
    assert gaps_mm(model, rest, half) == pytest.approx(opened / 2, rel=0.1)


def test_only_blinks_are_shortened_and_never_to_nothing():
    model = load_template()
    rest = model.identity_vertices(np.zeros(len(model.identity_names), np.float32))
    reach = lid_reach(model, rest, np.zeros(52, np.float32))
    assert np.all(np.delete(reach, BLINKS) == 1)
    assert np.all(reach[BLINKS] >= LEAST_REACH)
    assert np.all(reach[BLINKS] < 1)
