"""Does a random person hold together? Looks at which part is nearest at every pixel.

Body, hair and cloth are drawn apart by the numpy rasteriser, small and without light, so that the
check also knows what lies behind: an eye under a fringe, skin a millimetre in front of a shirt.

    python -m training.people.check_person --assets PEOPLE_ASSETS --first 0 --count 16
"""

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.rasterizer import Raster, rasterize
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.people.character import WORN, Character, Kind, Part
from training.people.hair_styles import STYLES
from training.people.portrait import Portrait, portrait_texture
from training.people.pose import PosedCharacter
from training.people.random_portrait import random_portrait
from training.people.render_avatar import CACHE
from training.people.scalp import atlas_of, lip_distance
from training.people.strands import alpha_of

OPAQUE = 0.35
# Where the hairline has receded.
BARE_BY_INTENT = 0.85
# Alpha (H, W) of textures by name.
Alphas = dict[str, np.ndarray]
PICTURE_SCALE = 0.375
FACE_SIZE_PX, FACE_SPAN_M = 224, 0.30
MOUTH_SIZE_PX, MOUTH_SPAN_M = 160, 0.09
# The skull above this share of the way from the eyes to the crown carries hair.
SCALP_FROM = 0.80
POKING_M = 0.015
# A thing this little behind skin or cloth has sunk in; hair this little before a hat pokes out.
SUNKEN_M = 0.006
SAME_M = 0.001
SOLID = (Kind.GLASSES, Kind.HEADWEAR, Kind.HEADPHONES, Kind.JEWELLERY)
# Joints whose skin is never bare: below the breast and above the legs.
MIDRIFF = ("spine02", "spine03", "spine04", "spine05", "root", "pelvis")
TORSO = (*MIDRIFF, "spine01", "clavicle", "shoulder", "breast", "upperarm")


@dataclass(frozen=True, slots=True)
class Limits:
    """bare_scalp, hidden_eye, hidden_lips: shares; poking: share of the cloth's pixels;
    midriff: of the picture's; teeth_mm2: of teeth between closed lips; sunken: share of what is
    worn that lies just under skin, cloth or, of a hat, under hair; hollow: of the picture, where
    one sees into clothes that stand off the neck."""

    bare_scalp: float = 0.30
    hidden_eye: float = 0.20
    hidden_lips: float = 0.25
    poking: float = 0.004
    midriff: float = 0.001
    teeth_mm2: float = 8.0
    sunken: float = 0.12
    hollow: float = 0.0015


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, how much of it there is, and how much is allowed."""

    name: str
    amount: float
    limit: float

    def __str__(self) -> str:
        return f"{self.name} {self.amount:.4g} (at most {self.limit:g})"


@dataclass(frozen=True, slots=True)
class Window:
    """A square or rectangular cut of the picture: its centre (2,) px, pixels per picture pixel."""

    centre_px: np.ndarray
    scale: float
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Layer:
    """Some kinds of parts drawn alone. kind, vertex: (T,) of each triangle, 0 and a corner."""

    raster: Raster
    kind: np.ndarray
    vertex: np.ndarray

    def nearest(self, per_triangle: np.ndarray) -> np.ndarray:
        """(H, W): the value of the visible triangle, zero where nothing is."""
        value = np.append(per_triangle, np.zeros(1, per_triangle.dtype))
        return value[self.raster.triangle]


def check(
    resting: PosedCharacter,
    camera: CameraModel,
    hair_alpha: Alphas | None = None,
    limits: Limits = Limits(),
) -> list[Finding]:
    """What is wrong with a person at rest, lips closed; empty if nothing.

    hair_alpha: (H, W) in [0, 1] of each texture of hair, top row first; without it: opaque
    """
    measured = measure(resting, camera, hair_alpha)
    return [
        Finding(name, amount, getattr(limits, name))
        for name, amount in measured.items()
        if amount > getattr(limits, name)
    ]


def measure(
    resting: PosedCharacter, camera: CameraModel, hair_alpha: Alphas | None = None
) -> dict[str, float]:
    """The figures that Limits bounds, by their names there."""
    picture = Window(
        np.array([FRAME_WIDTH_PX, FRAME_HEIGHT_PX]) / 2, PICTURE_SCALE,
        round(FRAME_WIDTH_PX * PICTURE_SCALE), round(FRAME_HEIGHT_PX * PICTURE_SCALE),
    )  # fmt: skip
    return {
        **_head(resting, camera, hair_alpha),
        **_clothes(resting, camera, picture),
        "teeth_mm2": _teeth_mm2(resting, camera),
        "sunken": _sunken(resting, camera, picture, hair_alpha),
        "hollow": _hollow(resting, camera, picture, hair_alpha),
    }


def _head(resting: PosedCharacter, camera: CameraModel, alpha) -> dict[str, float]:
    eyes = resting.eye_centre.mean(0)
    window = _window(camera, eyes, FACE_SPAN_M, FACE_SIZE_PX)
    body = draw(resting, camera, window, (Kind.SKIN, Kind.EYE))
    before = (Kind.HAIR, Kind.HEADWEAR, Kind.HEADPHONES, Kind.GLASSES)
    hair = draw(resting, camera, window, before, alpha)
    behind = hair.raster.depth < body.raster.depth + 0.004
    height = resting.character.rest[body.vertex, 1] - resting.character.eye_centre[:, 1].mean()
    skull = body.nearest((height > SCALP_FROM * height.max()) & (body.kind == Kind.SKIN))
    eye_x = resting.character.rest[body.vertex, 0]
    hidden = 0.0
    for side in (eye_x > 0, eye_x <= 0):
        eye = body.nearest(side & (body.kind == Kind.EYE))
        hidden = max(hidden, _share(behind & eye, eye))
    return {
        "bare_scalp": _share(skull & ~behind, skull),
        "hidden_eye": hidden,
        "hidden_lips": _hidden_lips(resting, camera, alpha),
    }


def _hidden_lips(resting: PosedCharacter, camera: CameraModel, alpha) -> float:
    """Share of the lips that hair or a beard hides."""
    skin = [part for part in resting.character.parts if part.kind == Kind.SKIN]
    middle = np.concatenate([part.uv[part.triangles].mean(1) for part in skin])
    outline = np.concatenate([part.source[part.triangles[:, 0]] for part in skin])
    on_lips = lip_distance(atlas_of(middle)) < 0
    if not on_lips.any():
        return 0.0
    window = _window(
        camera, resting.vertices[outline[on_lips]].mean(0), MOUTH_SPAN_M, MOUTH_SIZE_PX
    )
    body = draw(resting, camera, window, (Kind.SKIN,))
    hair = draw(resting, camera, window, (Kind.HAIR,), alpha)
    lips = body.nearest(on_lips)
    return _share(lips & (hair.raster.depth < body.raster.depth), lips)


def _clothes(resting: PosedCharacter, camera: CameraModel, window: Window) -> dict[str, float]:
    body = draw(resting, camera, window, (Kind.SKIN,))
    cloth = draw(resting, camera, window, (Kind.CLOTH,))
    both = cloth.raster.covered & body.raster.covered
    apart = np.where(both, cloth.raster.depth, 0) - np.where(both, body.raster.depth, 0)
    character = resting.character
    torso = body.nearest(rides_on(character, TORSO)[body.vertex])
    poking = both & torso & (apart > 0) & (apart < POKING_M)
    bare = body.nearest(rides_on(character, MIDRIFF)[body.vertex]) & ~(both & (apart < 0))
    return {
        "poking": float(poking.sum()) / max(int(cloth.raster.covered.sum()), 1),
        "midriff": float(bare.mean()),
    }


def _sunken(resting: PosedCharacter, camera: CameraModel, window: Window, alpha) -> float:
    """The worst of all that is worn."""
    kinds = {part.kind for part in resting.character.parts}
    worst = 0.0
    for kind in SOLID:
        if kind not in kinds:
            continue
        over = (Kind.SKIN, Kind.CLOTH, *((Kind.HAIR,) if kind == Kind.HEADWEAR else ()))
        worn, body = (draw(resting, camera, window, k, alpha) for k in ((kind,), over))
        both = worn.raster.covered & body.raster.covered
        near, far = (np.where(both, layer.raster.depth, 0) for layer in (body, worn))
        behind = far - near
        sunk = both & (behind > 0) & (behind < SUNKEN_M)
        worst = max(worst, _share(sunk, worn.raster.covered))
    return worst


def _hollow(resting: PosedCharacter, camera: CameraModel, window: Window, alpha) -> float:
    """Share of the picture in which the inside of cloth is nearest."""
    outside = draw(resting, camera, window, tuple(Kind), alpha)
    inside = draw(_inside_out(resting), camera, window, (Kind.CLOTH,))
    return float((inside.raster.depth < outside.raster.depth - SAME_M).mean())


def _inside_out(posed: PosedCharacter) -> PosedCharacter:
    character = posed.character
    parts = [replace(part, triangles=part.triangles[:, ::-1]) for part in character.parts]
    return replace(posed, character=replace(character, parts=parts))


def _teeth_mm2(resting: PosedCharacter, camera: CameraModel) -> float:
    character = resting.character
    front = [part for part in character.parts if part.kind == Kind.TEETH]
    if not front:
        return 0.0
    points = resting.vertices[front[0].source]
    window = _window(camera, points[points[:, 2].argmax()], MOUTH_SPAN_M, MOUTH_SIZE_PX)
    inside = draw(resting, camera, window, (Kind.SKIN, Kind.TEETH, Kind.TONGUE))
    pixel_mm = 1000 * MOUTH_SPAN_M / MOUTH_SIZE_PX
    return float(inside.nearest(inside.kind == Kind.TEETH).sum()) * pixel_mm**2


def draw(
    posed: PosedCharacter,
    camera: CameraModel,
    window: Window,
    kinds: tuple[Kind, ...],
    alpha: Alphas | None = None,
) -> Layer:
    """Parts of some kinds alone; hair and what is worn are seen from both sides.

    alpha: of the textures of hair cards; their transparent triangles are left out
    """
    triangles, kind = [np.zeros((0, 3), np.int64)], [np.zeros(0, np.int64)]
    for part in posed.character.parts:
        if part.kind not in kinds or (part.kind == Kind.HAIR and not part.texture):
            continue
        mine = part.source[_solid(part, alpha)]
        if part.kind == Kind.HAIR or part.kind in WORN:
            mine = np.concatenate([mine, mine[:, ::-1]])
        triangles.append(mine)
        kind.append(np.full(len(mine), int(part.kind)))
    all_triangles = np.concatenate(triangles)
    in_camera = posed.vertices @ camera.rotation.T + camera.translation
    depth = np.maximum(in_camera[:, 2], 1e-3)
    pixel = in_camera[:, :2] / depth[:, None] * camera.focal_px + camera.centre_px
    half = np.array([window.width_px, window.height_px]) / 2
    place = (pixel - window.centre_px) * window.scale + half
    raster = rasterize(place, depth, all_triangles, window.width_px, window.height_px)
    return Layer(raster, np.concatenate(kind), all_triangles[:, 0])


def rides_on(character: Character, names: tuple[str, ...]) -> np.ndarray:
    """(N,) bool: vertices that mostly follow joints whose names begin so."""
    of_joint = np.array([n.startswith(names) for n in character.body.skeleton.joint_names])
    return (character.weight * of_joint[character.joint]).sum(1) > 0.6


def _solid(part: Part, alphas: Alphas | None) -> np.ndarray:
    """(T', 3) triangles whose middle is opaque."""
    alpha = (alphas or {}).get(part.texture)
    if part.kind != Kind.HAIR or alpha is None:
        return part.triangles
    middle = part.uv[part.triangles].mean(1) % 1.0
    rows, columns = alpha.shape
    row = np.clip(((1 - middle[:, 1]) * rows).astype(int), 0, rows - 1)
    column = np.clip((middle[:, 0] * columns).astype(int), 0, columns - 1)
    return part.triangles[alpha[row, column] > OPAQUE]


def _window(camera: CameraModel, point: np.ndarray, span_m: float, size_px: int) -> Window:
    x, y, z = camera.rotation @ point + camera.translation
    centre = np.array([x, y]) / z * camera.focal_px + camera.centre_px
    return Window(centre, size_px / (span_m * camera.focal_px / z), size_px, size_px)


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    return float(part.sum()) / max(int(whole.sum()), 1)


def check_portrait(portrait: Portrait, assets: Path) -> list[Finding]:
    """`check` of a dressed person; assets: the folder of their textures."""
    names = {part.texture for part in portrait.character.parts if part.kind == Kind.HAIR}
    alpha = {name: alpha_of(portrait_texture(assets, name)) for name in sorted(names - {""})}
    style = STYLES.get(portrait.person.hair)
    receding = style is not None and style.receded_m > 0
    limits = Limits(bare_scalp=BARE_BY_INTENT) if receding else Limits()
    return check(portrait.resting, portrait.camera, alpha, limits)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--assets", type=Path, required=True, help="MakeHuman assets folder")
    parser.add_argument("--cache", type=Path, default=CACHE, help="full mesh of the template")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--count", type=int, default=16)
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    for seed in range(arguments.first, arguments.first + arguments.count):
        portrait = random_portrait(seed, arguments.assets, arguments.cache, arguments.held_out)
        findings, person = check_portrait(portrait, arguments.assets), portrait.person
        verdict = "; ".join(map(str, findings)) or "fine"
        print(f"{seed} {person.hair} {person.outfit}: {verdict}", flush=True)


if __name__ == "__main__":
    main()
