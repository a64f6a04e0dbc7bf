"""An independent witness: MediaPipe's face detector and face mesh (Apache-2.0) as plain ONNX.

The models are not part of the application yet; their folder is an argument.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

DETECTOR_PX = 128
MESH_PX = 192
DETECTION_THRESHOLD = 0.5
ROI_SCALE = 1.5
RIGHT_EYE_OUTER, LEFT_EYE_OUTER = 33, 263
LIPS_OUTPUT = (
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
    76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408,
    62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
)  # fmt: skip
INNER_GAPS = ((13, 14), (82, 87), (312, 317))
INTEROCULAR_MM = 63.0


@dataclass(frozen=True, slots=True)
class TrackedFace:
    """landmarks (478, 2) px of the picture; score: the mesh's own face probability."""

    landmarks: np.ndarray
    score: float

    @property
    def scale_mm(self) -> float:
        """Millimetres per pixel, from the distance of the irises."""
        eyes = self.landmarks[468] - self.landmarks[473]
        return INTEROCULAR_MM / max(float(np.hypot(*eyes)), 1e-6)

    @property
    def lip_gap_mm(self) -> float:
        """Mean distance of the inner lips at three places about the middle."""
        return self._mean_distance(INNER_GAPS) * self.scale_mm

    def _mean_distance(self, pairs) -> float:
        ends = np.array([self.landmarks[list(pair)] for pair in pairs])
        return float(np.linalg.norm(ends[:, 0] - ends[:, 1], axis=1).mean())


class FaceTracker:
    """Detects in every frame anew, so that nothing hides a frame without a face."""

    def __init__(self, folder: Path) -> None:
        self._detector = _session(folder / "face_detection_short_range.onnx")
        self._mesh = _session(folder / "face_landmark_with_attention_std.onnx")
        self._anchors = _anchors()

    def track(self, picture: np.ndarray) -> TrackedFace | None:
        """The most certain face of an RGB picture (H, W, 3) uint8, None where there is none."""
        box = self._detect(picture)
        if box is None:
            return None
        found = self._landmarks(picture, box)
        # A second look from where the mesh says the face is.
        return self._landmarks(picture, _region_of(found.landmarks))

    def _detect(self, picture: np.ndarray):
        height, width = picture.shape[:2]
        side = max(height, width)
        region = (width / 2, height / 2, side, 0.0)
        crop = _crop(picture, region, DETECTOR_PX, cv2.BORDER_CONSTANT) * 2 - 1
        outputs = _run(self._detector, crop)
        scores = 1 / (1 + np.exp(-np.clip(outputs["classificators"][0, :, 0], -80, 80)))
        best = int(scores.argmax())
        if scores[best] < DETECTION_THRESHOLD:
            return None
        raw = outputs["regressors"][0, best] / DETECTOR_PX
        offset = np.array([side - width, side - height]) / 2
        centre = (raw[:2] + self._anchors[best]) * side - offset
        eyes = (raw[4:8].reshape(2, 2) + self._anchors[best]) * side - offset
        angle = float(np.arctan2(*(eyes[1] - eyes[0])[::-1]))
        return float(centre[0]), float(centre[1]), float(raw[2:4].max() * side * ROI_SCALE), angle

    def _landmarks(self, picture: np.ndarray, region) -> TrackedFace:
        outputs = _run(self._mesh, _crop(picture, region, MESH_PX, cv2.BORDER_REPLICATE))
        points = np.zeros((478, 2), np.float32)
        points[:468] = outputs["output_mesh_identity"].reshape(468, 3)[:, :2]
        points[list(LIPS_OUTPUT)] = outputs["output_lips"].reshape(-1, 2)
        points[468:473] = outputs["output_left_iris"].reshape(-1, 2)
        points[473:478] = outputs["output_right_iris"].reshape(-1, 2)
        x, y, side, angle = region
        local = (points / MESH_PX - 0.5) * side
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        flag = float(outputs["conv_faceflag"].ravel()[0])
        return TrackedFace(local @ turn.T + (x, y), 1 / (1 + np.exp(-flag)))


def _region_of(landmarks: np.ndarray):
    eyes = landmarks[LEFT_EYE_OUTER] - landmarks[RIGHT_EYE_OUTER]
    low, high = landmarks[:468].min(0), landmarks[:468].max(0)
    centre = (low + high) / 2
    side = float((high - low).max() * ROI_SCALE)
    return float(centre[0]), float(centre[1]), side, float(np.arctan2(eyes[1], eyes[0]))


def _crop(picture: np.ndarray, region, size: int, border: int) -> np.ndarray:
    """Turned square of the picture as (size, size, 3) float32 in [0, 1]."""
    x, y, side, angle = region
    axis = np.array([np.cos(angle), np.sin(angle)]) * side / 2
    down = np.array([-axis[1], axis[0]])
    centre = np.array([x, y])
    corners = np.stack([centre - axis - down, centre + axis - down, centre - axis + down])
    target = np.array([[0, 0], [size, 0], [0, size]], np.float32)
    matrix = cv2.getAffineTransform(corners.astype(np.float32), target)
    crop = cv2.warpAffine(picture, matrix, (size, size), borderMode=border)
    return crop.astype(np.float32) / 255


def _anchors() -> np.ndarray:
    """(896, 2) centres of the short-range detector: two a cell at stride 8, six at stride 16."""
    centres = []
    for cells, each in ((16, 2), (8, 6)):
        at = (np.arange(cells) + 0.5) / cells
        grid = np.stack(np.meshgrid(at, at), -1).reshape(-1, 2)
        centres.append(np.repeat(grid, each, axis=0))
    return np.concatenate(centres).astype(np.float32)


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _run(session: onnxruntime.InferenceSession, picture: np.ndarray) -> dict[str, np.ndarray]:
    values = session.run(None, {session.get_inputs()[0].name: picture[None]})
    names = [output.name for output in session.get_outputs()]
    return {name: np.asarray(value) for name, value in zip(names, values, strict=True)}
