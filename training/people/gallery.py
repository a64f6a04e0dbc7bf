"""The people who ship with the application. All are synthetic."""

from dataclasses import dataclass, field, replace

from training.people.adornment import Adornment
from training.people.backdrop import Backdrop
from training.people.cloth_pattern import Pattern
from training.people.layers import Layers
from training.people.lighting import AreaLight, Lighting
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


STUDIO = Lighting(
    boxes=(
        AreaLight(0.66, 0.55, 0.28, (2.7, 2.50, 2.25)),
        AreaLight(-0.85, 0.12, 0.60, (0.50, 0.54, 0.60)),
        AreaLight(-2.45, 0.55, 0.25, (2.2, 2.25, 2.4)),
        AreaLight(2.5, 0.50, 0.25, (1.6, 1.45, 1.3)),
    ),
    sky=(0.25, 0.26, 0.28),
    horizon=(0.22, 0.215, 0.21),
    ground=(0.14, 0.12, 0.105),
)

OFFICE = Backdrop(
    wall=(0.150, 0.165, 0.170),
    floor=(0.080, 0.076, 0.072),
    window=(-0.30, -0.10, 0.13, 0.60),
    window_light=(0.40, 0.45, 0.48),
    shelves=((0.70, 0.165, 1.3, 0.18), (0.70, 0.375, 1.3, 0.39), (0.10, -0.1, 0.12, 0.64)),
    shelf_colour=(0.060, 0.042, 0.030),
    accents=(
        (0.78, 0.115, 0.055, (0.06, 0.11, 0.07)),
        (0.93, 0.110, 0.050, (0.26, 0.15, 0.08)),
        (0.83, 0.325, 0.045, (0.07, 0.10, 0.14)),
        (0.97, 0.310, 0.060, (0.26, 0.24, 0.20)),
        (0.93, 0.560, 0.075, (0.62, 0.42, 0.24)),
    ),
    blur_px=32.0,
)

STUDY = Backdrop(
    wall=(0.115, 0.105, 0.095),
    floor=(0.055, 0.050, 0.047),
    window=(0.86, -0.10, 1.30, 0.55),
    window_light=(0.34, 0.38, 0.42),
    shelves=((-0.3, 0.20, 0.26, 0.215), (-0.3, 0.42, 0.26, 0.435)),
    shelf_colour=(0.105, 0.062, 0.034),
    accents=(
        (0.06, 0.16, 0.060, (0.20, 0.09, 0.05)),
        (0.18, 0.15, 0.050, (0.07, 0.11, 0.12)),
        (0.10, 0.375, 0.050, (0.24, 0.20, 0.14)),
        (0.22, 0.370, 0.045, (0.05, 0.09, 0.06)),
        (0.05, 0.600, 0.080, (0.55, 0.34, 0.17)),
    ),
    blur_px=32.0,
)

ATELIER = Backdrop(
    wall=(0.300, 0.265, 0.225),
    floor=(0.135, 0.110, 0.090),
    window=(-0.30, -0.10, 0.10, 0.70),
    window_light=(0.58, 0.56, 0.52),
    shelves=((0.76, 0.44, 1.3, 0.46),),
    shelf_colour=(0.120, 0.075, 0.045),
    accents=(
        (0.88, 0.36, 0.085, (0.055, 0.105, 0.050)),
        (0.97, 0.27, 0.090, (0.075, 0.135, 0.060)),
        (0.82, 0.28, 0.050, (0.060, 0.115, 0.055)),
        (0.90, 0.42, 0.035, (0.300, 0.170, 0.100)),
    ),
    blur_px=32.0,
)

PEOPLE: dict[str, Person] = {
    "maya": Person(
        title="Maya",
        order=10,
        phenotype=dict(
            gender=1.0, age=0.68, muscle=0.45, weight=0.30, height=0.5, proportions=0.95,
            cupsize=0.30, firmness=0.6, african=0.10, asian=0.20, caucasian=0.70,
        ),
        local_changes={
            "mouth-upperlip-volume-incr": 0.35,
            "mouth-lowerlip-volume-incr": 0.25,
            "mouth-angles-up": 0.4,
            "eye-scale-incr": 0.28,
            "eye-corner2-up": 0.25,
            "eyebrows-trans-up": 0.2,
            "nose-scale-horiz-incr": -0.3,
            "nose-scale-vert-incr": -0.15,
            "nose-volume-incr": -0.3,
            "nose-point-up": 0.3,
            "chin-width-incr": -0.4,
            "chin-bones-incr": -0.4,
            "cheek-bones-incr": 0.3,
            "cheek-volume-incr": 0.15,
            "head-fat-incr": -0.35,
            "head-scale-horiz-incr": -0.2,
            "neck-scale-horiz-incr": -0.2,
            "measure-shoulder-dist-incr": -0.35,
        },
        expression={
            "browInnerUp": 0.3,
            "browOuterUp": 0.1,
            "mouthSmile": 0.28,
            "eyeWide": 0.08,
            "cheekSquint": 0.12,
            "eyeSquint": 0.05,
        },
        skin="young_lightskinned_female_diffuse2",
        hair="long01",
        brow="eyebrow001",
        lash="eyelashes02",
        outfit="male_casualsuit01",
        outfit_colours=True,
        groom=Groom(),
        look=Look(
            cloth_retint=0.05,
            skin_tint=(1.0, 0.93, 0.875),
            cloth_colour=(0.065, 0.150, 0.160),
            blush=0.6,
            brow_strength=1.1,
        ),
        lighting=STUDIO,
        backdrop=OFFICE,
    ),
    "leon": Person(
        title="Leon",
        order=20,
        phenotype=dict(
            gender=0.0, age=0.72, muscle=0.50, weight=0.42, height=0.5, proportions=0.9,
            cupsize=0.5, firmness=0.5, african=0.10, asian=0.10, caucasian=0.80,
        ),
        local_changes={
            "head-fat-incr": -0.25,
            "nose-volume-incr": -0.3,
            "nose-scale-vert-incr": -0.1,
            "mouth-angles-up": 0.4,
            "mouth-lowerlip-volume-incr": 0.2,
            "eye-scale-incr": 0.12,
            "eyebrows-trans-up": 0.4,
            "chin-prominent-incr": 0.15,
            "measure-shoulder-dist-incr": -0.5,
            "torso-vshape-incr": -0.3,
        },
        expression={
            "browInnerUp": 0.32,
            "browOuterUp": 0.12,
            "mouthSmile": 0.34,
            "eyeWide": 0.05,
            "cheekSquint": 0.2,
        },
        skin="middleage_lightskinned_male_diffuse",
        hair="short04",
        brow="eyebrow001",
        lash="eyelashes01",
        outfit="male_casualsuit01",
        outfit_colours=True,
        look=Look(
            skin_tint=(0.97, 0.91, 0.86),
            hair_gloss=0.35,
            hair_colour=(0.022, 0.014, 0.009),
            hair_tip_colour=(0.040, 0.024, 0.015),
            brow_colour=(0.018, 0.011, 0.007),
            iris_cosine=0.895,
            iris_colour=(0.060, 0.085, 0.095),
            cloth_colour=(0.045, 0.065, 0.115),
            lip_colour=0.05,
            stubble=0.45,
        ),
        lighting=STUDIO,
        backdrop=STUDY,
        span_m=0.72,
    ),
    "amara": Person(
        title="Amara",
        order=30,
        phenotype=dict(
            gender=1.0, age=0.70, muscle=0.45, weight=0.38, height=0.5, proportions=0.95,
            cupsize=0.28, firmness=0.6, african=0.85, asian=0.05, caucasian=0.10,
        ),
        local_changes={
            "eye-scale-incr": 0.3,
            "eye-corner2-up": 0.2,
            "mouth-angles-up": 0.4,
            "mouth-upperlip-volume-incr": 0.2,
            "mouth-lowerlip-volume-incr": 0.25,
            "nose-scale-horiz-incr": -0.2,
            "chin-bones-incr": -0.3,
            "nose-volume-incr": -0.25,
            "chin-width-incr": -0.3,
            "head-fat-incr": -0.25,
            "cheek-bones-incr": 0.25,
            "measure-shoulder-dist-incr": -0.35,
        },
        expression={
            "browInnerUp": 0.3,
            "browOuterUp": 0.1,
            "mouthSmile": 0.3,
            "eyeWide": 0.1,
            "cheekSquint": 0.12,
        },
        skin="young_darkskinned_female_diffuse",
        hair="long01",
        groom=Groom(),
        brow="eyebrow001",
        lash="eyelashes02",
        outfit="male_casualsuit03",
        look=Look(
            skin_tint=(0.97, 1.32, 1.42),
            hair_gloss=0.5,
            hair_colour=(0.012, 0.009, 0.008),
            hair_tip_colour=(0.022, 0.014, 0.010),
            brow_colour=(0.008, 0.006, 0.005),
            iris_colour=(0.045, 0.022, 0.010),
            cloth_colour=(0.40, 0.115, 0.075),
            oil=0.2,
            brow_strength=1.2,
            lip_colour=0.5,
            blush=0.3,
        ),
        lighting=replace(STUDIO, exposure=1.22),
        backdrop=ATELIER,
    ),
}  # fmt: skip
