"""Eyes and mouth shown by hand, for a drawing in which no tracker sees a face."""

import re
from dataclasses import dataclass

import numpy as np

from pipeline.errors import AvatarError
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.portrait.picture_file import Picture
from pipeline.template import load_template

HOW = (
    "give two eyes, then two corners of the mouth, as in --points '210,300 320,298 225,420 305,421'"
)
NUMBER = r"[+-]?\d+(?:\.\d+)?"
RIGHT_IRIS, LEFT_IRIS = 468, 473
MOUTH_CORNERS = (61, 291)
IRIS_POINTS = 4
# Distance of eyes and mouth in distances of the eyes; outside of it the order must be wrong.
PLAUSIBLE_HEIGHT = (0.3, 3.0)
PLAUSIBLE_MOUTH = (0.1, 2.5)
LARGEST_SLANT = 0.75
# Cosine of the largest tilt: a face on its side is more likely a wrong order.
UPRIGHT = 0.5
# The mouth's width is taken over by what is near the mouth, in distances of the eyes.
MOUTH_REACH = 0.45
AGREEMENT_EYES = 0.3


@dataclass(frozen=True, slots=True)
class ManualPoints:
    """points (4, 2) px of the picture's file: two eyes, two corners of the mouth."""

    points: np.ndarray

    @classmethod
    def parse(cls, text: str) -> "ManualPoints":
        """From "x,y x,y x,y x,y". Raises AvatarError where these are no four points."""
        pair = rf"\s*{NUMBER}\s*,\s*{NUMBER}\s*"
        if not re.fullmatch(rf"{pair}(?:[\s;]{pair}){{3}}", text):
            raise AvatarError(f"{text!r} are not four points; {HOW}.")
        return cls(np.array(re.findall(NUMBER, text), np.float64).reshape(4, 2))

    def landmarks(self, picture: Picture) -> FaceLandmarks:
        """A usual face through the points, in pixels of `picture`; its score is 0.

        Raises AvatarError where the points lie outside or cannot be eyes and mouth.
        """
        (right, left), mouth = self._sorted(picture)
        usual, eyes, corners = _usual_face()
        source = np.stack([*eyes, corners.mean(0)])
        target = np.stack([right, left, mouth.mean(0)])
        affine = np.linalg.solve(np.c_[source[:, :2], np.ones(3)], target).T
        points = usual.copy()
        points[:, :2] = usual[:, :2] @ affine[:, :2].T + affine[:, 2]
        eyes_px = np.linalg.norm(left - right)
        points[:, 2] *= eyes_px / np.linalg.norm(eyes[1] - eyes[0])
        along = mouth[1] - mouth[0]
        placed = points[list(MOUTH_CORNERS), :2]
        across = (placed[1] - placed[0]) / np.linalg.norm(placed[1] - placed[0])
        ratio = np.linalg.norm(along) / np.linalg.norm(placed[1] - placed[0])
        offset = points[:, :2] - mouth.mean(0)
        near = np.exp(-0.5 * (np.linalg.norm(offset, axis=1) / (MOUTH_REACH * eyes_px)) ** 2)
        points[:, :2] += ((ratio - 1) * near * (offset @ across))[:, None] * across
        return FaceLandmarks(points.astype(np.float32), 0.0)

    def agree_with(self, seen: FaceLandmarks, picture: Picture) -> bool:
        """Whether a tracker's landmarks lie at the points."""
        eyes, mouth = self._sorted(picture)
        found = seen.points[[RIGHT_IRIS, LEFT_IRIS, *MOUTH_CORNERS], :2]
        off = np.linalg.norm(found - np.concatenate([eyes, mouth]), axis=1)
        return bool(off.max() < AGREEMENT_EYES * np.linalg.norm(eyes[1] - eyes[0]))

    def _sorted(self, picture: Picture) -> tuple[np.ndarray, np.ndarray]:
        """Eyes (2, 2) and corners of the mouth (2, 2), the person's right one first."""
        size = np.array(picture.pixels.shape[1::-1])
        placed = self.points * picture.scale
        outside = ((placed < 0) | (placed > size)).any(1)
        if outside.any():
            x, y = self.points[outside][0]
            width, height = np.round(size / picture.scale).astype(int)
            raise AvatarError(
                f"The point {x:g},{y:g} lies outside of the picture of {width}x{height} pixels."
            )
        eyes, mouth = placed[:2], placed[2:]
        down = mouth.mean(0) - eyes.mean(0)
        height = np.linalg.norm(down)
        apart = np.linalg.norm(eyes[1] - eyes[0])
        wide = np.linalg.norm(mouth[1] - mouth[0])
        if min(height, apart, wide) < 2:
            raise AvatarError(f"Some of the points are at the same place; {HOW}.")
        slant = max(
            abs((eyes[1] - eyes[0]) @ down) / apart, abs((mouth[1] - mouth[0]) @ down) / wide
        )
        plausible = (
            PLAUSIBLE_HEIGHT[0] < height / apart < PLAUSIBLE_HEIGHT[1]
            and PLAUSIBLE_MOUTH[0] < wide / apart < PLAUSIBLE_MOUTH[1]
            and slant < LARGEST_SLANT * height
        )
        if not plausible or down[1] < UPRIGHT * height:
            raise AvatarError(f"The points do not lie like eyes and mouth; {HOW}.")
        # The person's right side is on the left of who looks at it.
        across = np.array([down[1], -down[0]])
        return eyes[np.argsort(eyes @ across)], mouth[np.argsort(mouth @ across)]


def _usual_face() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The template's landmarks (478, 3) in metres, x right, y down, z away, with its eyes (2, 2)
    and corners of the mouth (2, 2)."""
    model = load_template()
    corners = model.rest_vertices[model.landmark_vertices]
    points = (corners * model.landmark_weights[..., None]).sum(1) * np.array([1, -1, -1])
    eyes = np.stack([points[first : first + 1 + IRIS_POINTS].mean(0) for first in (468, 473)])
    points[:, 2] -= eyes[:, 2].mean()
    return points, eyes[:, :2], points[list(MOUTH_CORNERS), :2]
