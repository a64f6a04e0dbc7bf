"""The avatar folder of an imported portrait: written whole or not at all, and removed again."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.avatar import GALLERY, user_folder
from pipeline.errors import AvatarError
from pipeline.portrait.avatar_name import check_name, names_in
from pipeline.portrait.consent import Consent
from pipeline.portrait.import_portrait import ImportedPortrait
from pipeline.version import VERSION

LABEL = "AI avatar"
LICENCE = """\
This portrait was made from a picture of the user's own, who declared on {date}:
"{statement}"
It belongs to the user and to the person it shows. It is no part of ChatAnyone and not
covered by its licence.
"""


def save(
    imported: ImportedPortrait,
    name: str,
    consent: Consent,
    folder: Path | None = None,
    *,
    replace: bool = False,
) -> Path:
    """Write the avatar folder and return it; nothing is left behind where that fails.

    folder: of the user's avatars; replace: an avatar of the same name
    Raises AvatarError for a name that cannot be taken and where the disk refuses.
    """
    folder = folder or user_folder()
    check_name(name, folder, replace)
    taken = names_in(folder).get(name.lower(), name)
    with _disk_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=".new-", dir=folder, ignore_cleanup_errors=True
        ) as near:
            fresh = Path(near, "fresh")
            write_avatar(imported, name, consent, fresh)
            _exchange(folder / taken, fresh, folder / name, Path(near, "old"))
    return folder / name


def write_avatar(imported: ImportedPortrait, name: str, consent: Consent, folder: Path) -> None:
    """Write the files of an avatar into a new folder. Raises OSError where that fails."""
    folder.mkdir()
    layers = imported.layers
    pictures = {
        "portrait.png": imported.framed.pixels,
        "matte.png": layers.matte,
        "background.png": layers.background,
        "regions.png": layers.regions,
    }
    for file_name, pixels in pictures.items():
        ordered = pixels[..., ::-1] if pixels.ndim == 3 else pixels
        ok, data = cv2.imencode(".png", ordered)
        assert ok
        (folder / file_name).write_bytes(data.tobytes())
    with (folder / "fit.npz").open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **_fit_arrays(imported))
    (folder / "licence.txt").write_text(
        LICENCE.format(date=consent.date, statement=consent.statement), encoding="utf-8"
    )
    description = {
        "name": name,
        "title": name,
        "licence": "user",
        "synthetic": False,
        "label": LABEL,
        "label_on": True,
        "consent": consent.as_json(),
        "made_with": VERSION,
    }
    # Last: a folder with a description is an avatar.
    (folder / "avatar.json").write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")


def _exchange(former: Path, fresh: Path, wanted: Path, aside: Path) -> None:
    """Move `fresh` to `wanted` and `former`, where there is one, aside; both or none."""
    if not former.exists():
        os.replace(fresh, wanted)
        return
    os.replace(former, aside)
    try:
        os.replace(fresh, wanted)
    except BaseException:
        os.replace(aside, former)
        raise


def remove_avatar(name: str, folder: Path | None = None) -> None:
    """Delete one of the user's avatars. Raises AvatarError where it is none of them."""
    folder = folder or user_folder()
    own = names_in(folder)
    if name not in own.values():
        if name.lower() in names_in(GALLERY):
            raise AvatarError("{name!r} is an avatar of the gallery and stays.", name=name)
        known = ", ".join(sorted(own.values())) or "none"
        raise AvatarError(
            "You have no avatar named {name!r}; your own: {known}.", name=name, known=known
        )
    with (
        _disk_faults(folder),
        tempfile.TemporaryDirectory(prefix=".old-", dir=folder, ignore_cleanup_errors=True) as near,
    ):
        os.replace(folder / name, Path(near, name))


def _fit_arrays(imported: ImportedPortrait) -> dict[str, Any]:
    """As `pipeline.avatar.read_avatar` wants them."""
    fit, layers = imported.fit, imported.layers
    return {
        "identity": fit.identity,
        "correction": np.asarray(fit.correction, np.float16),
        "actions": fit.source.actions,
        "head_rotation": fit.source.head_rotation,
        "gaze": fit.source.gaze,
        "joint_rotation": fit.source.joint_rotation,
        "focal_px": np.float32(fit.camera.focal_px),
        "principal_px": np.asarray(fit.camera.centre_px, np.float32),
        "camera_rotation": np.asarray(fit.camera.rotation, np.float32),
        "camera_translation": np.asarray(fit.camera.translation, np.float32),
        "skin_colour": np.asarray(layers.skin_colour, np.float32),
        "sleeve_colour": np.asarray(layers.sleeve_colour, np.float32),
        "sleeve_kind": np.array("long" if layers.long_sleeves else "short"),
        "light_direction": np.asarray(layers.light.direction, np.float32),
        "light_key": np.asarray(layers.light.key, np.float32),
        "light_ambient": np.asarray(layers.light.ambient, np.float32),
        "eye_radius_m": np.float32(fit.eye_radius_m),
        "iris_radius_m": np.float32(fit.iris_radius_m),
    }


@contextmanager
def _disk_faults(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        reason = (fault.strerror or str(fault)).lower()
        raise AvatarError(
            "The avatar cannot be changed in {folder} ({reason}); free space or "
            "check the folder's permissions.",
            folder=folder,
            reason=reason,
        ) from fault
