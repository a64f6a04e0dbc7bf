"""Avatars: a portrait with its matte, its clean background and its fit to the template."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import cv2
import numpy as np
import platformdirs

from pipeline.camera_model import CameraModel
from pipeline.errors import AvatarError
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.template import SourcePose

GALLERY = Path(__file__).parents[1] / "resources" / "avatars"
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".heic", ".bmp", ".tif", ".tiff", ".gif"}
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,63}")
SIZE = (FRAME_HEIGHT_PX, FRAME_WIDTH_PX)


@dataclass(frozen=True, slots=True)
class Light:
    """The portrait's light as far as rendered hands need it, linear, relative to white.

    direction (3,) unit, towards the key light, template axes; key (3,), ambient (3,)
    """

    direction: np.ndarray
    key: np.ndarray
    ambient: np.ndarray


@dataclass(frozen=True, slots=True)
class Avatar:
    """One person to speak through.

    portrait (768, 512, 3) uint8 sRGB; matte (768, 512) uint8; background (768, 512, 3) uint8,
    the scene without the person; regions (768, 512) uint8 Region, all UNKNOWN where nobody
    looked; identity (K,); correction (V, 3) metres (or 0), what the rest shape
    lacks of the portrait beyond its identity; source: the pose in the portrait; camera;
    skin_colour, sleeve_colour (3,) sRGB in [0, 1]; long_sleeves: cloth reaches the wrists
    ink: (3,) sRGB in [0, 1] of a drawing's outlines, None where it has none
    """

    name: str
    title: str
    folder: Path
    portrait: np.ndarray
    matte: np.ndarray
    background: np.ndarray
    regions: np.ndarray
    identity: np.ndarray
    correction: np.ndarray
    source: SourcePose
    camera: CameraModel
    skin_colour: np.ndarray
    sleeve_colour: np.ndarray
    long_sleeves: bool
    light: Light
    ink: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class AvatarEntry:
    """An avatar of the gallery: what a picker shows without loading the fit."""

    name: str
    title: str
    folder: Path
    portrait_path: Path


def user_folder() -> Path:
    """Where the user's own avatars are kept."""
    return Path(platformdirs.user_data_dir("ChatAnyone", appauthor=False)) / "avatars"


def list_avatars(folders: tuple[Path, ...] | None = None) -> list[AvatarEntry]:
    """The gallery in its own order, then the user's avatars by name.

    A damaged one is listed by its folder's name; loading it says what is wrong.
    """
    entries = []
    for folder in folders if folders is not None else (GALLERY, user_folder()):
        found = []
        for description in sorted(folder.glob("*/avatar.json")):
            try:
                data = _read_description(description)
            except AvatarError:
                data = {}
            entry = AvatarEntry(
                description.parent.name,
                str(data.get("title", description.parent.name)),
                description.parent,
                description.parent / "portrait.png",
            )
            found.append((int(data.get("order", 1000)), entry.name, entry))
        entries += [entry for *_, entry in sorted(found)]
    return entries


def load_avatar(name: str | None = None, folders: tuple[Path, ...] | None = None) -> Avatar:
    """Load an avatar by name, or by the absolute path of its folder; None is the first.

    Raises AvatarError for an unknown name (listing the known ones) and for a damaged folder.
    """
    if name is not None and Path(name).is_absolute() and (Path(name) / "avatar.json").is_file():
        return read_avatar(Path(name))
    entries = list_avatars(folders)
    if not entries:
        raise AvatarError("There are no avatars: the installation is incomplete, install it again.")
    if name is None:
        return read_avatar(entries[0].folder)
    known = ", ".join(entry.name for entry in entries)
    if Path(name).suffix.lower() in PICTURES:
        raise AvatarError(
            "{name} is a picture and no avatar yet; import it with `avatar import`, "
            "or choose one of: {known}.",
            name=Path(name).name,
            known=known,
        )
    if not NAME.fullmatch(name):
        raise AvatarError(
            "{name!r} is not a name for an avatar; choose one of: {known}.", name=name, known=known
        )
    for entry in entries:
        if entry.name == name:
            return read_avatar(entry.folder)
    raise AvatarError(
        "There is no avatar named {name!r}; choose one of: {known}.", name=name, known=known
    )


def read_avatar(folder: Path) -> Avatar:
    """Read one avatar folder. Raises AvatarError with the file that is missing or damaged."""
    data = _read_description(folder / "avatar.json")
    matte = _read_picture(folder / "matte.png", cv2.IMREAD_GRAYSCALE)
    portrait = _read_picture(folder / "portrait.png", cv2.IMREAD_COLOR_RGB)
    background = _read_picture(folder / "background.png", cv2.IMREAD_COLOR_RGB)
    regions = np.zeros(SIZE, np.uint8)
    if (folder / "regions.png").is_file():
        regions = _read_picture(folder / "regions.png", cv2.IMREAD_GRAYSCALE)
    try:
        with (folder / "fit.npz").open("rb") as stream, np.load(stream) as file:
            fit = {key: file[key] for key in file.files}
        title = str(data.get("title", folder.name))
        return fitted(folder, title, (portrait, matte, background, regions), fit)
    except (OSError, KeyError, ValueError, BadZipFile) as fault:
        raise AvatarError(
            "The avatar {name!r} is damaged (fit.npz: {reason}); import it again.",
            name=folder.name,
            reason=fault,
        ) from fault


def fitted(
    folder: Path, title: str, pictures: tuple[np.ndarray, ...], fit: dict[str, np.ndarray]
) -> Avatar:
    """An avatar of its pictures (portrait, matte, background, regions) and the arrays of fit.npz.

    Raises KeyError or ValueError where an array is missing or of another kind.
    """
    portrait, matte, background, regions = pictures
    return Avatar(
        name=folder.name,
        title=title,
        folder=folder,
        portrait=portrait,
        matte=matte,
        background=background,
        regions=regions,
        identity=fit["identity"].astype(np.float32),
        correction=np.asarray(fit.get("correction", 0.0), np.float32),
        source=SourcePose(
            *(
                fit[key].astype(np.float32)
                for key in ("actions", "head_rotation", "gaze", "joint_rotation")
            )
        ),
        camera=CameraModel(
            float(fit["focal_px"]),
            *(
                fit[key].astype(np.float32)
                for key in ("principal_px", "camera_rotation", "camera_translation")
            ),
        ),
        skin_colour=fit["skin_colour"].astype(np.float32),
        sleeve_colour=fit["sleeve_colour"].astype(np.float32),
        long_sleeves=str(fit["sleeve_kind"]) == "long",
        light=Light(
            *(
                fit[key].astype(np.float32)
                for key in ("light_direction", "light_key", "light_ambient")
            )
        ),
        ink=fit["ink"].astype(np.float32) if "ink" in fit else None,
    )


def _read_description(path: Path) -> dict:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {**data}
    except (OSError, TypeError, ValueError) as fault:
        raise AvatarError(
            "The avatar {name!r} is damaged: {file}.", name=path.parent.name, file=path.name
        ) from fault


def _read_picture(path: Path, flags: int) -> np.ndarray:
    picture = cv2.imread(str(path), flags) if path.is_file() else None
    if picture is None or picture.shape[:2] != SIZE:
        raise AvatarError(
            "The avatar {name!r} is damaged: {file} is missing or not {width}x{height}.",
            name=path.parent.name,
            file=path.name,
            width=FRAME_WIDTH_PX,
            height=FRAME_HEIGHT_PX,
        )
    return picture
