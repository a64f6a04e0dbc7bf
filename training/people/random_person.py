"""Random synthetic people, an endless supply: the seed is the person.

People of training and held-out people come from separate streams of chance and have no skin, hair
style and garment in common (wardrobe.py). Nothing here says whether a combination came out well:
check_person.py looks at it, good_person.py draws again.
"""

from dataclasses import dataclass, replace

import numpy as np

from training.people.complexion import brow_colour, hair_colours, iris_colour, skin_tint
from training.people.face_shape import random_face_shape
from training.people.look import Look
from training.people.make_up import LIP_BALM, on_skin
from training.people.mouth_colour import lip_colour, teeth_colour
from training.people.person import Person
from training.people.random_adornment import adornment
from training.people.random_cloth import FABRICS, clothes
from training.people.random_set import backdrop, lighting
from training.people.strands import Groom
from training.people.wardrobe import HAIR, SKINS, Hair, Skin, fits

YOUNGEST, OLDEST = 16, 80
# Most people in calls are of working age, some are older: a beta distribution between the two.
AGES = (1.6, 2.5)
# Anny's scale of age at these years.
AGE_YEARS, AGE_SCALE = (10.0, 25.0, 90.0), (1 / 3, 2 / 3, 1.0)
COILY_FROM = 0.45
DARK_FROM = 0.5
MOST_BEARDED_SEX, BEARDED_FROM = 0.35, 20
BEARD_ODDS = {"": 0.48, "stubble": 0.17, "moustache": 0.07, "goatee": 0.08, "short beard": 0.11,
              "full beard": 0.09}  # fmt: skip
BROWS = tuple(f"eyebrow{k:03d}" for k in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12))

SHUT = -0.04
# Highlights stand out from dark skin: as much oil there looks like paint.
OIL_OF_DARK = 0.25


@dataclass(frozen=True, slots=True)
class Traits:
    """What everything else follows from. sex: 0 male to 1 female; ancestry: shares of African,
    Asian, European forebears."""

    sex: float
    age_years: float
    ancestry: tuple[float, float, float]


def random_person(seed: int, held_out: bool = False, draw: int = 0) -> Person:
    """The person of a seed, the same for ever; seed: 0 or larger.

    held_out: only skins, hair styles and garments reserved for the benchmark
    draw: how often the seed was drawn before and rejected (good_person.py)
    """
    rng = np.random.default_rng([seed, int(held_out), draw])
    traits = _traits(rng)
    traits, skin = _skin(traits, held_out, rng)
    hair = _hair(traits, held_out, rng)
    woman = traits.sex >= 0.5
    look = _look(traits, skin, rng)
    worn = clothes(traits.sex, traits.age_years, held_out, rng)
    if hair.roped and worn.garment.collared:
        # A stream of its own: what follows stays as it was.
        other = np.random.default_rng([seed, int(held_out), draw, 2])
        worn = clothes(traits.sex, traits.age_years, held_out, other, collars=False)
    light = lighting(rng)
    # A stream of its own: bodies stay who they are when more is painted on them.
    details = np.random.default_rng([seed, int(held_out), draw, 1])
    look = replace(look, **on_skin(woman, traits.age_years, traits.ancestry, details))
    if not held_out:
        # A stream of its own again, and none for those of whom true frames are kept.
        mouth = np.random.default_rng([seed, int(held_out), draw, 3])
        look = _mouth(look, traits, mouth)
    look = replace(look, **FABRICS[worn.fabric])
    return Person(
        title=f"{'Held out' if held_out else 'Person'} {seed}",
        order=seed,
        phenotype=_phenotype(traits, rng),
        local_changes=random_face_shape(rng),
        expression=_expression(rng),
        skin=skin.name,
        hair=hair.name,
        hair_texture=hair.texture,
        brow=str(rng.choice(BROWS)),
        lash=str(rng.choice(["eyelashes02", "eyelashes03"] if woman else ["eyelashes01"])),
        outfit=worn.garment.name,
        outfit_colours=worn.own_colours,
        sleeve=worn.garment.sleeve,
        pattern=worn.pattern,
        look=look if worn.colour is None else _dressed(look, worn.colour),
        lighting=light,
        backdrop=backdrop(rng),
        groom=Groom() if hair.groomed else None,
        swept=hair.swept,
        span_m=float(rng.uniform(0.58, 0.76)),
        headroom=float(rng.uniform(0.055, 0.10)),
        shoulder_drop_rad=float(rng.uniform(0.20, 0.28)),
        lens_mm=float(rng.uniform(55, 95)),
        pitch_rad=float(rng.normal(0.03, 0.04)),
        beard=_beard(traits, rng),
        adornment=adornment(woman, traits.age_years, worn.garment.bare_neck, rng, hair.high),
        layers=worn.layers,
    )


def _traits(rng: np.random.Generator) -> Traits:
    """Two humps of sex with people between, working age above all, ancestry near a corner or
    mixed."""
    sex = float(np.clip(rng.choice([0.05, 0.95]) + rng.normal(0, 0.09), 0, 1))
    corner = np.where(np.arange(3) == rng.integers(3), rng.choice([7.0, 2.0]), 0.5)
    african, asian, european = map(float, rng.dirichlet(corner))
    return Traits(
        sex, YOUNGEST + (OLDEST - YOUNGEST) * float(rng.beta(*AGES)), (african, asian, european)
    )


def _skin(traits: Traits, held_out: bool, rng: np.random.Generator) -> tuple[Traits, Skin]:
    """A skin that fits; a held-out person takes on an age that one of the few held out has."""
    dark = traits.ancestry[0] >= DARK_FROM
    stock = [skin for skin in SKINS if skin.held_out == held_out and skin.dark == dark
             and fits(traits.sex, skin.sex)]  # fmt: skip
    aged = [s for s in stock if s.age_years[0] <= traits.age_years <= s.age_years[1]]
    choice = aged or stock
    skin = choice[rng.integers(len(choice))]
    years = float(np.clip(traits.age_years, *skin.age_years))
    return Traits(traits.sex, years, traits.ancestry), skin


def _hair(traits: Traits, held_out: bool, rng: np.random.Generator) -> Hair:
    coily = traits.ancestry[0] >= COILY_FROM
    stock = [hair for hair in HAIR if hair.held_out == held_out and fits(traits.sex, hair.sex)
             and (coily or not hair.coily) and traits.age_years >= hair.from_years]  # fmt: skip
    weight = np.array([hair.weight * _suits(hair, coily) for hair in stock])
    return stock[int(rng.choice(len(stock), p=weight / weight.sum()))]


def _suits(hair: Hair, coily: bool) -> float:
    return (2.5 if hair.coily else 0.3 if hair.sleek else 1.0) if coily else 1.0


def _beard(traits: Traits, rng: np.random.Generator) -> str:
    """Only men have one, not all, and none of the youngest."""
    name = str(rng.choice(list(BEARD_ODDS), p=list(BEARD_ODDS.values())))
    return name if traits.sex < MOST_BEARDED_SEX and traits.age_years >= BEARDED_FROM else ""


def _phenotype(traits: Traits, rng: np.random.Generator) -> dict[str, float]:
    african, asian, caucasian = traits.ancestry
    return dict(
        gender=traits.sex,
        age=float(np.interp(traits.age_years, AGE_YEARS, AGE_SCALE)),
        muscle=float(rng.uniform(0.25, 0.65)),
        weight=float(np.clip(rng.normal(0.46, 0.16), 0.15, 0.85)),
        height=float(rng.uniform(0.38, 0.62)),
        proportions=float(rng.uniform(0.7, 0.95)),
        cupsize=float(rng.uniform(0.2, 0.45)),
        firmness=float(rng.uniform(0.45, 0.7)),
        african=african,
        asian=asian,
        caucasian=caucasian,
    )


def _expression(rng: np.random.Generator) -> dict[str, float]:
    """Friendly to neutral; a jaw pressed a little shut keeps the lips' corners from parting."""
    smile = float(rng.uniform(0.22, 0.50))
    return {
        "browInnerUp": float(rng.uniform(0.2, 0.5)),
        "browOuterUp": float(rng.uniform(0.0, 0.15)),
        "mouthSmile": smile,
        "eyeWide": float(rng.uniform(0.0, 0.1)),
        "cheekSquint": 0.5 * smile,
        "jawOpen": SHUT,
    }


def _look(traits: Traits, skin: Skin, rng: np.random.Generator) -> Look:
    woman, young = traits.sex >= 0.5, traits.age_years < 20
    root, tip = hair_colours(traits.ancestry, traits.age_years, rng)
    made_up = woman and rng.uniform() < 0.6
    shaven = rng.uniform() < 0.45 or young or woman
    return Look(
        skin_tint=skin_tint(traits.ancestry, skin.colour, rng),
        hair_colour=root,
        hair_tip_colour=tip,
        brow_colour=brow_colour(root),
        iris_colour=iris_colour(traits.ancestry, rng),
        hair_gloss=float(rng.uniform(0.3, 0.7)),
        lip_colour=float(rng.uniform(0.25, 0.6) if made_up else rng.uniform(0.0, 0.15)),
        blush=float(rng.uniform(0.15, 0.7)),
        oil=float(rng.uniform(0.15, 0.6)) * (OIL_OF_DARK if skin.dark else 1.0),
        stubble=0.0 if shaven else float(rng.uniform(0.15, 0.9)),
        brow_strength=float(rng.uniform(0.65, 1.3)),
        iris_cosine=float(rng.uniform(0.882, 0.895)),
    )


def _mouth(look: Look, traits: Traits, rng: np.random.Generator) -> Look:
    """Teeth, and lips unless they are painted, in colours of their own."""
    look = replace(look, teeth=teeth_colour(traits.age_years, rng))
    if look.lip_painted and look.lip_paint != LIP_BALM:
        return look
    lips, shown = lip_colour(traits.ancestry, rng)
    return replace(look, lip_paint=lips, lip_painted=shown)


def _dressed(look: Look, colour: tuple[float, float, float]) -> Look:
    return replace(look, cloth_colour=colour)
