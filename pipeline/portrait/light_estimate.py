"""The light of a portrait, from how the skin of the face is shaded."""

from dataclasses import dataclass

import numpy as np

from pipeline.avatar import Light
from pipeline.colour import to_linear

# From the viewer's left and above, as people are lit who think about it.
USUAL_DIRECTION = (0.35, 0.45, 0.82)
USUAL_KEY_SHARE = 0.6
MIN_KEY_SHARE, MAX_KEY_SHARE = 0.25, 0.85
MIN_SAMPLES = 150


@dataclass(frozen=True, slots=True)
class Shading:
    """Skin seen in a portrait: colours (N, 3) linear, normals (N, 3) unit, template axes."""

    colours: np.ndarray
    normals: np.ndarray


def usual_light() -> Light:
    """What is assumed where nothing can be measured."""
    direction = np.array(USUAL_DIRECTION, np.float32)
    key = np.full(3, USUAL_KEY_SHARE, np.float32)
    return Light(direction / np.linalg.norm(direction), key, 1 - key)


def directions(count: int = 240) -> np.ndarray:
    """(N, 3) unit: evenly spread over where a key light may be, in front and not far below."""
    index = np.arange(count * 2) + 0.5
    height = 1 - index / count
    angle = index * np.pi * (3 - np.sqrt(5))
    radius = np.sqrt(1 - height**2)
    spread = np.stack([radius * np.cos(angle), radius * np.sin(angle), height], 1)
    return spread[(spread[:, 2] > 0.15) & (spread[:, 1] > -0.35)].astype(np.float32)


def estimate_light(shading: Shading | None) -> Light:
    """Key and ambient light under which a matt face looks as shaded, relative to white."""
    if shading is None or len(shading.colours) < MIN_SAMPLES:
        return usual_light()
    luminance = shading.colours @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    low, high = np.quantile(luminance, [0.04, 0.96])
    kept = (luminance > low) & (luminance < high)
    colours, normals = shading.colours[kept], shading.normals[kept]
    luminance = luminance[kept] / luminance[kept].mean()
    tried = directions()
    diffuse = np.clip(normals @ tried.T, 0, None)
    # Least squares of luminance = ambient + key * diffuse, for each direction.
    centred = diffuse - diffuse.mean(0)
    slope = (centred * luminance[:, None]).sum(0) / np.maximum((centred**2).sum(0), 1e-6)
    error = ((luminance[:, None] - 1 - slope * centred) ** 2).mean(0)
    error = np.where(slope > 0, error, np.inf)
    if not np.isfinite(error).any():
        return usual_light()
    # Neighbouring directions explain a face nearly as well: their mean is steadier than the best.
    weight = np.exp(-(error / error.min() - 1) / 0.03) * (slope > 0)
    mean = weight @ tried
    direction = (mean / np.linalg.norm(mean)).astype(np.float32)
    return Light(direction, *_shares(colours, np.clip(normals @ direction, 0, None)))


def _shares(colours: np.ndarray, diffuse: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Key and ambient (3,) that add up to white, from linear colours and their diffuse term.

    Both are grey: light scattered in skin makes shade redder than the ambient light is.
    """
    design = np.stack([np.ones_like(diffuse), diffuse], 1)
    (ambient, key), *_ = np.linalg.lstsq(design, colours.mean(1), rcond=None)
    share = key / max(float(key + ambient), 1e-6)
    lit = np.full(3, np.clip(share, MIN_KEY_SHARE, MAX_KEY_SHARE), np.float32)
    return lit, 1 - lit


def linear(pixels: np.ndarray) -> np.ndarray:
    """(N, 3) float32 linear light of uint8 sRGB."""
    return to_linear(pixels.astype(np.float32) / 255)
