"""The painters of the full tier on ONNX Runtime's CPU: far from real time, equal in what they
paint."""

from dataclasses import replace
from typing import Any

import numpy as np

from pipeline.errors import ModelError
from pipeline.model_folder import ModelFolder
from pipeline.onnx_network import OnnxNetwork
from pipeline.painters_engine import FrameMaps, Subject

ALL_CORES = 0


class OnnxPainters:
    """Both graphs of the model: of a portrait, and of a frame."""

    def __init__(self, model: ModelFolder) -> None:
        if model.source_graph is None:
            raise ModelError(f"The model {model.path.name} lacks the graph of the portrait.")
        self.frame = OnnxNetwork(model, threads=ALL_CORES)
        self._source = OnnxNetwork(replace(model, graph=model.source_graph), threads=ALL_CORES)

    @property
    def provider(self) -> str:
        """As OnnxNetwork.provider."""
        return self.frame.provider

    def of(self, subject: Subject) -> "OnnxAvatarPainters":
        """Encodes the portrait."""
        skin = subject.skin[None].astype(np.float32)
        source, matte = _picture(subject.portrait), _picture(subject.matte[..., None])
        known = self._source.run({"source": source, "matte": matte, "skin": skin})
        behind = _picture(subject.background)
        return OnnxAvatarPainters(self, {**known, "skin": skin, "behind": behind})


class OnnxAvatarPainters:
    """AvatarPainters on ONNX Runtime: `known` are the inputs that stay the same."""

    def __init__(self, engine: OnnxPainters, known: dict[str, Any]) -> None:
        self._engine, self._known = engine, known

    def over(self, background: np.ndarray) -> "OnnxAvatarPainters":
        """The same before another background, (768, 512, 3) uint8."""
        return OnnxAvatarPainters(self._engine, self._known | {"behind": _picture(background)})

    def paint(self, maps: FrameMaps) -> np.ndarray:
        """The picture (768, 512, 3) uint8 sRGB."""
        made = self._engine.frame.run({
            "composite": _picture(maps.composite),
            "gates": _picture(maps.gates),
            "hands": _picture(maps.hands),
            # rounded as on a GPU
            "flow": _channels_first(maps.flow.astype(np.float16).astype(np.float32)),
            "corner": np.array([maps.corner], np.float32),
            "implicit": maps.implicit[None].astype(np.float32),
            **self._known,
        })  # fmt: skip
        pixels = made["picture"][0].transpose(1, 2, 0) * 255 + 0.5
        return np.ascontiguousarray(pixels.astype(np.uint8))


def _picture(pixels: np.ndarray) -> np.ndarray:
    """(H, W, C) uint8 as (1, C, H, W) float32 in [0, 1]."""
    return _channels_first(pixels.astype(np.float32) / 255)


def _channels_first(maps: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(maps.transpose(2, 0, 1)[None])
