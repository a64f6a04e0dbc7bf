"""One person of the gallery, from assets to a rendered frame."""

from pathlib import Path

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.template import SourcePose
from training.people.adornment import Adorned, on_cloth
from training.people.assets import has_texture, load_asset, load_texture
from training.people.backdrop import paint
from training.people.beard import grown_beard
from training.people.body import Body, load_body
from training.people.camera import portrait_camera
from training.people.character import Builder, Character, Kind
from training.people.cloth_pattern import TEXTURE, painted
from training.people.coat import coat
from training.people.fringe import swept
from training.people.ground_truth import GroundTruth, GroundTruthRenderer
from training.people.hair_style import grown_hair
from training.people.hair_styles import STYLES
from training.people.hair_texture import hair_texture, is_hair_texture
from training.people.layers import Outfit
from training.people.lighting import tone_mapped
from training.people.looseness import Loose, loose_parts
from training.people.over_cloth import OverCloth
from training.people.person import Person
from training.people.picture import Picture, to_bytes
from training.people.pose import PosedCharacter, actions_from, hanging_arms, posed
from training.people.renderer import Renderer, Shot
from training.people.styles.scene import Scene
from training.people.styles.style import PORTRAIT_STYLES


class Portrait:
    """A person dressed, posed and framed; draws frames of them."""

    def __init__(self, person: Person, assets: Path, cache: Path, identity):
        self.person = person
        self.identity = np.asarray(identity, np.float32)
        body = load_body(cache, self.identity)
        self.character = dress(person, body, assets)
        self.source = source_pose(person, body)
        self.resting = posed(self.character, self.source)
        self.camera = frame_camera(person, self.resting)
        self._assets = assets
        self._renderer: Renderer | None = None
        self._loose: Loose | None = None
        self._plate: np.ndarray | None = None

    def draw(self, pose: PosedCharacter, passes: int, supersample: int = 2) -> Picture:
        """Render one pose over the person's backdrop, or draw it in their style."""
        person, plate = self.person, self.plate
        shot, renderer = self.shot(pose), self.renderer(supersample)
        if person.style:
            surfaces = renderer.surfaces(shot, passes)
            scene = Scene(surfaces, self.truth(pose), self.camera, plate, person.look)
            return PORTRAIT_STYLES[person.style](scene)
        radiance = renderer.render(shot, passes)
        matte, exposure = radiance[..., 3:], person.lighting.exposure
        over = tone_mapped(radiance[..., :3] + plate * (1 - matte), exposure)
        behind = tone_mapped(plate, exposure)
        return Picture(to_bytes(over), to_bytes(matte[..., 0]), to_bytes(behind))

    def truth(self, pose: PosedCharacter) -> GroundTruth:
        """The maps of one pose, seen from itself."""
        maps = GroundTruthRenderer(self.textures(), self.renderer().context)
        return maps.draw(self.shot(pose), self.shot(pose))

    @property
    def plate(self) -> np.ndarray:
        """(768, 512, 3) linear radiance behind the person, painted when first asked for."""
        if self._plate is None:
            self._plate = paint(self.person.backdrop)
        return self._plate

    @property
    def loose(self) -> Loose:
        """What hangs free, found when first asked for."""
        if self._loose is None:
            self._loose = loose_parts(self.character)
        return self._loose

    def shot(self, pose: PosedCharacter) -> Shot:
        """One pose under the light of the portrait's set."""
        return Shot(pose, self.person.look, self.camera, self.person.lighting)

    def renderer(self, supersample: int = 2) -> Renderer:
        """What draws this person, made once."""
        if self._renderer is None:
            self._renderer = Renderer(self.textures(), supersample)
        return self._renderer

    def textures(self) -> dict[str, np.ndarray]:
        """RGBA pictures by name of all that the person wears and is."""
        parts = self.character.parts
        names = {part.texture for part in parts if part.texture and part.texture != TEXTURE}
        reliefs = [part.relief + suffix for part in parts if part.relief
                   for suffix in ("_normal", "_ao")]  # fmt: skip
        names |= {name for name in reliefs if has_texture(self._assets, name)}
        textures = {name: portrait_texture(self._assets, name) for name in sorted(names)}
        if self.person.pattern:
            textures[TEXTURE] = painted(self.character, self.person.pattern)
        return textures


def portrait_texture(assets: Path, name: str) -> np.ndarray:
    """RGBA uint8 of one of the assets, or painted hair."""
    return hair_texture(name) if is_hair_texture(name) else load_texture(assets, name)


def dress(person: Person, body: Body, assets: Path) -> Character:
    """Put on eyes, brows, lashes, teeth, tongue, hair and the outfit."""
    layers = person.layers
    under = load_asset(assets, "clothes", layers.under) if layers.under else None
    outfit = Outfit(layers, body, load_asset(assets, "clothes", person.outfit), under)
    adorned = Adorned(person.adornment, body, outfit.outer)
    over_cloth = OverCloth(outfit.outer, body)
    builder = Builder(body, lambda hair: adorned.over_hair(over_cloth.lifted(hair)))
    builder.add_skin(outfit.hidden, person.skin)
    builder.add_eyes()
    for kind, folder, name, texture in (
        (Kind.BROW, "eyebrows", person.brow, person.brow),
        (Kind.LASH, "eyelashes", person.lash, person.lash),
        (Kind.TEETH, "teeth", "teeth_base", "teeth"),
        (Kind.TONGUE, "tongue", "tongue01", "tongue01_diffuse"),
    ):
        builder.add_asset(kind, load_asset(assets, folder, name), texture, moves=True)
    _add_hair(builder, person, body, assets)
    texture = person.outfit + "_diffuse" if person.outfit_colours else ""
    texture = TEXTURE if person.pattern else texture
    outfit.put_on(builder, texture, person.outfit)
    outfit.put_around_neck(builder, on_cloth(outfit.outer, body))
    adorned.put_on(builder)
    return builder.finish()


def _add_hair(builder: Builder, person: Person, body: Body, assets: Path) -> None:
    for piece in grown_beard(person.beard, body, person.order) if person.beard else ():
        builder.add_grown(piece)
    if person.hair in STYLES:
        for piece in grown_hair(STYLES[person.hair], body, person.order):
            builder.add_grown(piece)
        return
    builder.add_grown(coat(body, "coat_under"))
    hair = load_asset(assets, "hair", person.hair)
    hair = swept(hair, body) if person.swept else hair
    texture = person.hair_texture or person.hair + "_diffuse"
    builder.add_asset(Kind.HAIR, hair, texture, moves=False)
    if person.groom:
        builder.add_strands(load_texture(assets, texture), person.groom)


def source_pose(person: Person, body: Body) -> SourcePose:
    """How the person sits in the portrait: arms at the sides, looking at the camera."""
    joints = hanging_arms(body.skeleton, person.shoulder_drop_rad)
    head = np.array(person.head_rotation, np.float32)
    gaze = np.tile(-head[:2], (2, 1))
    return SourcePose(actions_from(person.expression), head, gaze, joints)


def frame_camera(person: Person, resting: PosedCharacter) -> CameraModel:
    """Camera whose picture leaves `headroom` (share of its height) above hair or hat."""
    tall = (Kind.HAIR, Kind.SKIN, Kind.HEADWEAR, Kind.HEADPHONES)
    parts = [part for part in resting.character.parts if part.kind in tall]
    top = max(float(resting.vertices[part.source][:, 1].max()) for part in parts)
    height = top + person.headroom * person.span_m - person.span_m / 2
    target = np.array([0.0, height, 0.05])
    return portrait_camera(target, person.span_m, person.lens_mm, person.pitch_rad)
