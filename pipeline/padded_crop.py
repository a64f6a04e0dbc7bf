"""What a picture shows under a crop that may overhang its border."""

import numpy as np

from pipeline.crop import Crop


def padded_crop(picture: np.ndarray, crop: Crop) -> np.ndarray:
    """The picture (H, W, ...) under a crop that may overhang, its border repeated."""
    rows = np.clip(np.arange(crop.top, crop.top + crop.height), 0, picture.shape[0] - 1)
    columns = np.clip(np.arange(crop.left, crop.left + crop.width), 0, picture.shape[1] - 1)
    return picture[rows[:, None], columns[None]]
