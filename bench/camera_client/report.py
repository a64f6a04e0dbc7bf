"""Figures from what the browser received and the sender sent."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from bench.camera_client.recording import Recording, cropped, lip_gaps
from pipeline.portrait.trackers import Trackers
from pipeline.rates import SAMPLES_PER_FRAME

LARGEST_LAG_FRAMES = 6
FEWEST_FRAMES = 20
# The driver has two buffers: a client that is held up finds a newer picture in the one it reads, or
# half of one, and then the picture between.
MOST_OVERRUN = 0.05
LEAST_LIP_CORRELATION, LEAST_PSNR_DB, LARGEST_SHIFT_FRAMES = 0.9, 30.0, 0.5


@dataclass(frozen=True, slots=True)
class Watched:
    """What a client received. samples (N,): codes of whole frames in order of arrival;
    received_s (N,): when, seconds since 1970; torn: other frames, by place"""

    samples: np.ndarray
    received_s: np.ndarray
    torn: list[int]

    @classmethod
    def of(cls, frames: Sequence[tuple[int, int, float]]) -> "Watched":
        """From the code at the top, the one at the bottom and the milliseconds of every frame."""
        table = np.array(frames, float).reshape(-1, 3)
        is_whole = table[:, 0] == table[:, 1]
        whole = table[is_whole]
        torn = np.flatnonzero(~is_whole).tolist()
        return cls(whole[:, 0].astype(np.int64), 1e-3 * whole[:, 2], torn)


@dataclass(frozen=True, slots=True)
class SenderLog:
    """What the sender noted, each with its time in seconds since 1970.

    sent: samples of the frames; told: (name, advice) of the camera; looked: whether the driver
    says that somebody looks, where that changed
    """

    sent: list[tuple[float, int]]
    told: list[tuple[float, str, str]]
    looked: list[tuple[float, bool]]

    @classmethod
    def read(cls, path: Path) -> "SenderLog":
        """From the lines of the file, of which a killed sender may have left half of one."""
        kinds: dict[str, list[Any]] = {"sent": [], "told": [], "watched": [], "closed": []}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.endswith("]"):
                kind, *values = json.loads(line)
                kinds[kind].append(tuple(values))
        return cls(kinds["sent"], kinds["told"], kinds["watched"])

    def during(self, begin_s: float, end_s: float) -> "SenderLog":
        """What was noted then."""
        return SenderLog(
            [entry for entry in self.sent if begin_s <= entry[0] <= end_s],
            [entry for entry in self.told if begin_s <= entry[0] <= end_s],
            [entry for entry in self.looked if begin_s <= entry[0] <= end_s],
        )


def acts_report(folder: Path, recording: Recording, trackers: Trackers) -> dict[str, Any]:
    """Figures of every act that `guest` left in the folder; `passed` says whether all went well."""
    log = SenderLog.read(folder / "sender.jsonl")
    figures: dict[str, Any] = {"passed": True}
    for name, act in json.loads((folder / "acts.json").read_text()).items():
        seen = json.loads((folder / f"{name}.json").read_text())
        figures[name] = act_report(act, seen, log.during(act["begin_s"] - 1, act["end_s"]))
        figures["passed"] &= figures[name]["passed"]
    frames = json.loads((folder / "first.json").read_text())["frames"]
    faces = faces_of((folder / "first.i420").read_bytes(), *recording.crop[2:])
    watched = Watched.of(frames)
    whole = np.delete(faces, watched.torn, axis=0)
    figures["picture"] = likeness(watched, whole, recording, trackers)
    figures["passed"] &= is_alike(figures["picture"])
    return figures


def act_report(act: dict[str, Any], seen: dict[str, Any], log: SenderLog) -> dict[str, Any]:
    """Figures of one act: what befell the camera, what the browser saw, what the sender noted."""
    begin_s = act["begin_s"]
    figures = {
        "fault": act["fault"] or seen.get("error", ""),
        "notices": [[round(at_s - begin_s, 1), name or advice] for at_s, name, advice in log.told],
        "looked_at": [[round(at_s - begin_s, 1), looked] for at_s, looked in log.looked],
    }
    if "clients_kept_out" in act:
        figures["clients_kept_out"] = act["clients_kept_out"]
    if "frames" not in seen:
        return {"passed": False, **figures}
    watched = Watched.of(seen["frames"])
    came = arrival(watched, {sample: at_s for at_s, sample in log.sent})
    last_s = max((at_s for at_s, name, _ in log.told if name), default=begin_s)
    came["frames_after_last_notice"] = int((watched.received_s > last_s).sum())
    # Newer drivers end the stream of a client whose camera is closed, which it knows then.
    is_ended = any(kind == "ended" for kind, _ in seen["events"])
    goes_on = is_ended or came["frames_after_last_notice"] >= FEWEST_FRAMES
    kept = ("label", "cameras", "seconds", "sizes", "formats", "events")
    return {
        "passed": not (figures["fault"] or figures.get("clients_kept_out"))
        and is_good(came)
        and goes_on,
        **figures,
        **{name: seen[name] for name in kept},
        **came,
    }


def arrival(watched: Watched, sent_s: dict[int, float]) -> dict[str, Any]:
    """How many frames came, whether distinct and in order, and how old when they came first.

    sent_s: when the frame of each sample was handed to the camera
    """
    samples = watched.samples
    distinct, first = np.unique(samples, return_index=True)
    came_s = dict(zip(distinct.tolist(), watched.received_s[first].tolist(), strict=True))
    ages_ms = [1e3 * (came_s[sample] - sent_s[sample]) for sample in came_s if sample in sent_s]
    return {
        "frames": len(samples),
        "torn": len(watched.torn),
        "distinct": len(distinct),
        "steps_back": int((np.diff(samples) < 0).sum()),
        "never_sent": len(distinct) - len(ages_ms),
        "longest_gap_s": round(float(np.diff(watched.received_s).max(initial=0.0)), 2),
        "age_ms": percentiles(ages_ms),
    }


def is_good(figures: dict[str, Any]) -> bool:
    """Whether a camera was seen that shows what is sent to it."""
    overrun = figures["torn"] + figures["steps_back"]
    return (
        overrun <= MOST_OVERRUN * figures["frames"]
        and not figures["never_sent"]
        and figures["distinct"] >= FEWEST_FRAMES
    )


def is_alike(figures: dict[str, Any]) -> bool:
    """Whether the lips that came move as those that were sent, with the same sound."""
    lags = figures["lips_and_loudness"]
    return (
        figures["lips_received_and_sent"] >= LEAST_LIP_CORRELATION
        and abs(lags["received"]["lag_frames"] - lags["sent"]["lag_frames"]) <= LARGEST_SHIFT_FRAMES
        and figures["psnr_db"]["least"] >= LEAST_PSNR_DB
    )


def percentiles(values: Sequence[float]) -> dict[str, float] | None:
    """Median and 95th percentile; None of nothing."""
    if not values:
        return None
    p50, p95 = np.percentile(values, (50, 95))
    return {"p50": round(float(p50), 1), "p95": round(float(p95), 1)}


def faces_of(i420: bytes, width: int, height: int) -> np.ndarray:
    """(N, height, width, 3) uint8 RGB from pictures in I420, limited range, BT.601."""
    planes = np.frombuffer(i420, np.uint8).reshape(-1, height * 3 // 2, width)
    return np.stack([cv2.cvtColor(picture, cv2.COLOR_YUV2RGB_I420) for picture in planes])


def likeness(
    watched: Watched, faces: np.ndarray, recording: Recording, trackers: Trackers
) -> dict[str, Any]:
    """Do the received faces show what was drawn for the sound whose index they carry?

    faces (N, H, W, 3): one for every sample of `watched`. Lags in frames of 33 ms, above zero where
    the mouth is behind the loudness.
    """
    sent = cropped(recording.frames, recording.crop)
    places = watched.samples // SAMPLES_PER_FRAME % len(sent)
    difference = faces.astype(np.float32) - sent[places]
    noise = np.sqrt(np.mean(np.square(difference), axis=(1, 2, 3)))
    gaps_sent, gaps = lip_gaps(sent, trackers), lip_gaps(faces, trackers)
    found = ~np.isnan(gaps) & ~np.isnan(gaps_sent[places])
    return {
        "pictures": len(faces),
        "without_face": int(np.isnan(gaps).sum()),
        "psnr_db": {
            "median": round(float(np.median(20 * np.log10(255 / noise))), 1),
            "least": round(float(20 * np.log10(255 / noise.max())), 1),
        },
        "lips_received_and_sent": round(correlation(gaps[found], gaps_sent[places[found]]), 4),
        "lips_and_loudness": {
            "received": lag_of(gaps[found], places[found], recording.loudness_db),
            "sent": lag_of(gaps_sent[places[found]], places[found], recording.loudness_db),
        },
    }


def lag_of(gaps: np.ndarray, places: np.ndarray, loudness_db: np.ndarray) -> dict[str, float]:
    """The lag at which gaps (N,) of the frames `places` follow the loudness (T,) best.

    At its ends the sound counts as going on as it is there; between frames a parabola goes through
    the best lag and its neighbours.
    """
    lags = np.arange(-LARGEST_LAG_FRAMES, LARGEST_LAG_FRAMES + 1)
    last = len(loudness_db) - 1
    fits = [correlation(gaps, loudness_db[np.clip(places - lag, 0, last)]) for lag in lags]
    best = int(np.argmax(fits))
    lag = float(lags[best])
    if 0 < best < len(lags) - 1:
        before, at, after = fits[best - 1 : best + 2]
        lag += 0.5 * (after - before) / (2 * at - before - after)
    return {"correlation": round(fits[best], 3), "lag_frames": round(lag, 2)}


def correlation(some: np.ndarray, others: np.ndarray) -> float:
    """Pearson's, of two series of the same length."""
    return float(np.corrcoef(some, others)[0, 1])
