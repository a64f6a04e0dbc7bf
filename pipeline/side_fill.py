"""Ways to fill what surrounds the portrait in a wide frame."""

from pathlib import Path

import cv2
import numpy as np

from pipeline.errors import MediaError

# Light at the portrait's edge and at the frame's sides.
NEAR_BRIGHTNESS = 0.98
FAR_BRIGHTNESS = 0.68
EDGE_STRIP_PX = 112


def blurred_sides(portrait: np.ndarray, width_px: int, height_px: int) -> np.ndarray:
    """(height, width, 3) uint8: the portrait's edges continued outwards, blurred and darkened.

    portrait: (height, w, 3) uint8, as it will stand in the middle. Mirroring its outer strips
    keeps brightness and colour continuous at its edges at every height; the blur grows and the
    light falls off towards the frame's sides, so that the eye stays on the person.
    """
    left_px = (width_px - portrait.shape[1]) // 2
    right_px = width_px - portrait.shape[1] - left_px
    left = _outward(portrait[:, :EDGE_STRIP_PX][:, ::-1], left_px)[:, ::-1]
    right = _outward(portrait[:, -EDGE_STRIP_PX:], right_px)
    canvas = np.concatenate([left, portrait.astype(np.float32), right], axis=1)
    distance = np.zeros(width_px, np.float32)
    distance[:left_px] = np.linspace(1, 0, left_px)
    distance[width_px - right_px :] = np.linspace(0, 1, right_px)
    return _finish(canvas, distance)


def one_colour(colour: tuple[int, int, int], width_px: int, height_px: int) -> np.ndarray:
    """(height, width, 3) uint8: this red, green, blue everywhere."""
    return np.full((height_px, width_px, 3), colour, np.uint8)


def picture_sides(picture: np.ndarray | str | Path, width_px: int, height_px: int) -> np.ndarray:
    """(height, width, 3) uint8: a picture (RGB array or file) scaled to cover the frame.

    Raises MediaError when the file is no picture.
    """
    if not isinstance(picture, np.ndarray):
        picture = _load_picture(Path(picture))
    rows, columns = picture.shape[:2]
    kept_rows = max(1, min(rows, round(columns * height_px / width_px)))
    kept_columns = max(1, min(columns, round(rows * width_px / height_px)))
    top, left = (rows - kept_rows) // 2, (columns - kept_columns) // 2
    kept = picture[top : top + kept_rows, left : left + kept_columns]
    method = cv2.INTER_AREA if kept_columns > width_px else cv2.INTER_CUBIC
    return cv2.resize(kept, (width_px, height_px), interpolation=method)


def _load_picture(path: Path) -> np.ndarray:
    try:
        encoded = np.fromfile(path, np.uint8)
    except OSError as error:
        raise MediaError(
            "The background picture {path} cannot be opened; check it.", path=path
        ) from error
    picture = cv2.imdecode(encoded, cv2.IMREAD_COLOR) if len(encoded) else None
    if picture is None:
        raise MediaError(
            "{path} is not a picture; use a PNG or JPEG file as background.", path=path.name
        )
    return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)


def _outward(strip: np.ndarray, length_px: int) -> np.ndarray:
    """Stretch a strip's mirror image outwards: (h, length, 3) float32, nearest column first."""
    if not length_px:
        return np.empty((strip.shape[0], 0, 3), np.float32)
    mirrored = np.ascontiguousarray(strip[:, ::-1]).astype(np.float32)
    return cv2.resize(mirrored, (length_px, strip.shape[0]), interpolation=cv2.INTER_LINEAR)


def _finish(canvas: np.ndarray, distance: np.ndarray) -> np.ndarray:
    near = cv2.GaussianBlur(canvas, (0, 0), 14, borderType=cv2.BORDER_REPLICATE)
    small = cv2.resize(canvas, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), 16, borderType=cv2.BORDER_REPLICATE)
    far = cv2.resize(small, (canvas.shape[1], canvas.shape[0]), interpolation=cv2.INTER_CUBIC)
    blend = np.clip(distance / 0.35, 0, 1)[None, :, None]
    light = (NEAR_BRIGHTNESS + (FAR_BRIGHTNESS - NEAR_BRIGHTNESS) * distance)[None, :, None]
    sides = (near * (1 - blend) + far * blend) * light
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, sides.shape[:2])[..., None]
    return np.clip((sides + noise).round(), 0, 255).astype(np.uint8)
