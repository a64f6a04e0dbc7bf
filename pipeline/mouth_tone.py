"""Colours of what lies behind the lips, in the exposure and tint of one portrait."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.colour import to_linear
from pipeline.face_landmarks import LOWER_LID, UPPER_LID, landmark_points
from pipeline.source_teeth import SourceTeeth
from pipeline.source_view import SourceView
from pipeline.template import TemplateModel

# Hues of mean one under white light.
TOOTH_HUE = np.array([1.08, 1.01, 0.91], np.float32)
GUM_HUE = np.array([1.55, 0.73, 0.72], np.float32)
TONGUE_HUE = np.array([1.86, 0.58, 0.56], np.float32)
CAVITY_HUE = np.array([1.95, 0.57, 0.48], np.float32)
# Luminance of front teeth over that of the skin, from photographs of smiles: base and slope.
TOOTH_BASE, TOOTH_SLOPE, BRIGHTEST_TOOTH = 0.28, 1.05, 0.82
# Teeth are about as bright as the whites of the eyes; how far those may change the estimate.
WHITE_RANGE = (0.95, 1.2)
WHITE_PERCENTILE = 80
GUM_SHARE, TONGUE_SHARE, CAVITY_SHARE = 0.42, 0.52, 0.04
TINT = 0.35
# Linear chroma of skin below which a picture counts as partly grey.
COLOURFUL = 0.30


@dataclass(frozen=True, slots=True)
class MouthTone:
    """Linear colours (3,) of lit front teeth, gums and tongue, and of the dark behind them;
    colourful: 0 in a grey picture, 1 in one of colours"""

    upper: np.ndarray
    lower: np.ndarray
    gum: np.ndarray
    tongue: np.ndarray
    cavity: np.ndarray
    colourful: float

    def faded(self, factor: np.ndarray) -> np.ndarray:
        """A factor (3,) of colours as far as the picture has any."""
        return (factor.mean() + self.colourful * (factor - factor.mean())).astype(np.float32)


def mouth_tone(
    avatar: Avatar, model: TemplateModel, source: SourceView, own: SourceTeeth
) -> MouthTone:
    """own: the teeth that the portrait shows"""
    skin = to_linear(avatar.skin_colour)
    luminance = float(skin.mean())
    colourful = min(float(np.ptp(skin) / max(skin.max(), 1e-6)) / COLOURFUL, 1.0)
    tint = (skin / skin.mean()) ** TINT
    expected = min(TOOTH_BASE + TOOTH_SLOPE * luminance, BRIGHTEST_TOOTH)
    white = eye_white(avatar, model, source)
    bright = float(np.clip(white, *(expected * np.array(WHITE_RANGE)))) if white else expected

    def colour(hue: np.ndarray, level: float) -> np.ndarray:
        tinted = hue * tint
        return (level * (1 + colourful * (tinted / tinted.mean() - 1))).astype(np.float32)

    usual = colour(TOOTH_HUE, bright)
    shown = [row.colour for row in (own.upper, own.lower) if row is not None]
    upper, lower = (
        row.colour if row is not None else shown[0] if shown else usual
        for row in (own.upper, own.lower)
    )
    level = float(upper.mean()) * 0.5 + bright * 0.5
    return MouthTone(
        upper,
        lower,
        colour(GUM_HUE, GUM_SHARE * level),
        colour(TONGUE_HUE, TONGUE_SHARE * (0.5 * level + 0.5 * luminance)),
        colour(CAVITY_HUE, CAVITY_SHARE * (luminance + 0.05)),
        colourful,
    )


def eye_white(avatar: Avatar, model: TemplateModel, source: SourceView) -> float | None:
    """Luminance of the brighter parts of both eyes, None where they are too small to tell."""
    found = []
    for upper, lower in zip(UPPER_LID, LOWER_LID, strict=True):
        outline = np.concatenate(
            [landmark_points(model, source.points, lid) for lid in (upper, lower[::-1])]
        )
        mask = np.zeros(avatar.portrait.shape[:2], np.uint8)
        cv2.fillPoly(mask, [np.round(outline - 0.5).astype(np.int32)], 1)
        pixels = to_linear(avatar.portrait[mask > 0].astype(np.float32) / 255)
        if len(pixels) >= 40:
            found.append(np.percentile(pixels.mean(1), WHITE_PERCENTILE))
    return float(max(found)) if found else None
