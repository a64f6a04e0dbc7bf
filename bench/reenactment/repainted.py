"""Where networks may repaint the explicit composite of a clip's frames: what they are worth shows
there, since most of a frame is the portrait's own pixels in every row."""

import cv2
import numpy as np

from bench.puppet import Puppet
from bench.reenactment.clip import Clip
from bench.reenactment.rows import StillPicture
from pipeline.gate import Gate
from pipeline.gates import SHRINK, Gates
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.renderer import Renderer

# A gate is open from half on.
OPEN = 128
# Fewer pixels than these are no region.
LEAST_PX = 200


class Repainted:
    """The gates of all chosen frames of a clip, the same for every row."""

    def __init__(self, clip: Clip) -> None:
        puppet = Puppet(clip.avatar, StillPicture)
        composite = Renderer(clip.avatar, puppet.template, puppet.motion_field).composite
        gates = Gates(clip.avatar, puppet.template)
        # A bit for each pixel of the gates: eight seconds are 18 MB.
        self._open = {
            index: np.packbits(
                gates.guide(composite(puppet.field(*clip.motion[index]))).gates >= OPEN
            )
            for index in clip.chosen
        }

    def anywhere(self, index: int) -> np.ndarray:
        """(768, 512) bool of a frame: where any gate is open."""
        return _large(self._gates(index).max(2))

    def masks(self, index: int) -> dict[str, np.ndarray]:
        """Masks (768, 512) bool of a frame: gates, where any is open, and gate_mouth and so on;
        those of a few pixels are left out."""
        each = self._gates(index)
        masks = {"gates": each.max(2)} | {f"gate_{g.name.lower()}": each[..., g] for g in Gate}
        large = {name: _large(mask) for name, mask in masks.items()}
        return {name: mask for name, mask in large.items() if mask.sum() >= LEAST_PX}

    def _gates(self, index: int) -> np.ndarray:
        height, width = FRAME_HEIGHT_PX // SHRINK, FRAME_WIDTH_PX // SHRINK
        bits = np.unpackbits(self._open[index], count=height * width * len(Gate))
        return bits.reshape(height, width, len(Gate))


def _large(mask: np.ndarray) -> np.ndarray:
    size = FRAME_WIDTH_PX, FRAME_HEIGHT_PX
    return cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST) > 0
