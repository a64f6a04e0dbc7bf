"""Where a picture shows a person (MediaPipe's selfie segmentation)."""

import cv2
import numpy as np

from pipeline.portrait.tracker_models import TrackerModels

SIZE_PX = 256


def person_probability(models: TrackerModels, picture: np.ndarray) -> np.ndarray:
    """(H, W) float32 in [0, 1] for a picture (H, W, 3) uint8."""
    height, width = picture.shape[:2]
    shrinks = height > 2 * SIZE_PX or width > 2 * SIZE_PX
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    small = cv2.resize(picture, (SIZE_PX, SIZE_PX), interpolation=how)
    outputs = models.run("person", small.astype(np.float32) / 255)
    probability = cv2.resize(outputs["probability"][..., 0], (width, height))
    return np.clip(probability, 0, 1)
