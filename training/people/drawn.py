"""People of the gallery whose portraits are drawn, painted or modelled (styles.py)."""

from training.people.adornment import Adornment
from training.people.cloth_pattern import Pattern
from training.people.gallery_sets import COBALT, FLAT, LAGOON, MEADOW, NORTH, PAPER, SOFT
from training.people.glasses import CLEAR, Glasses
from training.people.headwear import Headwear
from training.people.jewellery import Earrings
from training.people.layers import Layers
from training.people.look import Look
from training.people.material import Material
from training.people.person import Person
from training.people.strands import Groom
from training.people.tailoring import Cut

GOLD = Material((0.80, 0.58, 0.30), 0.3, 1.0, metal=1.0)
INK = Material((0.012, 0.012, 0.014), 0.4, 1.0)

DRAWN: dict[str, Person] = {
    "mei": Person(
        title="Mei",
        order=90,
        style="toon",
        phenotype=dict(
            gender=1.0, age=0.62, muscle=0.4, weight=0.34, height=0.5, proportions=0.95,
            cupsize=0.2, firmness=0.6, african=0.0, asian=0.85, caucasian=0.15,
        ),
        local_changes={
            "eye-scale-incr": 1.0, "eye-corner2-up": 0.2, "eyebrows-trans-up": 0.6,
            "eyebrows-angle-up": 0.6,
            "eye-height2-incr": 0.4, "mouth-angles-up": 0.6, "mouth-scale-horiz-incr": -0.15,
            "nose-scale-horiz-incr": -0.45, "nose-scale-vert-incr": -0.4,
            "nose-scale-depth-incr": -0.3, "nose-volume-incr": -0.4, "nose-point-up": 0.4,
            "chin-width-incr": -0.6, "chin-bones-incr": -0.4, "chin-height-incr": -0.2,
            "cheek-volume-incr": 0.3, "head-fat-incr": 0.1, "neck-scale-horiz-incr": -0.3,
            "measure-shoulder-dist-incr": -0.6,
        },
        expression={
            "browInnerUp": 0.5, "browOuterUp": 0.3, "mouthSmile": 0.5, "eyeWide": 0.35,
            "jawOpen": -0.04,
        },
        skin="young_lightskinned_female_diffuse2",
        hair="fringe bob",
        brow="eyebrow001",
        lash="eyelashes02",
        outfit="male_casualsuit03",
        look=Look(
            skin_tint=(1.02, 1.02, 1.02), hair_colour=(0.045, 0.040, 0.085),
            hair_tip_colour=(0.060, 0.055, 0.115), brow_colour=(0.020, 0.018, 0.035),
            iris_colour=(0.150, 0.075, 0.030), cloth_colour=(0.86, 0.46, 0.055),
            lip_colour=0.35, blush=1.0, iris_cosine=0.865,
        ),
        lighting=FLAT,
        backdrop=MEADOW,
        span_m=0.60,
        head_rotation=(0.08, 0.0, 0.05),
    ),
    "clara": Person(
        title="Clara",
        order=100,
        style="painterly",
        phenotype=dict(
            gender=1.0, age=0.68, muscle=0.4, weight=0.36, height=0.5, proportions=0.95,
            cupsize=0.3, firmness=0.6, african=0.0, asian=0.02, caucasian=0.98,
        ),
        local_changes={
            "eye-scale-incr": 0.35, "eye-corner2-up": 0.1, "eyebrows-trans-up": 0.25,
            "mouth-angles-up": 0.5, "mouth-upperlip-volume-incr": 0.25,
            "mouth-lowerlip-volume-incr": 0.25, "nose-scale-horiz-incr": -0.3,
            "nose-volume-incr": -0.3, "nose-point-up": 0.2, "nose-hump-incr": 0.1,
            "chin-width-incr": -0.35, "cheek-bones-incr": 0.35, "head-fat-incr": -0.25,
            "neck-scale-horiz-incr": -0.2, "measure-shoulder-dist-incr": -0.4,
        },
        expression={
            "browInnerUp": 0.25, "browOuterUp": 0.12, "mouthSmile": 0.52, "cheekSquint": 0.15,
            "eyeWide": 0.12, "jawOpen": -0.04,
        },
        skin="young_lightskinned_female_diffuse3",
        hair="long01",
        groom=Groom(),
        brow="eyebrow001",
        lash="eyelashes02",
        outfit="female_casualsuit02",
        sleeve="short",
        look=Look(
            skin_tint=(1.0, 0.97, 0.95), hair_colour=(0.165, 0.052, 0.018),
            hair_tip_colour=(0.27, 0.095, 0.032), brow_colour=(0.050, 0.018, 0.009),
            brow_strength=1.2, iris_colour=(0.080, 0.170, 0.090),
            cloth_colour=(0.035, 0.110, 0.075),
            cloth_gloss=0.3, lip_colour=0.6, blush=0.9, freckles=0.4,
            lip_paint=(0.45, 0.08, 0.07), lip_painted=0.5,
        ),
        layers=Layers(Cut(1.0, "scoop", 0.08)),
        adornment=Adornment(earrings=Earrings("drop", 0.022, GOLD)),
        lighting=NORTH,
        backdrop=LAGOON,
        span_m=0.58,
        head_rotation=(-0.12, 0.0, -0.05),
    ),
    "finn": Person(
        title="Finn",
        order=110,
        style="clay",
        phenotype=dict(
            gender=0.02, age=0.70, muscle=0.45, weight=0.55, height=0.5, proportions=0.8,
            cupsize=0.4, firmness=0.5, african=0.02, asian=0.03, caucasian=0.95,
        ),
        local_changes={
            "eye-scale-incr": 0.9, "eye-height2-incr": 0.3, "eyebrows-trans-up": 0.5,
            "mouth-angles-up": 0.6, "mouth-scale-horiz-incr": 0.2, "nose-scale-horiz-incr": 0.6,
            "nose-scale-vert-incr": -0.2, "nose-volume-incr": 0.5, "nose-point-up": 0.2,
            "cheek-volume-incr": 0.5, "ear-scale-incr": 0.5, "head-fat-incr": 0.3,
            "measure-shoulder-dist-incr": -0.5,
        },
        expression={
            "browInnerUp": 0.35, "browOuterUp": 0.2, "mouthSmile": 0.5, "cheekSquint": 0.2,
            "eyeWide": 0.15, "jawOpen": -0.04,
        },
        skin="young_lightskinned_male_diffuse",
        hair="crop",
        brow="eyebrow009",
        lash="eyelashes01",
        outfit="male_casualsuit02",
        beard="full beard",
        look=Look(
            hair_colour=(0.42, 0.135, 0.030), hair_tip_colour=(0.50, 0.17, 0.040),
            brow_colour=(0.36, 0.11, 0.025), iris_colour=(0.10, 0.22, 0.34),
            cloth_colour=(0.090, 0.235, 0.33),
        ),
        pattern=Pattern("hoops", (0.075, 0.205, 0.30), (0.72, 0.66, 0.53), 0.055, 0.42),
        adornment=Adornment(
            headwear=Headwear(
                "beanie",
                Material((0.62, 0.125, 0.070), 0.85, 0.3, weave=1.0),
                Material((0.78, 0.70, 0.56), 0.85, 0.3, weave=1.0),
                0.004,
                1.0,
            )
        ),
        lighting=SOFT,
        backdrop=COBALT,
        span_m=0.64,
        head_rotation=(0.05, 0.0, -0.05),
    ),
    "hugo": Person(
        title="Hugo",
        order=120,
        style="line art",
        phenotype=dict(
            gender=0.0, age=0.76, muscle=0.45, weight=0.38, height=0.5, proportions=0.9,
            cupsize=0.4, firmness=0.6, african=0.05, asian=0.10, caucasian=0.85,
        ),
        local_changes={
            "eye-scale-incr": 0.45, "eyebrows-trans-up": 0.3, "eyebrows-angle-up": 0.2,
            "mouth-angles-up": 0.5, "nose-scale-vert-incr": 0.15, "nose-hump-incr": 0.35,
            "nose-volume-incr": -0.2, "nose-scale-horiz-incr": -0.15, "cheek-bones-incr": 0.4,
            "chin-prominent-incr": 0.3, "chin-width-incr": -0.1, "head-fat-incr": -0.35,
            "measure-shoulder-dist-incr": -0.5,
        },
        expression={
            "browInnerUp": 0.25, "browOuterUp": 0.2, "mouthSmile": 0.45, "cheekSquint": 0.2,
            "eyeWide": 0.05, "jawOpen": -0.04,
        },
        skin="middleage_lightskinned_male_diffuse",
        hair="side parting",
        brow="eyebrow008",
        lash="eyelashes01",
        outfit="male_elegantsuit01",
        outfit_colours=True,
        beard="full beard",
        look=Look(
            hair_colour=(0.030, 0.020, 0.014), hair_tip_colour=(0.06, 0.045, 0.03),
            brow_colour=(0.015, 0.010, 0.008), iris_colour=(0.05, 0.03, 0.02),
        ),
        adornment=Adornment(glasses=Glasses("round", 0.0016, INK, CLEAR)),
        lighting=NORTH,
        backdrop=PAPER,
        span_m=0.60,
        head_rotation=(0.08, 0.0, 0.04),
    ),
}  # fmt: skip
