"""Gallery people before painted scenes, as the trackers see them."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from bench.scenes import paint_scene, put_before
from pipeline.avatar import Avatar, load_avatar
from pipeline.portrait.landmarks import FaceLandmarks
from tests.pipeline.portrait.tracked import trackers


@dataclass(frozen=True, slots=True)
class Posed:
    """A picture (768, 512, 3) uint8 with what is true of it and what the trackers say."""

    pixels: np.ndarray
    matte: np.ndarray
    background: np.ndarray
    face: FaceLandmarks
    probability: np.ndarray


@cache
def person(name: str) -> Avatar:
    return load_avatar(name)


@cache
def posed(name: str, scene: str | None = None) -> Posed:
    """scene: one of bench.scenes, None for the one the person came with."""
    avatar = person(name)
    pixels, background = avatar.portrait, avatar.background
    if scene is not None:
        background = paint_scene(scene).pixels
        pixels = put_before(avatar.portrait, avatar.matte, avatar.background, background)
    found = trackers().faces(pixels)
    face = trackers().face_landmarks(pixels, found[0])
    probability = trackers().person_probability(pixels)
    return Posed(pixels, avatar.matte, background, face, probability)
