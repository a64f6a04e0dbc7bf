"""Where in a true frame scores are taken: the face and what matters most in it, and the hands."""

import cv2
import numpy as np

from training.people.label import Label

MOUTH = (Label.LIPS, Label.CAVITY, Label.UPPER_TEETH, Label.LOWER_TEETH, Label.TONGUE)
EYES = (Label.LEFT_EYE, Label.RIGHT_EYE, Label.LASH)
HANDS = (Label.LEFT_HAND, Label.RIGHT_HAND)
FACE = (Label.FACE, Label.BROW, Label.BEARD, *MOUTH, *EYES)
# Labels, and how far around them the region reaches in px: outlines, lids, the shadow of a lip.
REGIONS = {"face": (FACE, 0), "mouth": (MOUTH, 6), "eyes": (EYES, 6), "hands": (HANDS, 4)}
# Fewer pixels than these are no region.
LEAST_PX = 200


def regions(label: np.ndarray) -> dict[str, np.ndarray]:
    """Masks (H, W) bool by name of the regions that a frame shows; label (H, W) uint8 Label."""
    masks = {}
    for name, (labels, around_px) in REGIONS.items():
        shown = np.isin(label, labels).astype(np.uint8)
        if shown.sum() < LEAST_PX:
            continue
        if around_px:
            size = 2 * around_px + 1
            disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
            shown = cv2.dilate(shown, disc)
        masks[name] = shown > 0
    return masks
