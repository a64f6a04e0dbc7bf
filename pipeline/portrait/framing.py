"""Where the portrait is cut out of the picture: 512x768, upright, the head where it belongs."""

from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np

from pipeline.portrait.landmarks import BodyLandmarks, BodyPoint, FaceBox, FaceLandmarks
from pipeline.portrait.margins import extend
from pipeline.portrait.picture_file import Picture
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX

SIZE_PX = (FRAME_WIDTH_PX, FRAME_HEIGHT_PX)
# Corners of the subject's right and left eye in the numbering of the face mesh.
EYE_CORNERS = ((33, 133), (263, 362))
# Distance of the eyes in the portrait: as wished, and what may be chosen to show less of nothing.
WISHED_EYES_PX = 78.0
EYES_PX = np.linspace(68, 106, 11)
WISHED_EYE_LINE = 0.32
EYE_LINES = np.linspace(0.24, 0.37, 8)
SIDE_SHIFTS = np.linspace(-0.09, 0.09, 7)
SCALE_COST, EYE_LINE_COST, SHIFT_COST, CUT_COST = 1.5, 9.0, 4.0, 20.0
HEADROOM = 0.02
# Hair above the eyes in distances of the eyes where nothing better is known.
USUAL_CROWN = 2.1
SURVEY_EYES_PX = 44.0
# A head is held a little askew by nature; more is straightened, with the shoulders if they agree.
NATURAL_TILT_RAD = np.radians(8.0)
LARGEST_HEAD_TILT_RAD = np.radians(20.0)
VISIBLE = 0.6
SUPERSAMPLING = 2
RIM_PX = 2.5


@dataclass(frozen=True, slots=True)
class Face:
    """What framing needs of the face, in pixels of the picture.

    eyes_px: their distance as seen from the front; centre (2,) between them; roll_rad: turn of the
    head in the picture plane, + clockwise
    """

    eyes_px: float
    centre: np.ndarray
    roll_rad: float

    @classmethod
    def of(cls, landmarks: FaceLandmarks) -> "Face":
        """From the corners of the eyes, with their depth, so that a turned head keeps its size."""
        right, left = (landmarks.points[list(pair)].mean(0) for pair in EYE_CORNERS)
        across = left - right
        roll_rad = float(np.arctan2(across[1], across[0]))
        oval = (landmarks.points[:468, :2].min(0) + landmarks.points[:468, :2].max(0)) / 2
        middle = (right + left)[:2] / 2
        axis = np.array([np.cos(roll_rad), np.sin(roll_rad)])
        centre = middle + axis * (axis @ (oval - middle))
        return cls(float(np.linalg.norm(across)), centre, roll_rad)


@dataclass(frozen=True, slots=True)
class Framed:
    """The portrait cut out of a picture.

    pixels (768, 512, 3) uint8; alpha (768, 512) uint8 or None; known (768, 512) bool, False where
    the picture ended and was continued; matrix (2, 3): pixels of the picture to the portrait's;
    body (768, 512) float32 in [0, 1] or None: how much of what was made up is the person
    """

    pixels: np.ndarray
    alpha: np.ndarray | None
    known: np.ndarray
    matrix: np.ndarray
    body: np.ndarray | None = None

    def place(self, points: np.ndarray) -> np.ndarray:
        """Points (N, 2 or 3) of the picture in the portrait; depth is scaled along."""
        return transform_points(self.matrix, points)

    def place_box(self, box: FaceBox) -> FaceBox:
        """A face of the picture in the portrait."""
        scale = np.sqrt(abs(np.linalg.det(self.matrix[:, :2])))
        size = np.array([box.width_px, box.height_px])
        corner = np.array([box.left_px, box.top_px])
        centre = transform_points(self.matrix, (corner + size / 2)[None])[0]
        left, top = centre - size * scale / 2
        width, height = size * scale
        points = transform_points(self.matrix, box.points)
        return FaceBox(float(left), float(top), float(width), float(height), box.score, points)


def transform_points(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Points (N, 2 or 3) px through a similarity (2, 3); a third column is depth."""
    moved = np.array(points, np.float32)
    moved[:, :2] = points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    moved[:, 2:] *= np.sqrt(abs(np.linalg.det(matrix[:, :2])))
    return moved


def straightening(face: Face, body: BodyLandmarks | None) -> float:
    """The angle (radians, + clockwise) by which the picture stands askew.

    That of the shoulders where they are seen and the head is not tilted far from them, that of the
    head otherwise.
    """
    askew = face.roll_rad
    if body is not None:
        ends = [BodyPoint.RIGHT_SHOULDER, BodyPoint.LEFT_SHOULDER]
        across = body.points[ends[1], :2] - body.points[ends[0], :2]
        shoulders = float(np.arctan2(across[1], across[0]))
        tilt = (askew - shoulders + np.pi) % (2 * np.pi) - np.pi
        if body.visibility[ends].min() > VISIBLE and abs(tilt) < LARGEST_HEAD_TILT_RAD:
            askew = shoulders
    return askew if abs(askew) > NATURAL_TILT_RAD else 0.0


def survey_matrix(face: Face, askew_rad: float) -> np.ndarray:
    """(2, 3) to a wide upright view of the person, 512x768, for a first look at the whole."""
    return _matrix(face, askew_rad, SURVEY_EYES_PX, WISHED_EYE_LINE, 0.0)


def frame_portrait(
    picture: Picture, face: Face, askew_rad: float, survey_probability: np.ndarray
) -> Framed:
    """Cut the portrait out; what the picture does not show is continued.

    survey_probability: (768, 512) in [0, 1], the person in the view of `survey_matrix`
    """
    survey = survey_matrix(face, askew_rad)
    crown = _crown(survey_probability)
    height, width = picture.pixels.shape[:2]
    matrix = _best_matrix(face, askew_rad, (width, height), crown)
    known = shown_part((width, height), matrix)
    pixels = cut_out(picture.pixels, matrix)
    alpha = None if picture.alpha is None else cut_out(picture.alpha, matrix)
    if known.all():
        return Framed(pixels, alpha, known, matrix)
    to_survey = _compose(survey, cv2.invertAffineTransform(matrix))
    person = cv2.warpAffine(
        survey_probability, _on_pixels(cv2.invertAffineTransform(to_survey)), SIZE_PX
    )
    eyes = transform_points(matrix, face.centre[None])[0]
    eyes_px = face.eyes_px * float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    whole = extend(pixels, alpha, known, person, (eyes, eyes_px))
    return Framed(whole.pixels, whole.alpha, known, matrix, whole.body)


def shown_part(picture_size: tuple[int, int], matrix: np.ndarray) -> np.ndarray:
    """(768, 512) bool: what a picture (width, height) shows of the portrait, without its rim.

    Scans have a line there and compressed pictures wrong colours, so where the picture ends within
    the portrait its outermost RIM_PX do not count.
    """
    full = np.full(picture_size[::-1], 255, np.uint8)
    known = cut_out(full, matrix, cv2.BORDER_CONSTANT) > 253
    if known.all():
        return known
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    reach = 2 * int(np.ceil(max(RIM_PX * scale, 1))) + 1
    kernel = np.ones((reach, reach), np.uint8)
    return cv2.erode(known.astype(np.uint8), kernel, borderValue=1) > 0


def cut_out(
    picture: np.ndarray, matrix: np.ndarray, border: int = cv2.BORDER_REPLICATE
) -> np.ndarray:
    """(768, 512[, 3]) of a picture through a similarity, free of aliases and of blur."""
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    factor = SUPERSAMPLING if scale < 1 else 1
    matrix = matrix * factor
    corner, part = _part_under(picture, matrix, factor)
    matrix = _compose(matrix, np.array([[1, 0, corner[0]], [0, 1, corner[1]]], np.float64))
    if scale * factor < 1:
        size = np.maximum(np.round(np.array(part.shape[1::-1]) * scale * factor), 1).astype(int)
        ratio = np.array(part.shape[1::-1]) / size
        part = cv2.resize(part, (int(size[0]), int(size[1])), interpolation=cv2.INTER_AREA)
        matrix = _compose(matrix, np.array([[ratio[0], 0, 0], [0, ratio[1], 0]]))
    size_px = (SIZE_PX[0] * factor, SIZE_PX[1] * factor)
    method = cv2.INTER_LANCZOS4 if scale > 1 else cv2.INTER_CUBIC
    cut = cv2.warpAffine(part, _on_pixels(matrix), size_px, flags=method, borderMode=border)
    return cut if factor == 1 else cv2.resize(cut, SIZE_PX, interpolation=cv2.INTER_AREA)


def _part_under(picture: np.ndarray, matrix: np.ndarray, factor: int):
    """First pixel (2,) and the part of the picture that the frame covers, a little more."""
    frame = np.array([[0, 0], [1, 0], [0, 1], [1, 1]]) * SIZE_PX * factor
    corners = transform_points(cv2.invertAffineTransform(matrix), frame)
    margin = 8 + 8 / np.sqrt(abs(np.linalg.det(matrix[:, :2])))
    size = np.array(picture.shape[1::-1])
    low = np.clip(np.floor(corners.min(0) - margin), 0, size - 1).astype(int)
    high = np.clip(np.ceil(corners.max(0) + margin), low + 1, size).astype(int)
    return low, np.ascontiguousarray(picture[low[1] : high[1], low[0] : high[0]])


def _matrix(
    face: Face, askew_rad: float, eyes_px: float, eye_line: float, shift: float
) -> np.ndarray:
    scale = eyes_px / face.eyes_px
    cos, sin = scale * np.cos(askew_rad), scale * np.sin(askew_rad)
    turn = np.array([[cos, sin], [-sin, cos]])
    target = np.array([(0.5 + shift) * FRAME_WIDTH_PX, eye_line * FRAME_HEIGHT_PX])
    return np.concatenate([turn, (target - turn @ face.centre)[:, None]], 1)


def _best_matrix(
    face: Face, askew_rad: float, picture_size: tuple[int, int], crown: float
) -> np.ndarray:
    """The placement that shows most of the picture and the head near where it is wished."""
    best, lowest = np.zeros((2, 3)), np.inf
    columns, rows = (np.arange(n, dtype=np.float64) + 0.5 for n in (16, 24))
    grid = np.stack(np.meshgrid(columns / 16, rows / 24), -1).reshape(-1, 2) * SIZE_PX
    for eyes_px, eye_line, shift in product(EYES_PX, EYE_LINES, SIDE_SHIFTS):
        matrix = _matrix(face, askew_rad, eyes_px, eye_line, shift)
        seen = transform_points(cv2.invertAffineTransform(matrix), grid)
        missing = ((seen < 0) | (seen > picture_size)).any(1).mean()
        cut = max(crown * eyes_px / FRAME_HEIGHT_PX + HEADROOM - eye_line, 0)
        cost = (
            missing
            + SCALE_COST * np.log(eyes_px / WISHED_EYES_PX) ** 2
            + EYE_LINE_COST * (eye_line - WISHED_EYE_LINE) ** 2
            + SHIFT_COST * shift**2
            + CUT_COST * cut
        )
        if cost < lowest:
            best, lowest = matrix, cost
    return best


def _crown(survey_probability: np.ndarray) -> float:
    """Height of the hair or hat above the eyes, in distances of the eyes."""
    middle, reach = FRAME_WIDTH_PX // 2, round(1.3 * SURVEY_EYES_PX)
    eye_row = round(WISHED_EYE_LINE * FRAME_HEIGHT_PX)
    column = survey_probability[:eye_row, middle - reach : middle + reach]
    filled = (column > 0.5).mean(1) > 0.12
    empty = np.flatnonzero(~filled)
    top = empty[-1] + 1 if len(empty) else 0
    crown = (eye_row - top) / SURVEY_EYES_PX
    return float(np.clip(crown, USUAL_CROWN, 4.0))


def _compose(outer: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """outer after inner, both (2, 3)."""
    return outer[:, :2] @ np.c_[inner] + np.c_[np.zeros((2, 2)), outer[:, 2]]


def _on_pixels(matrix: np.ndarray) -> np.ndarray:
    """The same map for OpenCV, whose first pixel has its centre at (0, 0)."""
    half = np.full(2, 0.5)
    return np.c_[matrix[:, :2], matrix[:, 2] + matrix[:, :2] @ half - half]
