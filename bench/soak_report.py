"""What a soak showed: figures for a file, a table for a reader."""

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.statistics import Statistics

GOAL_S = 2.0
LARGEST_GROWTH = 0.05
MINUTE_LOOKS = 60
HEADINGS = ("fault", "times", "named", "recovered, median s", "largest s", "beyond the goal")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fault.

    kind: what went wrong; detail: how much or how long, "" where all of the kind are alike
    begun_s: since the soak began; lasted_s: until it was over
    recovery_s: from its end until all was well, None where that did not come
    is_named: whether the log says it
    """

    kind: str
    detail: str
    begun_s: float
    lasted_s: float
    recovery_s: float | None
    is_named: bool

    @property
    def is_recovered(self) -> bool:
        """All was well again in time."""
        return self.recovery_s is not None and self.recovery_s <= GOAL_S

    def __str__(self) -> str:
        recovery = "no recovery" if self.recovery_s is None else f"{self.recovery_s:.2f} s"
        named = "" if self.is_named else ", not named in the log"
        return f"{f'{self.kind} {self.detail}'.strip()}: {recovery}{named}"


def figures(
    outcomes: list[Outcome], rss_mb: list[float], crash: str, took_s: float
) -> dict[str, Any]:
    """All that was measured; `passed` says whether it is good enough.

    rss_mb: the resident memory, once a second; crash: the traceback, "" where there was none
    """
    unnamed = [f"{outcome.kind} {outcome.detail}".strip() for outcome in outcomes
               if not outcome.is_named]  # fmt: skip
    slow = [asdict(outcome) for outcome in outcomes if not outcome.is_recovered]
    growth = memory_growth(rss_mb)
    return {
        "passed": not (crash or unnamed or slow or growth > LARGEST_GROWTH),
        "minutes": round(took_s / 60, 2),
        "crash": crash,
        "faults": len(outcomes),
        "unnamed": unnamed,
        "recovery_s": {**_recoveries(outcomes), "beyond_goal": slow},
        "kinds": {kind: _of_kind(several) for kind, several in _by_kind(outcomes).items()},
        "memory_mb": {
            "start": _round_or_none(rss_mb[:1]),
            "end": _round_or_none(rss_mb[-1:]),
            "largest": round(max(rss_mb, default=0.0)),
            "lowest_by_minute": [
                round(min(rss_mb[start : start + MINUTE_LOOKS]))
                for start in range(0, len(rss_mb), MINUTE_LOOKS)
            ],
            "growth_percent": round(100 * growth, 2),
        },
        "outcomes": [asdict(outcome) for outcome in outcomes],
    }


def loop_figures(loop: Statistics, pictures: int, longest_gap_s: float) -> dict[str, Any]:
    """What the loop counted, and what reached the camera."""
    return {
        "pictures_at_camera": pictures,
        "longest_gap_at_camera_s": round(longest_gap_s, 3),
        "frames_sent": loop.frames_sent,
        "frames_dropped": loop.frames_dropped,
        "late_frames": loop.late_frames,
        "quality": loop.quality,
        "quality_changes": loop.quality_changes,
    }


def memory_growth(rss_mb: list[float]) -> float:
    """How much larger the lowest of the last quarter is than the lowest of the second, as a share.

    The lowest, because an engine that is made beside another one takes memory for a while.
    """
    quarter = len(rss_mb) // 4
    if not quarter:
        return 0.0
    return min(rss_mb[-quarter:]) / min(rss_mb[quarter : 2 * quarter]) - 1


def table(report: Mapping[str, Any]) -> str:
    """A line for each kind of fault, one for all of them, and one for memory and the verdict."""
    rows = [HEADINGS, ("---",) * len(HEADINGS)]
    rows += [(kind, *_cells(entry)) for kind, entry in report["kinds"].items()]
    beyond = len(report["recovery_s"]["beyond_goal"])
    whole = {"times": report["faults"], "named": report["faults"] - len(report["unnamed"]),
             "beyond_goal": beyond, **report["recovery_s"]}  # fmt: skip
    rows.append(("all", *_cells({**whole, "beyond_goal": beyond})))
    memory = report["memory_mb"]
    closing = (
        f"{report['minutes']} minutes; memory {memory['start']} MB at the start, {memory['end']} at"
        f" the end, {memory['largest']} at most, growth {memory['growth_percent']} %;"
        f" {'a crash' if report['crash'] else 'no crash'};"
        f" {'passed' if report['passed'] else 'not passed'}."
    )
    return "\n".join([*(f"| {' | '.join(row)} |" for row in rows), "", closing])


def _by_kind(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    kinds: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        kinds.setdefault(outcome.kind, []).append(outcome)
    return dict(sorted(kinds.items()))


def _of_kind(outcomes: list[Outcome]) -> dict[str, Any]:
    return {
        "times": len(outcomes),
        "named": sum(outcome.is_named for outcome in outcomes),
        "beyond_goal": sum(not outcome.is_recovered for outcome in outcomes),
        **_recoveries(outcomes),
    }


def _recoveries(outcomes: list[Outcome]) -> dict[str, float | None]:
    known = [outcome.recovery_s for outcome in outcomes if outcome.recovery_s is not None]
    return {
        "median": round(statistics.median(known), 2) if known else None,
        "largest": round(max(known), 2) if known else None,
    }


def _cells(entry: Mapping[str, Any]) -> tuple[str, ...]:
    keys = ("times", "named", "median", "largest", "beyond_goal")
    return tuple("-" if entry[key] is None else str(entry[key]) for key in keys)


def _round_or_none(values: list[float]) -> int | None:
    return round(values[0]) if values else None
