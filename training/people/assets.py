"""MakeHuman assets on disk: Wavefront meshes, MakeClo fits and WebP textures (all CC0).

They are a folder with two parts, `geometry/base/<kind>/<name>/` with `<name>.mhclo` and
`<name>.obj`, and `textures/`; or one file written by pack_assets, which holds the same. Every
function here takes either. Offsets in the files are decimetres; everything we return is metres.
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np


@dataclass(frozen=True, slots=True)
class Mesh:
    """A triangle mesh with its own texture seams.

    vertices: (V, 3) float32; triangles: (T, 3) int32 into vertices
    uv: (U, 2) float32, v up; uv_triangles: (T, 3) int32 into uv
    """

    vertices: np.ndarray
    triangles: np.ndarray
    uv: np.ndarray
    uv_triangles: np.ndarray


@dataclass(frozen=True, slots=True)
class Fit:
    """How a garment, a hair style or a set of teeth rides on the base mesh (MakeClo).

    reference: (V, 3) int32 base vertices; weight: (V, 3) float32, sums to one
    offset: (V, 3) float32 decimetres at the size of the author's own figure
    scale: for each axis two base vertices and the distance (decimetres) they had there
    deleted: (D,) int32 base vertices hidden underneath
    """

    reference: np.ndarray
    weight: np.ndarray
    offset: np.ndarray
    scale: tuple[tuple[int, int, float], tuple[int, int, float], tuple[int, int, float]]
    deleted: np.ndarray

    def place(self, rest_m: np.ndarray) -> np.ndarray:
        """Vertices (V, 3) in metres on a figure whose base mesh is `rest_m` (B, 3)."""
        size = [
            abs(float(rest_m[a, axis] - rest_m[b, axis])) / length
            for axis, (a, b, length) in enumerate(self.scale)
        ]
        anchor = (rest_m[self.reference] * self.weight[..., None]).sum(1)
        return (anchor + self.offset * np.array(size)).astype(np.float32)

    def carry(self, field: np.ndarray) -> np.ndarray:
        """A linear field (..., B, C) of the base mesh at the fitted vertices (..., V, C)."""
        return (field[..., self.reference, :] * self.weight[..., None]).sum(-2)


@dataclass(frozen=True, slots=True)
class Asset:
    """One proxy: its mesh (only its topology is used) and its fit."""

    name: str
    mesh: Mesh
    fit: Fit


def read_obj(path: Path) -> Mesh:
    """Read vertices, texture coordinates and faces (fanned into triangles) of an .obj file."""
    vertices, uv, fans = [], [], []
    for line in path.read_text().splitlines():
        key, _, rest = line.partition(" ")
        if key == "v":
            vertices.append([float(x) for x in rest.split()[:3]])
        elif key == "vt":
            uv.append([float(x) for x in rest.split()[:2]])
        elif key == "f":
            words = [corner.split("/") for corner in rest.split()]
            c = [(int(w[0]) - 1, int(w[1]) - 1 if len(w) > 1 and w[1] else 0) for w in words]
            fans += [(c[0], c[k], c[k + 1]) for k in range(1, len(c) - 1)]
    corner = np.array(fans, np.int32).reshape(-1, 3, 2)
    return Mesh(
        np.array(vertices, np.float32),
        np.ascontiguousarray(corner[..., 0]),
        np.array(uv or [[0.0, 0.0]], np.float32),
        np.ascontiguousarray(corner[..., 1]),
    )


def read_mhclo(path: Path) -> Fit:
    """Read a MakeClo file: the fit of each vertex, the three scales, the hidden base vertices.

    Raises ValueError where a scale is missing. Source: makehumancommunity.org, "MakeClothes".
    """
    scale: dict[str, tuple[int, int, float]] = {}
    rows: list[list[float]] = []
    deleted: list[int] = []
    section = ""
    for line in path.read_text().splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0][0].isalpha():
            # Other keywords may stand between `verts` and its rows.
            section = words[0] if words[0] in ("verts", "delete_verts") else section
            if words[0].endswith("_scale"):
                scale[words[0][0]] = (int(words[1]), int(words[2]), float(words[3]))
        elif section == "verts":
            single = [float(words[0])] * 3 + [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]
            rows.append(single if len(words) == 1 else [float(x) for x in words])
        elif section == "delete_verts":
            deleted += _ranges(words)
    if set(scale) != set("xyz"):
        raise ValueError(f"{path.name} has no x, y and z scale.")
    table = np.array(rows, np.float64)
    return Fit(
        table[:, :3].astype(np.int32),
        table[:, 3:6].astype(np.float32),
        table[:, 6:9].astype(np.float32),
        (scale["x"], scale["y"], scale["z"]),
        np.array(deleted, np.int32),
    )


def _ranges(words: list[str]) -> list[int]:
    """`3 7 - 9` -> 3, 7, 8, 9."""
    numbers: list[int] = []
    k = 0
    while k < len(words):
        if words[k] == "-":
            numbers += range(numbers[-1] + 1, int(words[k + 1]) + 1)
            k += 2
        else:
            numbers.append(int(words[k]))
            k += 1
    return numbers


def load_asset(assets: Path, kind: str, name: str) -> Asset:
    """An asset of the folder or pack, for example load_asset(assets, "hair", "ponytail01").

    Raises FileNotFoundError where there is none of that name.
    """
    if assets.is_file():
        return unpacked_asset(name, read_entry(assets, packed_name(kind, name)))
    home = assets / "geometry" / "base" / kind / name
    if not home.is_dir():  # a second style of another asset stands in that one's folder
        found = sorted((assets / "geometry" / "base" / kind).glob(f"*/{name}.mhclo"))
        home = found[0].parent if found else home
    return Asset(name, read_obj(home / f"{name}.obj"), read_mhclo(home / f"{name}.mhclo"))


def load_texture(assets: Path, name: str) -> np.ndarray:
    """RGBA uint8 (H, W, 4), top row first; colour is bled into transparent texels."""
    data = read_entry(assets, f"textures/{name}.webp")
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise ValueError(f"The texture {name} of {assets} is no picture.")
    if pixels.shape[2] == 3:
        return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGBA)
    return _bleed(cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGBA))


def has_texture(assets: Path, name: str) -> bool:
    """Is there a texture of that name?"""
    if not assets.is_file():
        return (assets / "textures" / f"{name}.webp").is_file()
    with zipfile.ZipFile(assets) as pack:
        return f"textures/{name}.webp" in pack.namelist()


def read_entry(assets: Path, name: str) -> bytes:
    """One file of the folder or pack. Raises FileNotFoundError where it is missing."""
    if not assets.is_file():
        return (assets / name).read_bytes()
    # Opened anew each time: processes that fork must not share a place in the file.
    with zipfile.ZipFile(assets) as pack:
        try:
            return pack.read(name)
        except KeyError:
            raise FileNotFoundError(f"{name} is not in the pack {assets}.") from None


def packed_name(kind: str, name: str) -> str:
    """Where a pack keeps an asset's geometry."""
    return f"geometry/{kind}/{name}.npz"


def packed_asset(asset: Asset) -> bytes:
    """Mesh and fit as one npz file, nothing rounded."""
    mesh, fit = asset.mesh, asset.fit
    out = io.BytesIO()
    np.savez_compressed(
        out,
        vertices=mesh.vertices, triangles=mesh.triangles, uv=mesh.uv,
        uv_triangles=mesh.uv_triangles, reference=fit.reference, weight=fit.weight,
        offset=fit.offset, scale=np.array(fit.scale, np.float64), deleted=fit.deleted,
    )  # fmt: skip
    return out.getvalue()


def unpacked_asset(name: str, data: bytes) -> Asset:
    """The inverse of packed_asset."""
    with np.load(io.BytesIO(data)) as arrays:
        a = {key: arrays[key] for key in arrays.files}
    x, y, z = ((int(first), int(second), float(dm)) for first, second, dm in a["scale"])
    mesh = Mesh(a["vertices"], a["triangles"], a["uv"], a["uv_triangles"])
    return Asset(name, mesh, Fit(a["reference"], a["weight"], a["offset"], (x, y, z), a["deleted"]))


def _bleed(rgba: np.ndarray) -> np.ndarray:
    """Spread opaque colour outwards, so that mipmaps of cut-outs have no dark fringe."""
    alpha = rgba[..., 3:].astype(np.float32) / 255
    colour = rgba[..., :3].astype(np.float32)
    opaque = np.dstack([colour * alpha, alpha])
    spread = np.zeros_like(colour)
    left = np.ones_like(alpha)
    for sigma in (1.5, 6.0, 24.0, 90.0):
        blurred = _blurred(opaque, sigma)
        weight = blurred[..., 3:] + 1e-6
        share = np.clip(weight * 8, 0, 1) * left
        spread += blurred[..., :3] / weight * share
        left = left - share
    keep = np.clip(alpha * 2, 0, 1)
    rgba[..., :3] = np.clip(colour * keep + spread * (1 - keep), 0, 255)
    return rgba


def _blurred(pixels: np.ndarray, sigma_px: float) -> np.ndarray:
    """Gaussian blur; a wide one of the picture made smaller, as wide as two pixels there."""
    height, width = pixels.shape[:2]
    step = max(1, int(min(sigma_px / 2, height, width)))
    if step == 1:
        return cv2.GaussianBlur(pixels, (0, 0), sigma_px)
    size = max(width // step, 1), max(height // step, 1)
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma_px / step)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
