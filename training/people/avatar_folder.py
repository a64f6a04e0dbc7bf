"""Write the avatar folder of a rendered person: pictures, exact fit, licence."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.portrait.colours import AVERAGE_SKIN, median_colour
from pipeline.regions import Region
from training.people.label import CLOTH_LABELS, SKIN_LABELS, Label
from training.people.lighting import dome_radiance
from training.people.picture import Picture
from training.people.portrait import Portrait
from training.people.styles import line_art, toon

GALLERY_FOLDER = Path(__file__).parents[2] / "resources" / "avatars"
# Between strokes nobody sees steps of so many of 255, which take half the space.
STEPS = {"painterly": 5, "line art": 5}
# Styles with outlines, which hands get too.
INKS = {"toon": toon.INK, "line art": line_art.INK}
REGION_OF_LABEL = {
    Label.HAIR: Region.HAIR,
    Label.EARRING: Region.HAIR,
    Label.BEARD: Region.BEARD,
    Label.GLASSES: Region.GLASSES,
    Label.HEADWEAR: Region.HAT,
    Label.HEADPHONES: Region.HAT,
    Label.NECKLACE: Region.CLOTH,
    **dict.fromkeys(CLOTH_LABELS, Region.CLOTH),
}
LICENCE = """This portrait shows a synthetic person; it depicts nobody real. It was rendered by the
ChatAnyone project from the MakeHuman base mesh and assets (CC0, September 2020) and is
released under CC0 1.0 Universal:
https://creativecommons.org/publicdomain/zero/1.0/
"""


def read_identity(folder: Path) -> np.ndarray:
    """(K,) float32 coefficients of an avatar written before."""
    with np.load(folder / "fit.npz") as fit:
        return fit["identity"]


def write_avatar(folder: Path, name: str, portrait: Portrait, picture: Picture) -> None:
    """Write avatar.json, the portrait and its matte, background and regions, fit.npz and
    licence.txt."""
    # Machines that only train have no Pillow.
    from PIL import Image

    label = portrait.truth(portrait.resting).label
    fit = exact_fit(portrait) | surface_colours(picture.portrait, label)
    folder.mkdir(parents=True, exist_ok=True)
    person = portrait.person
    description = {
        "name": name,
        "title": person.title,
        "order": person.order,
        "licence": "CC0-1.0",
        "synthetic": True,
        "label": "AI avatar",
        "label_on": True,
    }
    (folder / "avatar.json").write_text(json.dumps(description, indent=2) + "\n")
    (folder / "licence.txt").write_text(LICENCE)
    for file, pixels in (
        ("portrait.png", picture.portrait),
        ("matte.png", picture.matte),
        ("background.png", picture.background),
        ("regions.png", regions(label, picture.matte)),
    ):
        Image.fromarray(_coarser(pixels, person.style)).save(folder / file, optimize=True)
    np.savez_compressed(folder / "fit.npz", **fit)
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{folder.name}: {size / 1000:.0f} kB")


def _coarser(pixels: np.ndarray, style: str) -> np.ndarray:
    """Pictures (H, W, 3) in the steps that their style bears; masks as they are."""
    step = STEPS.get(style, 1)
    if step == 1 or pixels.ndim == 2:
        return pixels
    return np.clip(np.rint(pixels / step) * step, 0, 255).astype(np.uint8)


def regions(label: np.ndarray, matte: np.ndarray) -> np.ndarray:
    """(768, 512) uint8 Region of a map of Label (768, 512), UNKNOWN beside the person; a drawing
    may be wider than the person, there the nearest goes on."""
    seen = (label != Label.NONE).astype(np.uint8)
    _, cell = cv2.distanceTransformWithLabels(
        1 - seen, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL
    )
    nearest = np.zeros(cell.max() + 1, np.uint8)
    nearest[cell[seen > 0]] = label[seen > 0]
    named = np.array([REGION_OF_LABEL.get(one, Region.SKIN) for one in Label], np.uint8)
    return np.where(matte > 127, named[nearest[cell]], Region.UNKNOWN).astype(np.uint8)


def exact_fit(portrait: Portrait) -> dict[str, Any]:
    """The arrays of fit.npz as pipeline.avatar reads them, but for the colours, which the picture
    has."""
    source, camera, person = portrait.source, portrait.camera, portrait.person
    key = person.lighting.boxes[0]
    fill = np.array(person.lighting.boxes[1].colour) * 0.5
    dome = np.mean([dome_radiance(person.lighting, h) for h in np.linspace(-1, 1, 9)], 0)
    white = np.array(key.colour) / np.pi + dome + fill / np.pi
    character = portrait.character
    ink = INKS.get(person.style)
    return ({} if ink is None else {"ink": ink}) | {
        "identity": portrait.identity,
        "actions": source.actions,
        "head_rotation": source.head_rotation,
        "gaze": source.gaze,
        "joint_rotation": source.joint_rotation,
        "focal_px": np.float32(camera.focal_px),
        "principal_px": camera.centre_px.astype(np.float32),
        "camera_rotation": camera.rotation.astype(np.float32),
        "camera_translation": camera.translation.astype(np.float32),
        "sleeve_kind": np.array(person.sleeve),
        "light_direction": key.direction.astype(np.float32),
        "light_key": (np.array(key.colour) / np.pi / white).astype(np.float32),
        "light_ambient": ((dome + fill / np.pi) / white).astype(np.float32),
        "eye_radius_m": np.float32(character.eye_radius_m),
        "iris_radius_m": np.float32(
            character.eye_radius_m * np.sqrt(1 - person.look.iris_cosine**2)
        ),
    }


def surface_colours(pixels: np.ndarray, label: np.ndarray) -> dict[str, np.ndarray]:
    """skin_colour and sleeve_colour (3,) sRGB in [0, 1] of a portrait (768, 512, 3) uint8 and its
    map of Label: medians over the face and over sleeves, as an import has them."""

    def median(labels: tuple[Label, ...], otherwise: np.ndarray) -> np.ndarray:
        return median_colour(pixels[np.isin(label, labels)], otherwise)

    skin = median((Label.FACE,), median(SKIN_LABELS, np.array(AVERAGE_SKIN)))
    sleeves = median((Label.LEFT_SLEEVE, Label.RIGHT_SLEEVE), median(CLOTH_LABELS, skin))
    return {"skin_colour": skin, "sleeve_colour": sleeves}
