"""Synthetic people whom nothing was made with: sources and driven frames with exact motion.

Rendered offline as training renders (several seconds a frame on a CPU) and kept in a folder.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from bench.faces import face
from pipeline.names import IMPLICIT_SIZE
from pipeline.rest_pose import resting_joint_rotation
from pipeline.stream_types import BodyFrame, FaceFrame
from pipeline.template import load_template
from training.people.avatar_folder import write_avatar
from training.people.gallery import PEOPLE, Person
from training.people.motion_frame import MotionPoses, reach_of
from training.people.portrait import Portrait
from training.people.pose import posed

PRINCIPAL = 24
PASSES, SUPERSAMPLE = 4, 1
# One draw of the identity space each, and other clothes, skin and hair than the gallery's.
SEEDS = {"held_out_1": 101, "held_out_2": 102, "held_out_3": 103, "held_out_4": 104}
SPREAD = 0.9

FACES: tuple[FaceFrame, ...] = (
    face({"jawOpen": 0.45}),
    face({"jawOpen": 0.2, "mouthFunnel": 0.6, "browInnerUp": 0.5}, 6, 3),
    face(
        {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0, "mouthSmileLeft": 0.5, "mouthSmileRight": 0.5}
    ),
    face({"jawOpen": 0.25, "mouthStretchLeft": 0.4, "mouthStretchRight": 0.4}, 12, 0),
    face({"jawOpen": 0.1}, -12, 0, 3),
    face({"jawOpen": 0.3, "mouthUpperUpLeft": 0.3, "mouthUpperUpRight": 0.3}, 0, 10),
    face({"browDownLeft": 0.6, "browDownRight": 0.6, "mouthPucker": 0.5}, 4, -10, -3),
)


@dataclass(frozen=True, slots=True)
class HeldOutPerson:
    """portrait: the source picture; exact: avatar folder with the true fit
    frames: true pictures (768, 512, 3) uint8 of FACES"""

    name: str
    portrait: Path
    exact: Path
    frames: list[np.ndarray]


def people() -> dict[str, Person]:
    """Descriptions of the held-out people."""
    maya, leon, amara = (PEOPLE[name] for name in ("maya", "leon", "amara"))
    sharp = replace(leon.backdrop, blur_px=6.0)
    return {
        "held_out_1": replace(
            leon, hair="short02", skin="middleage_lightskinned_male_diffuse2",
            outfit="male_casualsuit03", backdrop=sharp,
        ),
        "held_out_2": replace(
            maya, hair="braid01", groom=None, skin="young_lightskinned_female_diffuse",
            outfit="female_casualsuit01",
        ),
        "held_out_3": replace(
            amara, hair="ponytail01", groom=None, skin="middleage_darkskinned_female_diffuse",
            outfit="female_elegantsuit01", outfit_colours=True,
        ),
        "held_out_4": replace(
            leon, hair="short01", skin="old_darkskinned_male_diffuse",
            outfit="male_elegantsuit01", outfit_colours=True, backdrop=amara.backdrop,
            look=replace(leon.look, skin_tint=(0.8, 1.1, 1.2), oil=0.15),
        ),
    }  # fmt: skip


def identity_of(seed: int) -> np.ndarray:
    """(K,) float32, a random person of the identity space."""
    identity = np.zeros(len(load_template().identity_names), np.float32)
    identity[:PRINCIPAL] = np.random.default_rng(seed).normal(0, SPREAD, PRINCIPAL)
    return identity


def held_out_person(name: str, folder: Path, assets: Path, body: Path) -> HeldOutPerson:
    """One person from the folder, rendered first if they are not there yet.

    assets: MakeHuman assets; body: training/template's full mesh
    """
    exact = folder / name
    missing = [i for i in range(len(FACES)) if not (exact / f"frame_{i}.png").is_file()]
    if missing or not (exact / "fit.npz").is_file():
        portrait = Portrait(people()[name], assets, body, identity_of(SEEDS[name]))
        _render(portrait, exact, missing)
    frames = [
        np.asarray(cv2.imread(str(exact / f"frame_{i}.png"), cv2.IMREAD_COLOR_RGB))
        for i in range(len(FACES))
    ]
    return HeldOutPerson(name, exact / "portrait.png", exact, frames)


def _render(portrait: Portrait, folder: Path, frames: list[int]) -> None:
    if not (folder / "fit.npz").is_file():
        picture = portrait.draw(portrait.resting, PASSES, SUPERSAMPLE)
        write_avatar(folder, portrait.person.title, portrait, picture)
    skeleton = portrait.character.body.skeleton
    poses = MotionPoses(portrait.source, skeleton, reach_of(portrait.identity, portrait.source))
    arms = BodyFrame(0, resting_joint_rotation(skeleton), np.zeros(IMPLICIT_SIZE, np.float32))
    for index in frames:
        pose, shift = poses.pose(FACES[index], arms)
        moved = posed(portrait.character, pose, shift)
        pixels = portrait.draw(moved, PASSES, SUPERSAMPLE).portrait
        cv2.imwrite(str(folder / f"frame_{index}.png"), pixels[..., ::-1])
