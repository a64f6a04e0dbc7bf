import numpy as np
import pytest

from pipeline.knobs import KNOB_INDEX
from pipeline.motion_space import BODY_SIZE, CLAVICLE_LIFT, HEAD_ROTATION, TORSO_TURN
from pipeline.rates import FPS
from tests.training.performance.scores import talk
from training.performance.body import play_body
from training.performance.face import play_face
from training.performance.presets import PRESETS, preset

HEAD_OF_TORSO = ((1, 1.0), (0, 1.0), (2, -1.0))  # pitch, yaw, roll of the torso in the head's


def played(style: str, seed: int = 0, posture: float | None = None):
    knobs = preset(style)
    if posture is not None:
        knobs[KNOB_INDEX["posture"]] = posture
    draws = [np.random.default_rng([seed, part]) for part in range(2)]
    face = play_face(talk(), knobs, draws[0])
    body = play_body(talk(), face, knobs, 1.0, draws[1])
    assert body.body.shape == (talk().frames, BODY_SIZE)
    return face.face[:, HEAD_ROTATION].astype(float), body.body.astype(float)


def lag_s(first: np.ndarray, second: np.ndarray) -> float:
    """How much later the second moves, by the parabola through the best correlation."""
    first, second = np.diff(first), np.diff(second)
    match = [float(first[: len(first) - k] @ second[k:]) for k in range(12)]
    best = int(np.argmax(match[1:-1])) + 1
    before, here, after = match[best - 1 : best + 2]
    return (best + 0.5 * (before - after) / (before - 2 * here + after)) / FPS


def largest_return(values: np.ndarray) -> float:
    """Largest peak of the autocorrelation beyond 2 s."""
    values = values - values.mean()
    power = np.abs(np.fft.rfft(values, 2 * len(values))) ** 2
    match = np.fft.irfft(power)[: len(values) // 2] / len(values) / values.var()
    late = match[2 * FPS :]
    peaks = (late[1:-1] > late[:-2]) & (late[1:-1] > late[2:])
    return float(late[1:-1][peaks].max())


@pytest.mark.parametrize("style", ["calm", "natural", "energetic"])
def test_the_torso_follows_the_head_by_80_to_150_ms(style: str):
    for seed in range(3):
        head, body = played(style, seed)
        for axis, (angle, sign) in enumerate(HEAD_OF_TORSO):
            assert 0.08 <= lag_s(sign * head[:, angle], body[:, axis]) <= 0.15


def test_nothing_comes_back_at_even_intervals():
    returns = np.array([
        [largest_return(played("natural", seed)[1][:, axis]) for axis in range(3)]
        for seed in range(6)
    ])  # fmt: skip
    assert np.median(returns) < 0.3
    assert returns.mean(axis=0).max() < 0.4


def test_posture_leans_the_torso():
    means = [
        np.mean([played("natural", seed, knob)[1][:, 0].mean() for seed in range(4)])
        for knob in (0.0, 0.5, 1.0)
    ]
    assert means[0] + np.radians(1.5) < means[1] < means[2] - np.radians(1.5)


@pytest.mark.parametrize("style", PRESETS)
def test_torso_and_clavicles_stay_within_what_is_decoded_unbent(style: str):
    _, body = played(style)
    assert np.abs(body[:, TORSO_TURN]).max() < np.radians(11.0)
    assert np.abs(body[:, CLAVICLE_LIFT]).max() < np.radians(12.0)
