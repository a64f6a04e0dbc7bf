"""A take: one person, one portrait of them, and the frames that the portrait is driven to.

Made by worker processes. The explicit composite of a frame comes from the product's own stages, so
that a network learns from just what it will be given; only the fit is known exactly here, and is
spoilt as that of a real picture would be.
"""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.avatar import Avatar, fitted
from pipeline.face_crop import FaceCrop
from pipeline.gates import Gates
from pipeline.implicit_motion import PAST_FRAMES, motion_of, pose_of
from pipeline.motion_field import MotionField
from pipeline.pull_push import pull_push
from pipeline.renderer import Renderer
from pipeline.rest_pose import resting_joint_rotation
from pipeline.stream_types import BodyFrame, FaceFrame
from pipeline.template import Template, load_template
from training.people.avatar_folder import exact_fit, regions, surface_colours
from training.people.episode import Episode, EpisodeKind, portrait_of, staged
from training.people.motion_frame import MotionPoses, reach_of
from training.people.portrait import Portrait
from training.people.pose import JointPose, joint_pose
from training.people.random_motion import CLIP_FRAMES, RandomMotion
from training.people.sway import Sway, sways

# Half of the takes have the exact layers, the others some as far off as an import's are.
SPOILT_SHARE = 0.5
# of the direction of light, and of colours as a share of them
LIGHT_SIGMA, COLOUR_SIGMA = 0.15, 0.06
# of the face that was found: shares of what is particular about it and of its expression, radians
IDENTITY_SIGMA, ACTION_SIGMA, TURN_SIGMA, GAZE_SIGMA = 0.04, 0.15, 0.012, 0.02
# People who talk turn their heads less than a template can.
LEAST_TURN = 0.3
MATTE_SHIFT_PX, MATTE_SIGMA_PX = 1.2, 0.8
HIDDEN_PX = 9


@dataclass(frozen=True, slots=True)
class Take:
    """episode: its first pose is the portrait's, the others are what it is driven to by `motion`
    before: (N, M) how each frame of `motion` came about, as pipeline.implicit_motion has it
    fit: arrays of fit.npz but for the colours"""

    episode: Episode
    motion: list[tuple[FaceFrame, BodyFrame]]
    before: np.ndarray
    fit: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """The portrait as it was drawn: portrait and background (768, 512, 3) uint8, matte and label
    (768, 512) uint8."""

    portrait: np.ndarray
    background: np.ndarray
    matte: np.ndarray
    label: np.ndarray


@dataclass(frozen=True, slots=True)
class Composites:
    """Of N frames: pixels (N, 768, 512, 3) uint8; gates (N, 384, 256, 6) and hands (N, 384, 256, 4)
    uint8 as in pipeline.gates; flow (N, 192, 128, 2) float16 px; face (N, 2) int16, the corner of
    the face's crop; of all: portrait and background (768, 512, 3), matte (768, 512) uint8 and skin
    (3,) float32 as the avatar has them; motion (N, M) float32, what the code is guessed from"""

    pixels: np.ndarray
    gates: np.ndarray
    hands: np.ndarray
    flow: np.ndarray
    face: np.ndarray
    portrait: np.ndarray
    background: np.ndarray
    matte: np.ndarray
    skin: np.ndarray
    motion: np.ndarray

    def save(self, folder: Path) -> None:
        """One file for each array."""
        for name in self.__slots__:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> "Composites":
        """Read as it is needed."""
        return cls(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in cls.__slots__))


def make_take(
    kind: EpisodeKind, frames: int, number: int, known: frozenset[str] = frozenset()
) -> Take:
    """The same for ever for a kind and a number. kind.sources and per_source mean nothing here."""
    seed, portrait = portrait_of(kind, number)
    rng = np.random.default_rng((kind.seed, number))
    poses, motion, before = _driven(portrait, frames, rng)
    episode = staged(portrait, seed, number, poses, known)
    return Take(episode, motion, before, exact_fit(portrait))


def _driven(portrait: Portrait, frames: int, rng: np.random.Generator):
    """The portrait's pose, which hangs still, and pairs of neighbours out of short movements."""
    skeleton, sway = portrait.character.body.skeleton, Sway(portrait.character, portrait.loose)
    moves = RandomMotion(skeleton, portrait.source, portrait.camera)
    retarget = MotionPoses(portrait.source, skeleton, reach_of(portrait.identity, portrait.source))
    resting = joint_pose(skeleton, portrait.source)
    poses: list[JointPose] = [replace(resting, sway=sway.hanging(resting))]
    motion: list[tuple[FaceFrame, BodyFrame]] = []
    before: list[np.ndarray] = []
    while len(motion) < frames:
        turn = np.float32(rng.uniform(LEAST_TURN, 1))
        clip = [
            (replace(face, head_rotation=turn * face.head_rotation), body)
            for face, body in moves.clip(int(rng.integers(2**31)), CLIP_FRAMES).frames()
        ]
        moved = [joint_pose(skeleton, *retarget.pose(*frame)) for frame in clip]
        swayed = sways(sway, moved)
        seen = [pose_of(*frame) for frame in clip]
        first = int(rng.integers(PAST_FRAMES, CLIP_FRAMES - 1))
        for chosen in (first, first + 1):
            poses.append(replace(moved[chosen], sway=swayed[chosen]))
            motion.append(clip[chosen])
            past = seen[chosen - PAST_FRAMES : chosen]
            before.append(motion_of(seen[chosen], tuple(reversed(past))))
    return poses[: frames + 1], motion[:frames], np.stack(before[:frames])


def write_composites(take: Take, shown: Shown, seed: int, near: Path) -> Path:
    """Composite all frames of a take; returns the folder, inside `near`, that has them."""
    rng = np.random.default_rng((seed, take.episode.number))
    avatar = made_avatar(take, shown, rng)
    model = load_template()
    rest = resting_joint_rotation(model.skeleton(avatar.identity))
    template = Template(model, avatar.identity, avatar.source, rest, avatar.correction)
    field, crop = MotionField(avatar, template), FaceCrop(model)
    renderer, gates = Renderer(avatar, template, field), Gates(avatar, template)
    rows = []
    for face, body in take.motion:
        composite = renderer.composite(field.step(template.step(face, body)))
        guide, where = gates.guide(composite), crop.corner(composite.field)
        flow = composite.field.flow.astype(np.float16)
        corner = np.array(where, np.int16)
        rows.append((composite.pixels, guide.gates, guide.hands, flow, corner))
    pixels, opened, hands, flows, corners = (np.stack(each) for each in zip(*rows, strict=True))
    made = Composites(
        pixels, opened, hands, flows, corners,
        avatar.portrait, avatar.background, avatar.matte, avatar.skin_colour, take.before,
    )  # fmt: skip
    folder = Path(tempfile.mkdtemp(dir=near, prefix=f"take_{take.episode.number}_"))
    made.save(folder)
    return folder


def made_avatar(take: Take, shown: Shown, rng: np.random.Generator) -> Avatar:
    """An avatar of the portrait, as an import might have made it."""
    fit = take.fit | surface_colours(shown.portrait, shown.label)
    matte, background = shown.matte, shown.background
    if rng.uniform() < SPOILT_SHARE:
        fit = _spoilt_fit(fit, rng)
        matte = _spoilt_matte(matte, rng)
        background = _guessed(background, shown.matte)
    mapped = regions(shown.label, shown.matte)
    return fitted(Path("take"), "take", (shown.portrait, matte, background, mapped), fit)


def _spoilt_fit(fit: dict[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    """As landmarks that jitter would lead to: pixels off in shape, pose, expression, and light."""

    def off(name: str, sigma: float) -> np.ndarray:
        return rng.normal(0, sigma, np.shape(fit[name])).astype(np.float32)

    direction = fit["light_direction"] + off("light_direction", LIGHT_SIGMA)
    return fit | {
        "light_direction": direction / np.linalg.norm(direction),
        "head_rotation": fit["head_rotation"] + off("head_rotation", TURN_SIGMA),
        "gaze": fit["gaze"] + off("gaze", GAZE_SIGMA),
    } | {
        name: fit[name] * (1 + off(name, sigma))
        for name, sigma in (
            ("skin_colour", COLOUR_SIGMA), ("sleeve_colour", COLOUR_SIGMA),
            ("identity", IDENTITY_SIGMA), ("actions", ACTION_SIGMA),
        )
    }  # fmt: skip


def _spoilt_matte(matte: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Its outline up to a pixel or two off, and softer."""
    noise = cv2.GaussianBlur(rng.normal(0, 1, matte.shape).astype(np.float32), (0, 0), 12)
    noise *= MATTE_SHIFT_PX / max(float(noise.std()), 1e-6) * rng.uniform(0, 1)
    soft = cv2.GaussianBlur(matte.astype(np.float32), (0, 0), 0.3 + MATTE_SIGMA_PX * rng.uniform())
    across = cv2.GaussianBlur(matte.astype(np.float32), (0, 0), 2.0)
    slope = np.hypot(cv2.Sobel(across, cv2.CV_32F, 1, 0), cv2.Sobel(across, cv2.CV_32F, 0, 1)) / 8
    return np.clip(soft + noise * slope, 0, 255).astype(np.uint8)


def _guessed(background: np.ndarray, matte: np.ndarray) -> np.ndarray:
    """The scene with only a smooth guess behind the person."""
    hidden = cv2.dilate((matte > 0).astype(np.uint8), np.ones((HIDDEN_PX,) * 2, np.uint8))
    filled = pull_push(background.astype(np.float32), 1.0 - hidden.astype(np.float32))
    return np.clip(filled + 0.5, 0, 255).astype(np.uint8)
