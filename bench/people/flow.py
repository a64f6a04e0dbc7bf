"""Does the source, warped by the exact flow, reproduce the driving frame?

Judged on pixels that show nothing but skin or nothing but cloth, visible in both frames, twice.
Without light (what surfaces reflect) only the flow counts, and wrinkles: this is the figure that
flow is held to. Under the portrait's own set, which stands still while people move in it, shading
and shadows change on every turned surface, whatever the flow: that figure says how much of a driven
frame no warp can give.
"""

import cv2
import numpy as np

from bench.picture_scores import psnr_db
from training.people.character import Kind
from training.people.ground_truth import GroundTruth
from training.people.lighting import tone_mapped
from training.people.portrait import to_bytes

PASSES = 4
FEWEST_PIXELS = 1000


def flow_psnr_db(
    truth: GroundTruth,
    albedo: tuple[np.ndarray, np.ndarray],
    pictures: tuple[np.ndarray, np.ndarray],
) -> np.ndarray:
    """(2, 2) dB: without light and with it; of skin and of clothes. NaN where few pixels show any.

    albedo: (768, 512, 4) of Renderer.albedo, of the source and of the driving frame; pictures:
    (768, 512, 3) uint8, the same two under their light
    """
    unlit = [to_bytes(tone_mapped(each[..., :3], 1.0)) for each in albedo]
    kinds = _warped(albedo[0][..., 3], truth), albedo[1][..., 3]
    answer = np.full((2, 2), np.nan)
    for column, kind in enumerate((Kind.SKIN, Kind.CLOTH)):
        pure = truth.visible & (truth.kind == kind) & (kinds[0] == kind) & (kinds[1] == kind)
        if pure.sum() >= FEWEST_PIXELS:
            answer[:, column] = [
                psnr_db(_warped(source, truth), driving, pure)
                for source, driving in (unlit, pictures)
            ]
    return answer


def _warped(source: np.ndarray, truth: GroundTruth) -> np.ndarray:
    place = truth.source_px - 0.5
    return cv2.remap(source, place, None, cv2.INTER_LINEAR)  # pyright: ignore
