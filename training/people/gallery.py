"""The people who ship with the application. All are synthetic."""

from dataclasses import dataclass

from training.people.backdrop import Backdrop
from training.people.knitwear import Top
from training.people.lighting import AreaLight, Lighting
from training.people.look import Look
from training.people.strands import Groom


@dataclass(frozen=True, slots=True)
class Person:
    """phenotype, local_changes: Anny's; expression: ARKit actions of the resting face.

    skin, hair, brow, lash: names of assets; top: the knitwear worn, or
    outfit: a garment among the assets; groom: single hairs over the hair cards; span_m: height of the picture
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
    top: Top
    look: Look
    lighting: Lighting
    backdrop: Backdrop
    span_m: float = 0.70
    headroom: float = 0.075
    shoulder_drop_rad: float = 0.26
    outfit: str = ""
    groom: Groom | None = None


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
    floor=(0.075, 0.072, 0.070),
    window=(-0.20, -0.10, 0.17, 0.66),
    window_light=(0.50, 0.56, 0.60),
    shelves=((0.70, 0.165, 1.3, 0.18), (0.70, 0.375, 1.3, 0.39), (0.12, -0.1, 0.135, 0.7)),
    shelf_colour=(0.060, 0.040, 0.026),
    accents=(
        (0.78, 0.115, 0.055, (0.05, 0.11, 0.06)),
        (0.93, 0.110, 0.050, (0.30, 0.16, 0.07)),
        (0.83, 0.325, 0.045, (0.06, 0.09, 0.14)),
        (0.97, 0.310, 0.060, (0.30, 0.27, 0.22)),
        (0.90, 0.560, 0.085, (0.85, 0.52, 0.24)),
    ),
)

PEOPLE: dict[str, Person] = {
    "maya": Person(
        title="Maya",
        order=10,
        phenotype=dict(
            gender=1.0, age=0.68, muscle=0.45, weight=0.38, height=0.5, proportions=0.95,
            cupsize=0.42, firmness=0.6, african=0.10, asian=0.20, caucasian=0.70,
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
            "browInnerUp": 0.2,
            "mouthSmile": 0.28,
            "eyeWide": 0.08,
            "cheekSquint": 0.12,
            "eyeSquint": 0.05,
        },
        skin="young_lightskinned_female_diffuse2",
        hair="long01",
        brow="eyebrow012",
        lash="eyelashes02",
        top=Top(),
        outfit="male_casualsuit03",
        groom=Groom(),
        look=Look(
            skin_tint=(1.0, 0.93, 0.875),
            cloth_colour=(0.065, 0.150, 0.160),
            blush=0.6,
        ),
        lighting=STUDIO,
        backdrop=OFFICE,
    ),
}  # fmt: skip
