"""The light of the set: soft boxes in front of a dim dome, sampled at random per pass."""

from dataclasses import dataclass

import numpy as np

Rgb = tuple[float, float, float]
GOLDEN_ANGLE_RAD = 2.39996
# What samples stand for overlaps, so that their shadows melt into each other, but is not so wide
# that shadow maps are too coarse a picture of it (tangent of an angle).
OVERLAP, WIDEST = 1.3, 0.35


@dataclass(frozen=True, slots=True)
class AreaLight:
    """A soft box.

    azimuth_rad: > 0 to the avatar's left; elevation_rad; radius_rad: angular radius
    colour: irradiance (linear RGB) that a surface facing the box receives
    """

    azimuth_rad: float
    elevation_rad: float
    radius_rad: float
    colour: Rgb

    @property
    def direction(self) -> np.ndarray:
        """(3,) unit vector towards the box, template axes."""
        c = np.cos(self.elevation_rad)
        return np.array(
            [
                np.sin(self.azimuth_rad) * c,
                np.sin(self.elevation_rad),
                np.cos(self.azimuth_rad) * c,
            ]
        )


@dataclass(frozen=True, slots=True)
class Lighting:
    """boxes: the key first, then fill, then rims; sky, horizon, ground: radiance of the dome."""

    boxes: tuple[AreaLight, ...]
    sky: Rgb
    horizon: Rgb
    ground: Rgb
    exposure: float = 1.0


@dataclass(frozen=True, slots=True)
class LightSample:
    """One direction (3,) and the irradiance (3,) that a surface facing it receives; spread: tangent
    of the angular radius of what the sample stands for, which its shadows are as soft as."""

    direction: np.ndarray
    colour: np.ndarray
    spread: float


def sample_lights(
    lighting: Lighting, rng: np.random.Generator, passes: int = 1, per_box: int = 1, dome: int = 4
) -> list[LightSample]:
    """Random directions whose mean over passes is the light of the set."""
    samples = []
    for index, box in enumerate(lighting.boxes):
        count = per_box + 1 if index == 0 else per_box
        samples += _sample_box(box, rng, count, passes)
    height = (np.arange(dome) + rng.uniform(size=dome)) / dome * 2 - 1
    turn = rng.uniform(0, 2 * np.pi)
    for k, y in enumerate(height):
        angle, flat = turn + k * GOLDEN_ANGLE_RAD, np.sqrt(1 - y * y)
        direction = np.array([flat * np.sin(angle), y, flat * np.cos(angle)])
        colour = dome_radiance(lighting, y) * 4 * np.pi / dome
        samples.append(LightSample(direction, colour, min(2 / np.sqrt(dome * passes), WIDEST)))
    return samples


def _sample_box(
    box: AreaLight, rng: np.random.Generator, count: int, passes: int
) -> list[LightSample]:
    axis = box.direction
    right = np.cross([0.0, 1.0, 0.0], axis)
    right /= np.linalg.norm(right)
    up = np.cross(axis, right)
    turn = rng.uniform(0, 2 * np.pi)
    wide = np.tan(box.radius_rad)
    spread = min(OVERLAP * wide / np.sqrt(count * passes), WIDEST)
    samples = []
    for k in range(count):
        radius = wide * np.sqrt((k + rng.uniform()) / count)
        angle = turn + k * GOLDEN_ANGLE_RAD
        direction = axis + radius * (np.cos(angle) * right + np.sin(angle) * up)
        direction /= np.linalg.norm(direction)
        samples.append(LightSample(direction, np.array(box.colour) / count, spread))
    return samples


def dome_radiance(lighting: Lighting, height: float) -> np.ndarray:
    """(3,) radiance of the dome at sine of elevation `height`."""
    pole = np.array(lighting.sky if height > 0 else lighting.ground)
    share = min(abs(height) * 1.6, 1.0)
    return pole * share + np.array(lighting.horizon) * (1 - share)


def tone_mapped(radiance: np.ndarray, exposure: float) -> np.ndarray:
    """Linear radiance -> sRGB in [0, 1] with a soft shoulder (fit of Narkowicz 2015)."""
    x = np.maximum(radiance * exposure, 0)
    mapped = np.clip((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14), 0, 1)
    return mapped ** (1 / 2.2)
