"""The people who ship with the application. All are synthetic."""

from dataclasses import dataclass, field

from training.people.backdrop import Backdrop
from training.people.knitwear import Top
from training.people.lighting import AreaLight, Lighting
from training.people.look import Look


@dataclass(frozen=True, slots=True)
class Person:
    """phenotype, local_changes: Anny's; expression: ARKit actions of the resting face.

    skin, hair, brow, lash: names of assets; top: what is worn; span_m: height of the picture
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
    clavicle_drop_rad: float = 0.0
    hidden: tuple[str, ...] = field(default=())


STUDIO = Lighting(
    boxes=(
        AreaLight(0.62, 0.55, 0.30, (2.5, 2.33, 2.12)),
        AreaLight(-0.85, 0.12, 0.60, (0.62, 0.66, 0.72)),
        AreaLight(-2.5, 0.60, 0.25, (1.5, 1.55, 1.7)),
        AreaLight(2.6, 0.50, 0.25, (0.9, 0.85, 0.8)),
    ),
    sky=(0.25, 0.26, 0.28),
    horizon=(0.22, 0.215, 0.21),
    ground=(0.14, 0.12, 0.105),
)

OFFICE = Backdrop(
    wall=(0.36, 0.37, 0.37),
    floor=(0.20, 0.19, 0.18),
    window=(-0.10, 0.02, 0.22, 0.62),
    window_light=(0.85, 0.90, 0.95),
    shelves=((0.72, 0.16, 1.1, 0.19), (0.72, 0.36, 1.1, 0.39)),
    shelf_colour=(0.16, 0.11, 0.075),
    accents=(
        (0.80, 0.115, 0.05, (0.10, 0.22, 0.14)),
        (0.93, 0.12, 0.045, (0.42, 0.24, 0.12)),
        (0.84, 0.325, 0.045, (0.12, 0.18, 0.26)),
        (0.97, 0.31, 0.05, (0.45, 0.42, 0.36)),
    ),
)

PEOPLE: dict[str, Person] = {
    "maya": Person(
        title="Maya",
        order=10,
        phenotype=dict(
            gender=1.0, age=0.68, muscle=0.45, weight=0.40, height=0.5, proportions=0.95,
            cupsize=0.42, firmness=0.6, african=0.10, asian=0.20, caucasian=0.70,
        ),
        local_changes={
            "mouth-upperlip-volume-incr": 0.3,
            "mouth-lowerlip-volume-incr": 0.2,
            "eye-scale-incr": 0.12,
            "nose-scale-horiz-incr": -0.2,
            "chin-width-incr": -0.3,
            "measure-shoulder-dist-incr": -0.35,
        },
        expression={"browInnerUp": 0.22, "mouthSmile": 0.2, "eyeWide": 0.08, "cheekSquint": 0.1},
        skin="young_lightskinned_female_diffuse2",
        hair="long01",
        brow="eyebrow012",
        lash="eyelashes02",
        top=Top(),
        look=Look(),
        lighting=STUDIO,
        backdrop=OFFICE,
    ),
}  # fmt: skip
