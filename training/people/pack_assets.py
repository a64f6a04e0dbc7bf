"""Pack the assets that people are made of into one file, for machines without network.

    python -m training.people.pack_assets --assets FOLDER --people 500 --out assets.zip

FOLDER is either one as training.people.assets describes it or a copy of the official release, the
makehuman-assets repository of the MakeHuman community. Geometry becomes compact arrays; WebP
textures are taken as they are, others are reduced and encoded as WebP. The whole mesh of the body
travels along, so that the pack serves as `--assets` and as `--cache` of every command, and so do
so many random people who passed the check, with their identities, which only Anny can solve.
"""

import argparse
import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from training.people.assets import Asset, packed_asset, packed_name, read_mhclo, read_obj
from training.people.body import BODY_ENTRY
from training.people.packed_identities import IDENTITIES_ENTRY, solve_identities

CACHE = Path(__file__).parents[2] / "cache" / BODY_ENTRY
LARGEST_BYTES = 48_000_000
KINDS = ("clothes", "eyebrows", "eyelashes", "hair", "teeth", "tongue")
# No portrait shows feet; displacement and bump maps are not drawn; nobody wears a painted suit.
LEFT_OUT = ("shoes", "displacement", "bump", "specular", "special_suit")
TEXTURE_FOLDERS = (*KINDS, "eyes", "skins")
PICTURES = (".png", ".jpg", ".jpeg", ".tif")
LARGEST_TEXTURE_PX = {"skins": 2048, "eyes": 512, "eyebrows": 512, "eyelashes": 512}
LARGEST_OTHER_PX = 1024
WEBP_QUALITY = 90
# A fixed date, so that the same assets give the same file.
DATE = (2020, 9, 1, 0, 0, 0)


def pack(
    assets: Path, body: Path | None, out: Path, people: Callable[[Path], bytes] | None = None
) -> int:
    """Write the pack and return its size in bytes; under its final name there is never half a file.

    body: makehuman_full.npz, or None to leave it out; people: makes the entry of packed_identities,
    given the pack without it

    Raises:
        FileNotFoundError: the folder holds no assets
        ValueError: the pack would be larger than LARGEST_BYTES
    """
    base = next((b for b in (assets / "geometry" / "base", assets / "base") if b.is_dir()), None)
    if base is None:
        raise FileNotFoundError(f"{assets} has neither the folder geometry/base nor base.")
    draft = out.with_name(out.name + ".part")
    try:
        with zipfile.ZipFile(draft, "w") as archive:
            entries = dict([*geometry(base), *textures(assets, base), *licences(assets)])
            if body is not None:
                entries[BODY_ENTRY] = compressed(body)
            for name, data in sorted(entries.items()):
                archive.writestr(zipfile.ZipInfo(name, DATE), data)
        if people is not None:
            identities = people(draft)
            with zipfile.ZipFile(draft, "a") as archive:
                archive.writestr(zipfile.ZipInfo(IDENTITIES_ENTRY, DATE), identities)
        size = draft.stat().st_size
        if size > LARGEST_BYTES:
            raise ValueError(f"The pack would have {size / 1e6:.1f} MB, more than can travel.")
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    return size


def geometry(base: Path) -> Iterator[tuple[str, bytes]]:
    """Entries of every asset that has both its mesh and its fit."""
    for kind in KINDS:
        for path in sorted((base / kind).glob("*/*.mhclo")):
            mesh = path.with_suffix(".obj")
            if mesh.is_file() and not _left_out(path):
                asset = Asset(path.stem, read_obj(mesh), read_mhclo(path))
                yield packed_name(kind, path.stem), packed_asset(asset)


def textures(assets: Path, base: Path) -> Iterator[tuple[str, bytes]]:
    """Entries of the folder `textures` as they are, or of the official release's pictures."""
    folder = assets / "textures"
    if folder.is_dir():
        for path in sorted(folder.glob("*.webp")):
            if not _left_out(path):
                yield f"textures/{path.name}", path.read_bytes()
        return
    for kind in TEXTURE_FOLDERS:
        limit = LARGEST_TEXTURE_PX.get(kind, LARGEST_OTHER_PX)
        for path in sorted((base / kind).rglob("*")):
            if path.suffix.lower() in PICTURES and not _left_out(path):
                yield f"textures/{path.stem}.webp", as_webp(path, limit)


def _left_out(path: Path) -> bool:
    return any(word in path.name for word in LEFT_OUT)


def as_webp(path: Path, limit_px: int) -> bytes:
    """A picture reduced to `limit_px` on its longer side. Raises ValueError if it cannot be read,
    as where a copy of the repository holds only git-lfs pointers."""
    pixels = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise ValueError(f"{path} is no picture; fetch the real files with `git lfs pull`.")
    if pixels.dtype == np.uint16:
        pixels = np.right_shift(pixels, 8).astype(np.uint8)
    if pixels.ndim == 2:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR)
    scale = limit_px / max(pixels.shape[:2])
    if scale < 1:
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".webp", pixels, [cv2.IMWRITE_WEBP_QUALITY, WEBP_QUALITY])[1].tobytes()


def licences(assets: Path) -> Iterator[tuple[str, bytes]]:
    for folder in (assets / "geometry", assets):
        if (folder / "LICENSE.txt").is_file():
            yield "LICENSE.txt", (folder / "LICENSE.txt").read_bytes()
            return


def compressed(body: Path) -> bytes:
    """The arrays of an npz file, deflated."""
    out = io.BytesIO()
    with np.load(body) as arrays:
        np.savez_compressed(out, **{name: arrays[name] for name in arrays.files})
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--assets", type=Path, required=True, help="folder or official release")
    parser.add_argument("--cache", type=Path, default=CACHE, help="full mesh of the template")
    parser.add_argument("--without-body", action="store_true", help="leave the full mesh out")
    parser.add_argument("--people", type=int, default=0, help="random people to solve (needs Anny)")
    parser.add_argument("--held-out", type=int, default=0, help="of the sixteen for evaluation")
    parser.add_argument("--out", type=Path, required=True, help="pack to write")
    arguments = parser.parse_args()
    body = None if arguments.without_body else arguments.cache
    if body is not None and not body.is_file():
        parser.error(f"{body} is missing; run python -m training.template.export_template first")
    try:
        asked = {"people": arguments.people, "held_out": arguments.held_out}
        solve = partial(solve_identities, cache=arguments.cache, **asked)
        size = pack(arguments.assets, body, arguments.out, solve if any(asked.values()) else None)
    except (FileNotFoundError, ValueError) as fault:
        parser.error(str(fault))
    print(f"{arguments.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
