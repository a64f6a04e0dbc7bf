"""Everything that describes one rendered person."""

from dataclasses import dataclass, field

from training.people.adornment import Adornment
from training.people.backdrop import Backdrop
from training.people.cloth_pattern import Pattern
from training.people.layers import Layers
from training.people.lighting import Lighting
from training.people.look import Look
from training.people.strands import Groom


@dataclass(frozen=True, slots=True)
class Person:
    """phenotype, local_changes: Anny's; expression: ARKit actions of the resting face.

    skin, hair, brow, lash: names of assets; hair_texture: if not named like the hair
    hair may also be one of hair_styles.STYLES; beard: of beard.BEARDS, or ""
    outfit: a garment among the assets, with its own colours (textured) if outfit_colours,
    else plain in look.cloth_colour; sleeve: 'long' or 'short'
    pattern: cloth painted over the garment instead; swept: see fringe.swept
    groom: single hairs over the hair cards; span_m: what the picture's height covers
    lens_mm, pitch_rad: see camera.portrait_camera; adornment: glasses, hats, jewellery
    layers: how the outfit is cut and what is worn under it and around the neck
    headroom: share of the picture above the hair; shoulder_drop_rad: see pose.hanging_arms
    head_rotation: radians yaw, pitch, roll; the eyes stay on the camera
    style: one of styles.style.PORTRAIT_STYLES that draws the portrait, "" looks like a photograph
    """

    title: str
    order: int
    phenotype: dict[str, float]
    local_changes: dict[str, float]
    expression: dict[str, float]
    skin: str
    hair: str
    brow: str
    lash: str
    outfit: str
    look: Look
    lighting: Lighting
    backdrop: Backdrop
    span_m: float = 0.70
    headroom: float = 0.075
    shoulder_drop_rad: float = 0.26
    outfit_colours: bool = False
    sleeve: str = "long"
    groom: Groom | None = None
    hair_texture: str = ""
    pattern: Pattern | None = None
    swept: bool = False
    lens_mm: float = 75.0
    pitch_rad: float = 0.03
    adornment: Adornment = field(default_factory=Adornment)
    layers: Layers = field(default_factory=Layers)
    beard: str = ""
    head_rotation: tuple[float, float, float] = (0.0, 0.0, 0.0)
    style: str = ""
