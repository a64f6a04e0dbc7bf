"""Do the lips do what the phones ask for? Against forced alignments of real speech.

Known weaknesses: alignments err by 13 ms on average (p95 about 40 ms), a third of a short p's
length, and say nothing of speakers who slur a contact; the opening called for is a table of ours.
"""

from dataclasses import dataclass

import numpy as np

from bench.lip_alignment import called_for
from bench.motion.clips import AlignedClip, Visemes
from bench.motion.mouth_geometry import lip_gap_mm, lower_lip_mm
from bench.motion.signals import best_lag
from bench.motion.tracks import Tracks
from pipeline.motion_space import FACE_ACTION_INDICES, MOUTH_INDICES
from pipeline.names import ACTION_INDEX, VISEME_INDEX, VISEMES
from pipeline.rates import FPS, SAMPLES_PER_FRAME

CLASSES: tuple[tuple[str, ...], ...] = (
    ("sil",), ("PP",), ("FF",), ("TH", "DD", "nn", "kk"), ("CH",), ("SS",), ("RR",), ("aa",),
    ("E", "ih"), ("oh", "ou"),
)  # fmt: skip
CLOSED_SHARE = 0.15
ROLLED = 0.15
LARGEST_LAG_FRAMES = 6
# Of the alignment's error: how far from its segment a contact may be.
GRACE_FRAMES = 1
# A pause begins and ends softly, and not exactly where the alignment says.
PAUSE_EDGE_S = 0.2
# How long lips may take to come to rest behind a clip's end.
SETTLED_S = 0.5

_MOUTH = [FACE_ACTION_INDICES[index] for index in MOUTH_INDICES]
# Class of each viseme, and the same as a table (15, 10) of 0 and 1.
_CLASS_OF = np.array([next(k for k, c in enumerate(CLASSES) if v in c) for v in VISEMES])
_IN_CLASS = np.eye(len(CLASSES))[_CLASS_OF]


@dataclass(frozen=True, slots=True)
class LipScore:
    """bilabials_closed: share of the p b m segments in which the lips' gap falls below 15 % of the
        speaker's range (2nd to 98th percentile of the gap), `strict` within the segment, else
        one frame to either side of it too
    labiodentals_raised: share of the f v segments in which the lower lip is in the top 15 % of its
        range of heights (one frame of grace); _rolled: in which mouthRollLower reaches 0.15
    viseme_accuracy: mean of the recalls of the 10 classes, recall: each of them
    lag_frames: at which gap and opening called for agree best (positive: the lips are late)
    silence_motion: sd of the gap in pauses and in the silence behind the clips as a share of its
        sd in speech; silence_mouth_motion: the same of all mouth actions, their sds added up
    """

    clips: int
    bilabials: int
    bilabials_closed: float
    bilabials_closed_strict: float
    labiodentals: int
    labiodentals_raised: float
    labiodentals_rolled: float
    viseme_accuracy: float
    recall: dict[str, float]
    lag_frames: float
    correlation: float
    silent_frames: int
    silence_motion: float
    silence_mouth_motion: float
    range_mm: dict[str, float]


def lip_score(clips: list[AlignedClip], motions: list[Tracks]) -> LipScore:
    """All figures over clips and the motions made from them; what a motion goes on behind the end
    of its clip is silence."""
    lengths = [len(clip.samples) // SAMPLES_PER_FRAME for clip in clips]
    tracks = [motion.between(0, n) for motion, n in zip(motions, lengths, strict=True)]
    tails = [motion.between(n, len(motion)) for motion, n in zip(motions, lengths, strict=True)]
    gaps = [lip_gap_mm(track.actions) for track in tracks]
    wanted = [called_for(c.visemes, len(g)) for c, g in zip(clips, gaps, strict=True)]
    lag, correlation = best_lag(wanted, gaps, LARGEST_LAG_FRAMES)
    recall = viseme_recall(clips, tracks)
    silent = _in_silence(clips, tracks, tails)
    gap_share, mouth_share = _silence_motion(clips, tracks, silent)
    gap_range = ranges(gaps, [clip.speaker for clip in clips])
    return LipScore(
        clips=len(clips),
        **_bilabials(clips, gaps),
        **_labiodentals(clips, tracks),
        viseme_accuracy=mean(list(recall.values())),
        recall=recall,
        lag_frames=round(lag, 2),
        correlation=round(correlation, 3),
        silent_frames=len(silent),
        silence_motion=gap_share,
        silence_mouth_motion=mouth_share,
        range_mm={s: round(high - low, 2) for s, (low, high) in gap_range.items()},
    )


def _bilabials(clips: list[AlignedClip], gaps: list[np.ndarray]) -> dict:
    """The figures of p b m."""
    found: dict[int, list[bool]] = {0: [], GRACE_FRAMES: []}
    span_of = ranges(gaps, [clip.speaker for clip in clips])
    for clip, gap in zip(clips, gaps, strict=True):
        low, high = span_of[clip.speaker]
        limit = low + CLOSED_SHARE * (high - low)
        for grace, closed in found.items():
            spans = segments(clip.visemes, "PP", len(gap), grace)
            closed += [bool(gap[span].min() < limit) for span in spans]
    return {
        "bilabials": len(found[0]),
        "bilabials_closed": mean(found[GRACE_FRAMES]),
        "bilabials_closed_strict": mean(found[0]),
    }


def _labiodentals(clips: list[AlignedClip], tracks: list[Tracks]) -> dict:
    """The figures of f v."""
    raised, rolled = [], []
    heights = [lower_lip_mm(track.actions) for track in tracks]
    span_of = ranges(heights, [clip.speaker for clip in clips])
    for clip, track, height in zip(clips, tracks, heights, strict=True):
        low, high = span_of[clip.speaker]
        limit = high - CLOSED_SHARE * (high - low)
        roll = track.actions[:, ACTION_INDEX["mouthRollLower"]]
        for span in segments(clip.visemes, "FF", len(height), GRACE_FRAMES):
            raised.append(height[span].max() > limit)
            rolled.append(roll[span].max() >= ROLLED)
    return {
        "labiodentals": len(raised),
        "labiodentals_raised": mean(raised),
        "labiodentals_rolled": mean(rolled),
    }


def ranges(values: list[np.ndarray], speakers: list[str]) -> dict[str, tuple[float, float]]:
    """2nd and 98th percentile over all clips of each speaker."""
    found = {}
    for speaker in dict.fromkeys(speakers):
        own = [v for v, s in zip(values, speakers, strict=True) if s == speaker]
        low, high = np.percentile(np.concatenate(own), [2.0, 98.0])
        found[speaker] = float(low), float(high)
    return found


def segments(visemes: Visemes, name: str, frames: int, grace_frames: int) -> list[slice]:
    """The frames whose centres lie within each segment of a viseme, at least the nearest one."""
    found = []
    for viseme, start_s, end_s in visemes:
        if viseme != name:
            continue
        first, last = round(start_s * FPS), round(end_s * FPS)
        if last <= first:
            first = int(0.5 * (start_s + end_s) * FPS)
            last = first + 1
        span = slice(max(first - grace_frames, 0), min(last + grace_frames, frames))
        if span.stop > span.start:
            found.append(span)
    return found


def frame_classes(visemes: Visemes, frames: int) -> np.ndarray:
    """(T,) class of the viseme at each frame's centre, silence where there is none."""
    classes = np.zeros(frames, int)
    centres = (np.arange(frames) + 0.5) / FPS
    for name, start_s, end_s in visemes:
        classes[(centres >= start_s) & (centres < end_s)] = _CLASS_OF[VISEME_INDEX[name]]
    return classes


def viseme_recall(clips: list[AlignedClip], tracks: list[Tracks]) -> dict[str, float]:
    """Share of the frames of each class that Motion.viseme gives to it; posteriors of the visemes
    of a class add up."""
    true = np.concatenate(
        [frame_classes(c.visemes, len(t)) for c, t in zip(clips, tracks, strict=True)]
    )
    posterior = np.concatenate([track.viseme for track in tracks])
    heard = (posterior @ _IN_CLASS).argmax(axis=1)
    present = [k for k in range(len(CLASSES)) if (true == k).any()]
    return {"+".join(CLASSES[k]): mean(heard[true == k] == k) for k in present}


def pause_frames(visemes: Visemes, frames: int) -> np.ndarray:
    """(T,) bool: the frame's centre lies in a pause, well away from speech."""
    centres = (np.arange(frames) + 0.5) / FPS
    quiet = np.ones(frames, bool)
    for name, start_s, end_s in visemes:
        if name != "sil":
            quiet &= (centres < start_s - PAUSE_EDGE_S) | (centres >= end_s + PAUSE_EDGE_S)
    return quiet


def _in_silence(clips: list[AlignedClip], tracks: list[Tracks], tails: list[Tracks]) -> np.ndarray:
    """(N, 52) actions in the pauses of all clips and well behind their ends."""
    settled = round(SETTLED_S * FPS)
    found = [tail.actions[settled:] for tail in tails]
    for clip, track in zip(clips, tracks, strict=True):
        found.append(track.actions[pause_frames(clip.visemes, len(track))])
    return np.concatenate(found)


def _silence_motion(
    clips: list[AlignedClip], tracks: list[Tracks], silent: np.ndarray
) -> tuple[float, float]:
    """sd in silence as a share of the sd in speech: of the gap, and of all mouth actions."""
    spoken = [
        track.actions[frame_classes(clip.visemes, len(track)) > 0]
        for clip, track in zip(clips, tracks, strict=True)
    ]
    speech = np.concatenate(spoken)
    gap_sd, mouth_sd = lip_gap_mm(speech).std(), speech[:, _MOUTH].std(axis=0).sum()
    if len(silent) < 2 or gap_sd == 0.0 or mouth_sd == 0.0:
        return float("nan"), float("nan")
    return (
        round(float(lip_gap_mm(silent).std() / gap_sd), 4),
        round(float(silent[:, _MOUTH].std(axis=0).sum() / mouth_sd), 4),
    )


def mean(values: list | np.ndarray) -> float:
    """Rounded; NaN where there is nothing to measure."""
    return round(float(np.mean(values)), 4) if len(values) else float("nan")
