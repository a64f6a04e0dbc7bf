"""What the held-out people do: one motion of eight seconds each, speech with gestures.

They are fixed, so that figures stay comparable when the motion's networks change. Made once, by the
stages that ship, from synthesised voices (corpus shards of training/speech):

    python -m bench.reenactment.motions --speech SHARDS
"""

import argparse
from dataclasses import fields
from itertools import cycle
from pathlib import Path

import numpy as np

from bench.motion.clips import sections
from bench.motion.player import Manner, Player
from pipeline.body_motion import BodyMotion
from pipeline.model_folder import MODELS
from pipeline.motion_file import Motion
from pipeline.motion_settings import MotionSettings
from pipeline.names import JOINT_INDEX, SPINE_JOINTS
from pipeline.network import load_network
from pipeline.rates import FPS
from pipeline.skeleton import Skeleton
from pipeline.stream_types import BodyFrame, FaceFrame, SpeechFrame
from pipeline.style import load_style

FOLDER = Path(__file__).parent / "motions"
LENGTH_S = 8.0
FRAMES = round(LENGTH_S * FPS)
STYLES = (
    "presenter", "friendly", "energetic", "natural", "storyteller", "calm", "serious", "shy",
)  # fmt: skip
# So that hands are seen in every style.
SETTINGS = MotionSettings(gesture=1.3)
# Steps of one radian (metre, unit) in which the files keep what moves much and what moves little.
STEPS = {"head_rotation": 8192, "head_translation": 65536, "gaze": 2048, "facial_actions": 1024}
ARM_STEPS, SPINE_STEPS = 1024, 8192

Frame = tuple[FaceFrame, BodyFrame]


def motion_of(seed: int, folder: Path = FOLDER) -> list[Frame]:
    """The FRAMES frames of the held-out person of a seed. Raises MediaError where they are
    missing."""
    return list(Motion.load(folder / f"{seed:02}.npz").frames())


def performed(
    player: Player, speech: list[SpeechFrame], manner: Manner, skeleton: Skeleton
) -> Motion:
    """The motion of one who has a skeleton, as the stages make it."""
    face_motion = player.stages(manner).face_motion
    network = load_network(MODELS / "body_motion", "cpu")
    body_motion = BodyMotion(
        network, skeleton, load_style(manner.style), manner.settings, manner.seed
    )
    motion = Motion()
    face_state, body_state = face_motion.init_state(), body_motion.init_state()
    for heard in speech:
        face, face_state = face_motion.step(heard, face_state)
        if face.frame < 0:
            continue
        body, body_state = body_motion.step(face, heard, body_state)
        motion.append(face, body)
    return motion


def write(motion: Motion, path: Path) -> None:
    """Write a motion file of a third of the usual size; visemes, which move nothing, are zero."""
    arrays = motion.arrays()
    entries = {field.name: getattr(arrays, field.name) for field in fields(arrays)}
    entries["viseme"] = np.zeros_like(entries["viseme"])
    for name, steps in STEPS.items():
        entries[name] = np.round(entries[name] * steps) / steps
    spine = [JOINT_INDEX[name] for name in SPINE_JOINTS]
    steps = np.full((len(JOINT_INDEX), 1), ARM_STEPS)
    steps[spine] = SPINE_STEPS
    entries["joint_rotation"] = np.round(entries["joint_rotation"] * steps) / steps
    halved = {
        name: values.astype(np.float16) if values.ndim > 1 else values
        for name, values in entries.items()
    }
    np.savez_compressed(path, **halved)


def main() -> None:
    from pipeline.template import load_template
    from training.people.held_out import held_out_people

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--speech", type=Path, required=True, help="folder of sounds")
    options = parser.parse_args()
    people, model, player = held_out_people(), load_template(), Player()
    FOLDER.mkdir(exist_ok=True)
    heard = sections(options.speech, len(people), LENGTH_S)
    for person, section, style in zip(people, heard, cycle(STYLES)):
        manner = Manner(style, SETTINGS, person.seed)
        skeleton = model.skeleton(person.identity)
        motion = performed(player, player.hear(section.samples), manner, skeleton)
        path = FOLDER / f"{person.seed:02}.npz"
        write(motion, path)
        print(f"{path.name}: {section.name}, {style}, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
