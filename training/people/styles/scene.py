"""What a drawn style is given, and what it gives back."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.face_landmarks import LOWER_LID, ORBITAL_CREASE
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.people.character import WORN, Kind
from training.people.ground_truth import GroundTruth
from training.people.label import Label
from training.people.look import Look
from training.people.picture import Picture, to_bytes
from training.people.surfaces import Surfaces

LID_ORBITS = tuple(
    (*crease, *lower) for crease, lower in zip(ORBITAL_CREASE, LOWER_LID, strict=True)
)
LID_MARGIN_PX = 1.5
CUT_OUT = (Kind.BROW, Kind.LASH, Kind.LENS)


@dataclass(frozen=True, slots=True)
class Scene:
    """One person at rest, in fine pixels (H, W), whole multiples of the frame.

    surfaces: of the fine frame; truth: of the frame
    camera: of the frame; background: (768, 512, 3) linear, the plate; look: the person's colours
    """

    surfaces: Surfaces
    truth: GroundTruth
    camera: CameraModel
    background: np.ndarray
    look: Look

    @property
    def shape(self) -> tuple[int, int]:
        height, width = self.surfaces.matte.shape
        return height, width

    @property
    def scale(self) -> int:
        """Fine pixels of a frame's pixel."""
        return self.shape[1] // FRAME_WIDTH_PX

    @property
    def normal(self) -> np.ndarray:
        """(H, W, 3) right, up, towards the viewer, with all relief; not normalised."""
        right, down, away = self.camera.rotation.astype(np.float32)
        return self.surfaces.normal @ np.stack([right, -down, -away], 1)

    def shape_normal(self) -> np.ndarray:
        """(H, W, 3) the same without relief; zero on the plate."""
        frame = self.truth.normal * np.array([1, -1, -1], np.float32)
        return cv2.resize(frame, self.shape[::-1], interpolation=cv2.INTER_CUBIC)

    @property
    def light(self) -> np.ndarray:
        """(H, W) irradiance without colour."""
        return self.surfaces.light.mean(-1)

    def landmark(self, *index: int) -> np.ndarray:
        """(N, 2) fine pixels of landmarks of the face mesh."""
        return self.truth.landmarks.pixel[list(index)] * self.scale

    def share(self, *kinds: Kind) -> np.ndarray:
        """(H, W) in [0, 1] covered by any of the kinds."""
        return self.surfaces.share(*kinds)

    def skin(self) -> np.ndarray:
        """(H, W) skin, with what is drawn over it in ink and what is seen through lenses."""
        return self.share(Kind.SKIN, *CUT_OUT)

    def worn(self) -> np.ndarray:
        """(H, W) glasses, hats, headphones, jewellery, without lenses."""
        return self.share(*(kind for kind in WORN if kind != Kind.LENS))

    def labelled(self, *labels: Label) -> np.ndarray:
        """(H, W) soft mask in [0, 1] of labels."""
        mask = np.isin(self.truth.label, labels).astype(np.float32)
        fine = cv2.resize(mask, self.shape[::-1], interpolation=cv2.INTER_LINEAR)
        return ramp(cv2.GaussianBlur(fine, (0, 0), self.scale), 0.5, 0.2).astype(np.float32)

    def lids(self) -> np.ndarray:
        """(H, W) in [0, 1]: where lids lie when they close; a drawing leaves it plain, since
        lines there would be drawn out over the eye."""
        mask = np.zeros(self.shape, np.float32)
        for orbit in LID_ORBITS:
            hull = cv2.convexHull(np.rint(self.landmark(*orbit)).astype(np.int32))
            cv2.fillConvexPoly(mask, hull, 1.0)
        side = 2 * round(LID_MARGIN_PX * self.scale) + 1
        return cv2.GaussianBlur(cv2.dilate(mask, np.ones((side, side))), (0, 0), 0.5 * self.scale)

    def plate(self) -> np.ndarray:
        """(H, W, 3) sRGB in [0, 1] of the background."""
        return cv2.resize(coded(self.background), self.shape[::-1])


def composed(colour: np.ndarray, matte: np.ndarray, plate: np.ndarray) -> Picture:
    """From fine sRGB in [0, 1] of the person and the plate (H, W, 3), and the matte (H, W)."""
    over = plate + (colour - plate) * matte[..., None]
    return Picture(*(to_bytes(_frame(fine)) for fine in (over, matte, plate)))


def _frame(fine: np.ndarray) -> np.ndarray:
    size = (FRAME_WIDTH_PX, FRAME_HEIGHT_PX)
    return cv2.resize(fine, size, interpolation=cv2.INTER_AREA)


def ramp(values: np.ndarray, middle: float, half_width: float) -> np.ndarray:
    """0 below, 1 above, straight between; the soft threshold of drawn edges."""
    return np.clip((values - middle) / (2 * half_width) + 0.5, 0, 1)


def closed(mask: np.ndarray, radius_px: float) -> np.ndarray:
    """A soft mask without holes and gaps up to this radius, pixels."""
    side = 2 * round(radius_px) + 1
    return cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))


def coded(linear: np.ndarray) -> np.ndarray:
    """sRGB in [0, 1] of linear colours, brightest first clipped."""
    return (np.clip(linear, 0, 1) ** (1 / 2.2)).astype(np.float32)


def spread(values: np.ndarray, weight: np.ndarray, sigma_px: float) -> np.ndarray:
    """Blur (H, W) or (H, W, C) within a mask (H, W); beyond it the nearest mean goes on."""
    mask = weight if values.ndim == 2 else weight[..., None]
    near = cv2.GaussianBlur(values * mask, (0, 0), sigma_px)
    total = cv2.GaussianBlur(weight, (0, 0), sigma_px)
    return near / np.maximum(total if values.ndim == 2 else total[..., None], 1e-4)


def median_colour(colour: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """(3,) of (H, W, 3) where the mask is sure; zeros where it is nowhere."""
    sure = mask > 0.9
    return np.median(colour[sure], 0) if sure.any() else np.zeros(3, np.float32)
