"""How well visemes are told: frame by frame, over the classes that an eye can tell apart."""

from dataclasses import dataclass

import numpy as np

from pipeline.names import VISEME_INDEX, VISEMES
from pipeline.rates import FPS

# what looks alike is one class
VISIBLE: dict[str, tuple[str, ...]] = {
    "sil": ("sil",), "PP": ("PP",), "FF": ("FF",), "tongue": ("TH", "DD", "nn", "kk"),
    "CH": ("CH",), "SS": ("SS",), "RR": ("RR",), "aa": ("aa",), "wide": ("E", "ih"),
    "round": ("oh", "ou"),
}  # fmt: skip
VISIBLE_OF = np.array([
    next(k for k, members in enumerate(VISIBLE.values()) if viseme in members)
    for viseme in VISEMES
])  # fmt: skip
_PP, _FF = list(VISIBLE).index("PP"), list(VISIBLE).index("FF")
_GRACE_FRAMES = 1

Track = list[tuple[str, float, float]]


@dataclass(frozen=True, slots=True)
class VisemeScore:
    """Shares of frames told right: of all, mean over the 10 visible classes, recall and precision
    of PP and FF, and of p b m and f v segments that are told in one frame at least (one frame of
    grace); recall: of every visible class."""

    frames: int
    micro: float
    macro: float
    pp_recall: float
    pp_precision: float
    ff_recall: float
    ff_precision: float
    pp_segments: float
    ff_segments: float
    recall: dict[str, float]


def frame_visemes(track: Track, frames: int) -> np.ndarray:
    """(T,) index of the viseme at the middle of each frame, silence where there is none.

    track: (viseme, start_s, end_s) in order
    """
    middle_s = (np.arange(frames) + 0.5) / FPS
    result = np.full(frames, VISEME_INDEX["sil"])
    for name, start_s, end_s in track:
        result[(middle_s >= start_s) & (middle_s < end_s)] = VISEME_INDEX[name]
    return result


def visible(posterior: np.ndarray) -> np.ndarray:
    """(T, 15) posteriors -> (T,) index in VISIBLE of the likeliest class."""
    merged = np.stack([posterior[:, k == VISIBLE_OF].sum(1) for k in range(len(VISIBLE))], axis=1)
    return merged.argmax(axis=1)


def score_visemes(tracks: list[Track], posteriors: list[np.ndarray]) -> VisemeScore:
    """Scores the posteriors (T, 15) of clips against their alignments."""
    true = [VISIBLE_OF[frame_visemes(t, len(p))] for t, p in zip(tracks, posteriors, strict=True)]
    told = [visible(posterior) for posterior in posteriors]
    right, said = np.concatenate(true), np.concatenate(told)
    recall = {
        name: _share(said[right == k] == k) for k, name in enumerate(VISIBLE) if (right == k).any()
    }
    return VisemeScore(
        frames=len(right),
        micro=_share(right == said),
        macro=round(float(np.mean(list(recall.values()))), 3),
        pp_recall=recall.get("PP", float("nan")),
        pp_precision=_share(right[said == _PP] == _PP),
        ff_recall=recall.get("FF", float("nan")),
        ff_precision=_share(right[said == _FF] == _FF),
        pp_segments=_segments(tracks, told, "PP", _PP),
        ff_segments=_segments(tracks, told, "FF", _FF),
        recall=recall,
    )


def _segments(tracks: list[Track], told: list[np.ndarray], name: str, number: int) -> float:
    found = []
    for track, frames in zip(tracks, told, strict=True):
        for viseme, start_s, end_s in track:
            if viseme == name:
                first = max(0, int(start_s * FPS) - _GRACE_FRAMES)
                found.append((frames[first : int(end_s * FPS) + 1 + _GRACE_FRAMES] == number).any())
    return _share(np.array(found))


def _share(flags: np.ndarray) -> float:
    """Rounded; NaN where there is nothing to count."""
    return round(float(np.mean(flags)), 3) if len(flags) else float("nan")
