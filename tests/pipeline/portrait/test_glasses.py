import cv2
import numpy as np

from pipeline.portrait.glasses import find_glasses
from tests.pipeline.portrait.scene_people import posed


def with_glasses(name: str, thickness: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """A portrait with drawn dark frames, and where they are."""
    seen = posed(name)
    points, unit = seen.face.points[:, :2], seen.face.inter_ocular_px
    frame = np.zeros(seen.matte.shape, np.uint8)
    axes = (int(0.4 * unit), int(0.3 * unit))
    eyes = [np.round(points[iris] + [0, 0.05 * unit]).astype(int) for iris in (468, 473)]
    for eye in eyes:
        cv2.ellipse(frame, eye.tolist(), axes, 0, 0, 360, 1, thickness)
    ends = [int(eyes[0][0] + axes[0]), int(eyes[1][0] - axes[0])]
    row = int(eyes[0][1])
    cv2.line(frame, (min(ends), row), (max(ends), row), 1, thickness)
    return np.where(frame[..., None] > 0, 25, seen.pixels).astype(np.uint8), frame > 0


def test_drawn_glasses_are_found_where_they_are():
    pixels, frame = with_glasses("maya")
    found = find_glasses(pixels, posed("maya").face)
    assert found[frame].mean() > 0.4
    near = cv2.dilate(frame.astype(np.uint8), np.ones((13, 13))) > 0
    assert found[~near].sum() < 0.2 * found.sum()


def test_eyes_behind_clear_lenses_are_not_glasses_but_dark_lenses_are():
    seen = posed("maya")
    pixels, frame = with_glasses("maya")
    column, row = seen.face.points[468, :2].astype(int)
    assert not find_glasses(pixels, seen.face)[row, column]
    lenses = np.zeros_like(frame, np.uint8)
    outlines, _ = cv2.findContours(frame.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(lenses, outlines, -1, 1, cv2.FILLED)
    dark = np.where(lenses[..., None] > 0, 20, pixels).astype(np.uint8)
    assert find_glasses(dark, seen.face)[row, column]


def test_bare_faces_wear_no_glasses():
    for name in ("maya", "leon", "amara"):
        seen = posed(name)
        assert not find_glasses(seen.pixels, seen.face).any()
