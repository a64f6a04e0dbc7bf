"""Smooth extension of scattered values over a grid (Gortler et al. 1996, The Lumigraph)."""

import cv2
import numpy as np

NOTHING = 1e-9


def pull_push(values: np.ndarray, weight: np.ndarray, levels: int = 32) -> np.ndarray:
    """Fill (H, W, C) float32 `values` where `weight` (H, W) is zero, from nearby known ones.

    Cells whose weight is one or more keep their value; below one, it is their share of it.
    levels: how often the grid is halved; further than 2^levels cells from what is known is zero
    """
    filled = extend_planes(np.ascontiguousarray(values.transpose(2, 0, 1)), weight, levels)
    return np.ascontiguousarray(filled.transpose(1, 2, 0))


def extend_planes(values: np.ndarray, weight: np.ndarray, levels: int) -> np.ndarray:
    """The same for planes (..., C, H, W) float32 and their weight (..., H, W): for grids of few
    channels nothing else is as fast."""
    share = np.minimum(weight, 1, dtype=np.float32)[..., None, :, :]
    pyramid = [np.concatenate([values * share, share], -3)]
    while len(pyramid) <= levels and share.shape[-2:] != (1, 1) and share.min() < 1:
        halved = _halved(pyramid[-1])
        share = halved[..., -1:, :, :]
        # Four cells add up to the one above them, which cannot be more than known.
        halved *= 4 / np.maximum(4 * share, 1)
        pyramid.append(halved)
    coarsest = pyramid.pop()
    filled = coarsest[..., :-1, :, :] / np.maximum(coarsest[..., -1:, :, :], NOTHING)
    for planes in reversed(pyramid):
        filled = enlarged(filled, planes.shape[-1], planes.shape[-2])
        filled *= 1 - planes[..., -1:, :, :]
        filled += planes[..., :-1, :, :]
    return filled


def enlarged(planes: np.ndarray, width: int, height: int) -> np.ndarray:
    """Planes (..., h, w) float32 interpolated to (..., height, width)."""
    return _resized(planes, width, height, cv2.INTER_LINEAR)


def _halved(planes: np.ndarray) -> np.ndarray:
    """(..., H, W) -> (..., H / 2, W / 2), rounded up, means of four."""
    *first, height, width = planes.shape
    if height % 2:
        return _resized(planes, (width + 1) // 2, (height + 1) // 2, cv2.INTER_AREA)
    # One below the other they are halved at once, as none shares a pair of rows with the next.
    tall = planes.reshape(-1, width)
    size = ((width + 1) // 2, len(tall) // 2)
    small = cv2.resize(tall, size, interpolation=cv2.INTER_AREA)
    return small.reshape(*first, height // 2, -1)


def _resized(planes: np.ndarray, width: int, height: int, interpolation: int) -> np.ndarray:
    *first, rows, columns = planes.shape
    out = np.empty((*first, height, width), np.float32)
    flat = out.reshape(-1, height, width)
    for plane, target in zip(planes.reshape(-1, rows, columns), flat, strict=True):
        cv2.resize(plane, (width, height), dst=target, interpolation=interpolation)
    return out
