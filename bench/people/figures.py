"""Figures of many frames from what was found in each."""

from collections import Counter

import numpy as np

from bench.people.finding import FrameFinding
from bench.people.renders import RenderedPerson


def faces(finds: list[FrameFinding]) -> dict:
    """Shares of found faces; medians over frames of the landmark errors, at rest and posed too."""
    found = [find for find in finds if find.found]
    by_dlib = [find.found_by_dlib for find in finds if find.found_by_dlib is not None]
    errors = [find.landmark_error for find in found]
    return {
        "frames": len(finds),
        "found": float(np.mean([find.found for find in finds])),
        "found_by_dlib": float(np.mean(by_dlib)) if by_dlib else None,
        "landmark_error_percent": _percent(errors),
        "landmark_error_percent_at_rest": _percent(
            [f.landmark_error for f in found if not f.frame]
        ),
        "landmark_error_percent_posed": _percent([f.landmark_error for f in found if f.frame]),
        "landmark_error_percent_p90": _percent(errors, 0.9),
        "feature_error_percent": _percent([find.feature_error for find in found]),
        "outline_error_percent": _percent([find.outline_error for find in found]),
        "tracker_scatter_percent": _percent([find.tracker_scatter for find in found]),
        "missed": [f"{find.seed}/{find.frame}" for find in finds if not find.found],
        "missed_by_dlib": [f"{f.seed}/{f.frame}" for f in finds if f.found_by_dlib is False],
    }


def _percent(values: list[float], quantile: float = 0.5) -> float | None:
    """Of those that are numbers; None without any."""
    known = [100 * value for value in values if not np.isnan(value)]
    return float(np.quantile(known, quantile)) if known else None


def hands(finds: list[FrameFinding]) -> dict:
    """How many hands are shown, and the share of them that is found."""
    shown = sum(find.hands_shown for find in finds)
    found = sum(find.hands_found for find in finds)
    missed = [f"{f.seed}/{f.frame}" for f in finds if f.hands_found < f.hands_shown]
    return {"shown": shown, "found": found / shown if shown else None, "missed": missed}


def flow(people: list[RenderedPerson]) -> dict:
    """Of posed frames: the median and the worst PSNR in dB."""
    answer: dict[str, float | None] = {}
    for name in ("unlit_db", "lit_db"):
        rows = [getattr(truth, name) for person in people for truth in person.truths[1:]]
        for kind, column in zip(("skin", "cloth"), np.array(rows).reshape(-1, 2).T, strict=True):
            values = column[~np.isnan(column)]
            answer[f"{kind}_{name}"] = float(np.median(values)) if len(values) else None
            answer[f"{kind}_{name}_least"] = float(values.min()) if len(values) else None
    return answer


def speed(people: list[RenderedPerson]) -> dict:
    """Frames a second of one core; the first frame of each person has what is made once."""
    truths = [truth for person in people for truth in person.truths[1:]]
    if not truths:
        return {"colour": None, "with_maps": None}
    draw_s = float(np.median([truth.draw_s for truth in truths]))
    maps_s = float(np.median([truth.maps_s for truth in truths]))
    return {"colour": 1 / draw_s, "with_maps": 1 / (draw_s + maps_s)}


def check(people: list[RenderedPerson]) -> dict:
    """Share of draws that were rejected, and why."""
    draws = [(person.seed, found) for person in people for found in person.rejected]
    return {
        "rejected": len(draws) / (len(people) + len(draws)),
        "faults": dict(Counter(finding.name for _, found in draws for finding in found)),
        "who": [f"{seed}: {'; '.join(map(str, found))}" for seed, found in draws],
    }
