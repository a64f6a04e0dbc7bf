"""The port behind which the painters of the full tier run, and the choice of their engine."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from pipeline.errors import ModelError
from pipeline.model_folder import MODELS, open_model

PAINTERS = MODELS / "painters"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom painters paint: portrait (768, 512, 3) uint8 sRGB, matte (768, 512) uint8, skin (3,)
    float32 sRGB in [0, 1]; background (768, 512, 3) uint8, what is to be seen behind."""

    portrait: np.ndarray
    matte: np.ndarray
    skin: np.ndarray
    background: np.ndarray


@dataclass(frozen=True, slots=True)
class FrameMaps:
    """What painters are given of one frame.

    composite (768, 512, 3) uint8; gates (384, 256, 6) and hands (384, 256, 4) uint8 as in
    pipeline.gates; flow (192, 128, 2) float32 px, the portrait's pixel minus the picture's
    corner: column and row of the face's square; implicit (16,) float32
    """

    composite: np.ndarray
    gates: np.ndarray
    hands: np.ndarray
    flow: np.ndarray
    corner: tuple[int, int]
    implicit: np.ndarray


class AvatarPainters(Protocol):
    """Painters who know one portrait."""

    def over(self, background: np.ndarray, /) -> "AvatarPainters":
        """The same before another background, (768, 512, 3) uint8."""
        ...

    def paint(self, maps: FrameMaps, /) -> np.ndarray:
        """The picture (768, 512, 3) uint8 sRGB, a new array each time."""
        ...


class PaintersEngine(Protocol):
    """The weights of the painters on a device."""

    @property
    def provider(self) -> str:
        """What really computes, as Network.provider."""
        ...

    def of(self, subject: Subject, /) -> AvatarPainters:
        """Painters who know this portrait: what they know is computed here, once."""
        ...


def painters_ship(folder: Path = PAINTERS) -> bool:
    """Is there a model of the painters? Says nothing about whether it is whole."""
    return (folder / "config.json").is_file()


def load_painters(device: str, folder: Path = PAINTERS) -> PaintersEngine:
    """The painters on "cuda" (torch) or "cpu" (ONNX Runtime, on all cores).

    Raises:
        ModelError: the folder is unusable, or the device cannot be had
    """
    model = open_model(folder)
    if device == "cpu":
        from pipeline.onnx_painters import OnnxPainters

        return OnnxPainters(model)
    try:
        from pipeline.torch_painters import TorchPainters
    except ImportError as fault:
        raise ModelError("The full renderer needs torch on a GPU; use the lite one.") from fault
    return TorchPainters(model, device)
