"""What MediaPipe's detectors answer: boxes and points beside anchors, one set a grid cell.

The scheme is that of SSD (Liu et al. 2016) with anchors of one size and non-maximum suppression
that averages (BlazeFace, Bazarevsky et al. 2019).
"""

from dataclasses import dataclass

import numpy as np

from pipeline.portrait.turned_square import TurnedSquare

OVERLAP = 0.3
# A box that lies inside a better one to this part is a piece of the same thing.
INSIDE = 0.65


@dataclass(frozen=True, slots=True)
class Detections:
    """score (N,) in [0, 1]; centre (N, 2), size (N, 2) and points (N, K, 2) in px."""

    score: np.ndarray
    centre: np.ndarray
    size: np.ndarray
    points: np.ndarray

    def __len__(self) -> int:
        return len(self.score)

    def chosen(self, which: np.ndarray | slice) -> "Detections":
        """Those of an index, a mask or a slice."""
        return Detections(
            self.score[which], self.centre[which], self.size[which], self.points[which]
        )

    def placed(self, region: TurnedSquare) -> "Detections":
        """What was seen in a region that runs from 0 to 1, in px of the picture."""
        return Detections(
            self.score,
            region.to_picture(self.centre),
            self.size * region.side,
            region.to_picture(self.points),
        )


def anchors(size_px: int, strides_px: tuple[int, ...], each: int = 2) -> np.ndarray:
    """Centres (A, 2) in [0, 1]; a stride that is named twice has twice as many a cell."""
    centres = []
    for stride in dict.fromkeys(strides_px):
        at = (np.arange(size_px // stride) + 0.5) * stride / size_px
        grid = np.stack(np.meshgrid(at, at), -1).reshape(-1, 2)
        centres.append(np.repeat(grid, each * strides_px.count(stride), axis=0))
    return np.concatenate(centres)


def decode(
    boxes: np.ndarray, logits: np.ndarray, centres: np.ndarray, size_px: int, threshold: float
) -> Detections:
    """The answers above a threshold, in the square that the network saw, which runs from 0 to 1.

    boxes: (A, 4 + 2 K) px; logits: (A, 1); centres: (A, 2)
    """
    score = 1 / (1 + np.exp(-np.clip(logits[:, 0].astype(float), -80, 80)))
    kept = np.flatnonzero(score >= threshold)
    values = boxes[kept].reshape(len(kept), boxes.shape[1] // 2, 2) / size_px
    beside = values + centres[kept, None]
    return Detections(score[kept], beside[:, 0], values[:, 1], beside[:, 2:])


def joined(parts: list[Detections]) -> Detections:
    """Several sets as one; at least one."""
    return Detections(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("score", "centre", "size", "points")
        )
    )


def merged(found: Detections) -> Detections:
    """One detection a thing, best first: the mean of those that overlap, weighted by score."""
    left = found.chosen(np.argsort(-found.score, kind="stable"))
    made = []
    while len(left):
        same = _overlap(left, 0)
        group = left.chosen(same > OVERLAP)
        weight = group.score / group.score.sum()
        means = (
            np.tensordot(weight, value, 1)[None]
            for value in (group.centre, group.size, group.points)
        )
        made.append(Detections(group.score[:1], *means))
        left = left.chosen((same <= OVERLAP) & ~_pieces(left, 0))
    return joined(made) if made else found


def apart(fresh: Detections, known: Detections) -> Detections:
    """Those that are none of the known ones again, nor a piece of one."""
    kept = np.ones(len(fresh), bool)
    for index in range(len(known)):
        both = joined([known.chosen(np.array([index])), fresh])
        kept &= ((_overlap(both, 0) <= OVERLAP) & ~_pieces(both, 0))[1:]
    return fresh.chosen(kept)


def _overlap(found: Detections, index: int) -> np.ndarray:
    """Area (N,) that each box shares with one of them, as part of the area of both together."""
    shared, area = _shared(found, index), _area(found)
    overlap = shared / np.maximum(area + area[index] - shared, 1e-12)
    overlap[index] = 1.0
    return overlap


def _pieces(found: Detections, index: int) -> np.ndarray:
    """Which boxes lie within one of them for the most part."""
    return _shared(found, index) > INSIDE * _area(found)


def _shared(found: Detections, index: int) -> np.ndarray:
    low, high = found.centre - found.size / 2, found.centre + found.size / 2
    return np.clip(np.minimum(high, high[index]) - np.maximum(low, low[index]), 0, None).prod(1)


def _area(found: Detections) -> np.ndarray:
    return np.clip(found.size, 0, None).prod(1)
