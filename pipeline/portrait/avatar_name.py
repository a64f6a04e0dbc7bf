"""Names that an avatar of the user may have."""

from pathlib import Path

from pipeline.avatar import GALLERY, NAME, PICTURES, user_folder
from pipeline.errors import AvatarError

# Names that Windows keeps for devices.
RESERVED = {"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))}


def check_name(name: str, folder: Path | None = None, replace: bool = False) -> None:
    """Raise AvatarError where an avatar cannot be saved under `name` in `folder`.

    folder: of the user's avatars; replace: an avatar of that name may be there
    """
    if not NAME.fullmatch(name) or name != name.strip(" ."):
        raise AvatarError(
            "{name!r} cannot be the name of an avatar; use up to 64 letters (a to "
            "z), digits, spaces, '-' and '_', beginning with a letter or digit.",
            name=name,
        )
    if Path(name).suffix.lower() in PICTURES or name.partition(".")[0].lower() in RESERVED:
        raise AvatarError(
            "{name!r} cannot be the name of an avatar; choose another one.", name=name
        )
    if name.lower() in names_in(GALLERY):
        raise AvatarError("{name!r} is an avatar of the gallery; choose another name.", name=name)
    taken = names_in(folder or user_folder())
    if name.lower() in taken and not replace:
        raise AvatarError(
            "There is an avatar named {name!r} already; choose another name, or "
            "replace it (avatar import --replace).",
            name=taken[name.lower()],
        )


def names_in(folder: Path) -> dict[str, str]:
    """Names of the avatars in a folder by their lower case: some file systems know no other."""
    return {path.parent.name.lower(): path.parent.name for path in folder.glob("*/avatar.json")}
