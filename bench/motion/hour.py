"""An hour of speech without a break: does the motion drift, freeze, jump or break a limit?

The last minute says the same as the first, so that their poses may be compared. Known weaknesses:
one style and one seed; a drift slower than an hour is not seen; limits are checked on the skeleton,
not on the skin.
"""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import numpy as np

from bench.motion.clips import sections
from bench.motion.player import Manner, Player
from bench.motion.signals import longest_run_s, speed
from bench.motion.tracks import Tracks, reference_skeleton, tracks_of
from pipeline.arm import (
    CHEST_CLEARANCE_M,
    CHEST_DEPTH_M,
    CHIN_BELOW_HEAD_JOINT_M,
    CHIN_CLEARANCE_M,
    TRUNK_WIDTH_SHARE,
)
from pipeline.gaze import LARGEST_EYE_PITCH, LARGEST_EYE_YAW
from pipeline.motion_file import MotionArrays
from pipeline.names import FACIAL_ACTIONS
from pipeline.rates import FPS, SAMPLE_RATE_HZ

MINUTE = 60 * FPS
PAUSES_S = (1.5, 6.0, 0.8, 3.0, 25.0)
# Below these nothing is seen to move: degrees a second, actions a frame, metres a second.
STILL_DEG_PER_S, STILL_ACTION, STILL_M_PER_S = 0.1, 5e-4, 0.002
LARGEST_HEAD_RAD, LARGEST_JOINT_RAD, LARGEST_STEP_RAD = 0.6, np.radians(130.0), np.radians(22.0)
_TOLERANCE = 1e-4
_TOLERANCE_M = 0.02
# A channel that hardly moves has no spread worth measuring with.
_LEAST_SD = 1e-3


def long_run(folder: Path, minutes: float, player: Player, manner: Manner) -> dict:
    """Plays that many minutes and examines them."""
    motion = player.play(player.heard(long_speech(folder, minutes)), manner).arrays()
    tracks = tracks_of(motion)
    return {
        "minutes": round(len(tracks) / MINUTE, 2),
        "not_finite": not_finite(motion),
        **drift(channels(tracks)),
        "freeze_s": round(longest_run_s(still(tracks)), 2),
        "head_freeze_s": round(longest_run_s(speed(tracks.head_deg) < STILL_DEG_PER_S), 2),
        "violations": violations(motion, tracks),
    }


def long_speech(folder: Path, minutes: float, sounds: int = 6) -> np.ndarray:
    """(n,) float32: a minute of speech, then others with pauses, and at last the first again."""
    voices = sections(folder, sounds, 60.0)
    total, minute = round(minutes * 60.0 * SAMPLE_RATE_HZ), voices[0].samples
    between = max(total - 2 * len(minute), 0)
    parts, length = [], 0
    for part in _between(voices[1:]):
        if length >= between:
            break
        parts.append(part)
        length += len(part)
    middle = np.concatenate(parts)[:between] if parts else np.zeros(0, np.float32)
    whole = between // (SAMPLE_RATE_HZ // FPS) * (SAMPLE_RATE_HZ // FPS)
    return np.concatenate([minute, middle[:whole], minute])


def _between(voices) -> Iterator[np.ndarray]:
    for voice, pause_s in zip(cycle(voices), cycle(PAUSES_S), strict=False):
        yield voice.samples
        yield np.zeros(round(pause_s * SAMPLE_RATE_HZ), np.float32)


def channels(tracks: Tracks) -> dict[str, np.ndarray]:
    """(T,) by name, all that moves."""
    axes = ("yaw", "pitch", "roll")
    found = {f"head_{a}": tracks.head_deg[:, k] for k, a in enumerate(axes)}
    found |= {f"torso_{a}": tracks.torso_deg[:, k] for k, a in enumerate(axes)}
    found |= {f"gaze_{a}": tracks.gaze_deg[:, k] for k, a in enumerate(axes[:2])}
    found |= {f"head_{a}_mm": 1e3 * tracks.head_m[:, k] for k, a in enumerate("xyz")}
    for hand, side in enumerate(("left", "right")):
        for k, a in enumerate("xyz"):
            found[f"{side}_wrist_{a}_mm"] = 1e3 * tracks.wrists_m[:, hand, k]
    return found | {name: tracks.actions[:, k] for k, name in enumerate(FACIAL_ACTIONS)}


def drift(values: dict[str, np.ndarray]) -> dict:
    """last_minute: mean of the last minute less that of the first; trend: of a straight line
    through the means of all minutes, over the whole time; both in sd of the channel, largest
    first; outside: channels whose last minute is more than 1 sd off."""
    last, trend = {}, {}
    for name, channel in values.items():
        sd = float(channel.std())
        if sd < _LEAST_SD:
            continue
        last[name] = float(channel[-MINUTE:].mean() - channel[:MINUTE].mean()) / sd
        minutes = [part.mean() for part in np.array_split(channel, max(len(channel) // MINUTE, 2))]
        slope = np.polyfit(np.arange(len(minutes)), minutes, 1)[0]
        trend[name] = float(slope * (len(minutes) - 1)) / sd
    return {
        "last_minute": _largest(last),
        "trend": _largest(trend),
        "outside": sum(abs(value) > 1.0 for value in last.values()),
    }


def _largest(values: dict[str, float], count: int = 5) -> dict[str, float]:
    names = sorted(values, key=lambda name: -abs(values[name]))[:count]
    return {name: round(values[name], 3) for name in names}


def still(tracks: Tracks) -> np.ndarray:
    """(T - 1,) bool: nothing at all moves."""
    face = np.abs(np.diff(tracks.actions, axis=0)).max(axis=1) < STILL_ACTION
    head = speed(tracks.head_deg) < STILL_DEG_PER_S
    eyes = speed(tracks.gaze_deg) < STILL_DEG_PER_S
    return face & head & eyes & (speed(tracks.hands_m) < STILL_M_PER_S)


def not_finite(motion: MotionArrays) -> int:
    """Frames with anything that is not a finite number."""
    names = ("facial_actions", "head_rotation", "head_translation", "gaze", "joint_rotation")
    bad = [
        ~np.isfinite(getattr(motion, name)).reshape(len(motion.state), -1).all(axis=1)
        for name in names
    ]
    return int(np.any(bad, axis=0).sum())


def violations(motion: MotionArrays, tracks: Tracks) -> dict[str, int]:
    """Frames that break each limit."""
    eyes = np.abs(motion.gaze) > np.array([LARGEST_EYE_YAW, LARGEST_EYE_PITCH]) + _TOLERANCE
    actions = motion.facial_actions
    joints = np.linalg.norm(motion.joint_rotation, axis=2)
    steps = np.linalg.norm(np.diff(motion.joint_rotation, axis=0), axis=2)
    head, shoulder = (reference_skeleton().rest_positions[reference_skeleton().index(name)]
                      for name in ("head", "upperarm01.L"))  # fmt: skip
    highest = head[1] - CHIN_BELOW_HEAD_JOINT_M - CHIN_CLEARANCE_M - shoulder[1]
    signs = np.array([1.0, -1.0])
    lateral = tracks.wrists_m[:, :, 0] + signs * abs(shoulder[0])
    before_trunk = np.abs(lateral) < TRUNK_WIDTH_SHARE * abs(shoulder[0]) - 0.01
    inside = tracks.wrists_m[:, :, 2] < CHEST_DEPTH_M + CHEST_CLEARANCE_M - _TOLERANCE_M
    found = {
        "actions": ((actions < -_TOLERANCE) | (actions > 1.0 + _TOLERANCE)).any(axis=1),
        "head": (np.abs(motion.head_rotation) > LARGEST_HEAD_RAD + _TOLERANCE).any(axis=1),
        "eyes": eyes.any(axis=(1, 2)),
        "joints": (joints > LARGEST_JOINT_RAD).any(axis=1),
        "jumps": (steps > LARGEST_STEP_RAD).any(axis=1),
        "hand_before_face": (tracks.wrists_m[:, :, 1] > highest + _TOLERANCE_M).any(axis=1),
        "hand_in_trunk": (before_trunk & inside).any(axis=1),
    }
    return {name: int(mask.sum()) for name, mask in found.items()}
