from dataclasses import replace

import numpy as np
import pytest

from training.people.lighting import AreaLight, Lighting, sample_lights, tone_mapped

SET = Lighting(
    (AreaLight(0.5, 0.4, 0.3, (2.0, 1.0, 0.5)), AreaLight(-0.8, 0.1, 0.5, (0.5, 0.5, 0.5))),
    sky=(0.3, 0.3, 0.3), horizon=(0.3, 0.3, 0.3), ground=(0.3, 0.3, 0.3),
)  # fmt: skip


def test_samples_of_a_box_add_up_to_its_colour():
    samples = sample_lights(SET, np.random.default_rng(0), dome=0)
    total = np.sum([sample.colour for sample in samples], axis=0)
    assert np.allclose(total, [2.5, 1.5, 1.0])


def test_samples_lie_inside_their_box():
    box = Lighting(SET.boxes[:1], SET.sky, SET.horizon, SET.ground)
    for sample in sample_lights(box, np.random.default_rng(1), per_box=20, dome=0):
        angle = np.arccos(np.clip(sample.direction @ SET.boxes[0].direction, -1, 1))
        assert angle <= SET.boxes[0].radius_rad + 1e-6


def test_an_even_dome_lights_a_surface_with_pi_times_its_radiance():
    dark = Lighting((), SET.sky, SET.horizon, SET.ground)
    rng = np.random.default_rng(2)
    up = np.array([0.0, 1.0, 0.0])
    irradiance = [
        sum(s.colour * max(s.direction @ up, 0) for s in sample_lights(dark, rng, dome=16))
        for _ in range(200)
    ]
    assert np.allclose(np.mean(irradiance, 0), 0.3 * np.pi, rtol=0.02)


def test_tone_mapping_keeps_black_black_and_never_exceeds_white():
    mapped = tone_mapped(np.array([0.0, 0.18, 1.0, 50.0]), 1.0)
    assert mapped[0] == 0
    assert (np.diff(mapped) > 0).all()
    assert mapped[-1] <= 1


@pytest.mark.parametrize("passes", [1, 4])
def test_what_samples_stand_for_covers_their_box(passes):
    box = Lighting((replace(SET.boxes[0], radius_rad=0.2),), SET.sky, SET.horizon, SET.ground)
    rng = np.random.default_rng(3)
    samples = [s for _ in range(passes) for s in sample_lights(box, rng, passes, dome=0)]
    covered = sum(sample.spread**2 for sample in samples)
    assert np.tan(0.2) ** 2 < covered < 2 * np.tan(0.2) ** 2
