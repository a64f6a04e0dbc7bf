"""How well a style encoder reads held-out motions."""

from math import ceil
from typing import Protocol

import numpy as np
import torch
from torch import Generator, Tensor

from pipeline.knobs import KNOBS
from pipeline.networks.sizes import StyleEncoderSizes
from pipeline.networks.style_encoder import StyleEncoder
from pipeline.rates import FPS
from pipeline.style_observation import OBSERVATION_SIZE
from training.observed_performance import Observed
from training.performance.presets import PRESETS, preset

# as pipeline.style_learning reads longer motions
_LONGEST_PART_FRAMES = 16 * FPS
_BATCH = 128


class Drawn(Protocol):
    """Where windows come from: those of training.train_style."""

    def draw(
        self, batch: int, frames: int, generator: Generator
    ) -> tuple[Tensor, Tensor, Tensor]: ...


def style_encoder(weights: dict[str, Tensor] | None = None) -> StyleEncoder:
    """A style encoder with these weights, or one to be trained."""
    network = StyleEncoder(StyleEncoderSizes(channels=OBSERVATION_SIZE, knobs=len(KNOBS)))
    if weights is not None:
        network.load_state_dict(weights)
    return network


@torch.inference_mode()
def errors(
    weights: dict[str, Tensor], windows: Drawn, frames: int, device: str, tested: int = 1024
) -> dict[str, float]:
    """Root mean squared error of each knob on that many windows of a length."""
    network = style_encoder(weights).to(device).eval()
    generator = Generator(device).manual_seed(0)
    squares = []
    for first in range(0, tested, _BATCH):
        count = min(_BATCH, tested - first)
        motion_BTC, knobs_BK, _ = windows.draw(count, frames, generator)
        squares.append((network(motion_BTC)["knobs"] - knobs_BK).square())
    found = torch.cat(squares).mean(0).sqrt().tolist()
    return dict(zip(KNOBS, (round(value, 3) for value in found), strict=True))


def nearest(
    weights: dict[str, Tensor], motions: list[Observed], frames: int, device: str
) -> dict[str, float | int | list]:
    """Are knobs read from whole windows of motions that were made in presets nearest to theirs?

    accuracy: mean over presets of the share that is; scaled: the same in units of each knob's
    error; given: the same of the knobs they were made with; confusion: rows are the true presets
    """
    whole = [one for one in motions if len(one.motion) >= frames]
    starts = [(one, s) for one in whole for s in range(0, len(one.motion) - frames + 1, frames)]
    if not starts:
        return {"windows": 0}
    cut = np.stack([one.motion[first : first + frames] for one, first in starts])
    found = _read(weights, cut, device)
    true = np.array([one.preset for one, _ in starts])
    given = np.array([one.knobs for one, _ in starts])
    places = np.stack([preset(name) for name in PRESETS])
    error = np.sqrt(np.square(found - given).mean(0)) + 1e-3
    chosen = _closest(found, places)
    confusion = np.zeros((len(PRESETS), len(PRESETS)), int)
    np.add.at(confusion, (true, chosen), 1)
    return {
        "windows": len(starts),
        "accuracy": _mean_recall(true, chosen),
        "scaled": _mean_recall(true, _closest(found / error, places / error)),
        "given": _mean_recall(true, _closest(given, places)),
        "presets": list(PRESETS),
        "confusion": confusion.tolist(),
    }


@torch.inference_mode()
def _read(weights: dict[str, Tensor], motions_NTC: np.ndarray, device: str) -> np.ndarray:
    """(N, K) knobs as pipeline.style_learning reads them."""
    network = style_encoder(weights).to(device).eval()
    parts = ceil(motions_NTC.shape[1] / _LONGEST_PART_FRAMES)
    found = []
    for first in range(0, len(motions_NTC), _BATCH):
        motion_BTC = torch.from_numpy(motions_NTC[first : first + _BATCH]).to(device)
        read = [network(part)["knobs"] for part in motion_BTC.tensor_split(parts, dim=1)]
        found.append(torch.stack(read).mean(0).cpu().numpy())
    return np.concatenate(found)


def _closest(found: np.ndarray, places: np.ndarray) -> np.ndarray:
    return np.linalg.norm(found[:, None] - places, axis=2).argmin(1)


def _mean_recall(true: np.ndarray, chosen: np.ndarray) -> float:
    shares = [float((chosen[true == label] == label).mean()) for label in np.unique(true)]
    return round(float(np.mean(shares)), 4)
