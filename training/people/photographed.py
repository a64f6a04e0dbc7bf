"""People of the gallery whose portraits look like photographs, beside the first three."""

from dataclasses import replace

from training.people.adornment import Adornment
from training.people.cloth_pattern import Pattern
from training.people.gallery_sets import CAFE, GARDEN, LIBRARY, LOFT, MORNING, SOFT, SUNSET
from training.people.glasses import CLEAR, Glasses
from training.people.headphones import Headphones
from training.people.headwear import Headwear
from training.people.layers import Layers
from training.people.look import Look
from training.people.material import Material
from training.people.neckwear import Neckwear
from training.people.person import Person
from training.people.strands import Groom
from training.people.tailoring import Cut

GOLD = Material((0.80, 0.58, 0.30), 0.3, 1.0, metal=1.0)
SHELL = Material((0.085, 0.036, 0.014), 0.3, 1.0)
MATT_BLACK = Material((0.014, 0.014, 0.016), 0.4, 1.0)

PHOTOGRAPHED: dict[str, Person] = {
    "kenji": Person(
        title="Kenji",
        order=40,
        phenotype=dict(
            gender=0.0, age=0.90, muscle=0.45, weight=0.44, height=0.5, proportions=0.8,
            cupsize=0.4, firmness=0.6, african=0.04, asian=0.87, caucasian=0.09,
        ),
        local_changes={
            "cheek-volume-incr": -0.2, "cheek-bones-incr": 0.2, "chin-prominent-incr": -0.1,
            "chin-width-incr": 0.2, "ear-scale-incr": 0.25, "eyebrows-angle-up": 0.35,
            "eyebrows-trans-up": 0.25, "eye-corner1-up": -0.3, "eye-corner2-up": 0.05,
            "eye-scale-incr": 0.22, "head-scale-horiz-incr": -0.2, "mouth-angles-up": 0.5,
            "mouth-laugh-lines-out": 0.35, "nose-scale-horiz-incr": 0.2,
            "nose-point-up": 0.2, "nose-greek-incr": -0.4, "measure-shoulder-dist-incr": -0.45,
        },
        expression={
            "browInnerUp": 0.3, "browOuterUp": 0.15, "mouthSmile": 0.5, "cheekSquint": 0.35,
            "eyeSquint": 0.1, "jawOpen": -0.04,
        },
        skin="old_lightskinned_male_diffuse2",
        hair="crew",
        brow="eyebrow009",
        lash="eyelashes01",
        outfit="male_casualsuit02",
        beard="goatee",
        look=Look(
            skin_tint=(1.04, 1.72, 2.45), hair_colour=(0.26, 0.255, 0.25),
            hair_tip_colour=(0.33, 0.325, 0.315), brow_colour=(0.12, 0.115, 0.11),
            iris_colour=(0.035, 0.018, 0.009), cloth_colour=(0.055, 0.075, 0.125),
            cloth_knit=1.0, oil=0.2, wrinkles=0.75, lip_colour=0.05, blush=0.3,
        ),
        layers=Layers(
            Cut(open_m=0.045), "male_casualsuit04", Material((0.20, 0.235, 0.28), 0.85, 0.25)
        ),
        adornment=Adornment(glasses=Glasses("panto", 0.0022, SHELL, CLEAR)),
        lighting=SOFT,
        backdrop=LIBRARY,
        span_m=0.62,
        head_rotation=(0.06, 0.0, -0.035),
    ),
    "ruth": Person(
        title="Ruth",
        order=50,
        phenotype=dict(
            gender=1.0, age=0.86, muscle=0.45, weight=0.33, height=0.45, proportions=0.8,
            cupsize=0.25, firmness=0.5, african=0.03, asian=0.07, caucasian=0.90,
        ),
        local_changes={
            "cheek-volume-incr": 0.15, "cheek-bones-incr": 0.25, "chin-width-incr": -0.5,
            "chin-bones-incr": -0.45, "chin-prominent-incr": -0.2, "eyebrows-angle-up": 0.2,
            "eyebrows-trans-up": 0.2, "eye-scale-incr": 0.28, "mouth-angles-up": 0.5,
            "mouth-laugh-lines-out": 0.3,
            "mouth-scale-horiz-incr": 0.15, "nose-scale-horiz-incr": -0.1,
            "nose-point-up": 0.15, "nose-volume-incr": -0.2, "head-fat-incr": -0.15,
            "measure-shoulder-dist-incr": -0.9, "neck-scale-horiz-incr": -0.2,
        },
        expression={
            "browInnerUp": 0.3, "browOuterUp": 0.15, "mouthSmile": 0.5, "cheekSquint": 0.4,
            "eyeSquint": 0.08, "jawOpen": -0.04,
        },
        skin="old_lightskinned_female_diffuse",
        hair="bob02",
        groom=Groom(),
        swept=True,
        brow="eyebrow005",
        lash="eyelashes02",
        outfit="male_casualsuit02",
        look=Look(
            skin_tint=(0.98, 0.98, 1.0), hair_colour=(0.24, 0.23, 0.215),
            hair_tip_colour=(0.28, 0.27, 0.25), hair_gloss=0.25, brow_colour=(0.16, 0.13, 0.11),
            iris_colour=(0.075, 0.125, 0.170), cloth_colour=(0.190, 0.030, 0.045),
            cloth_knit=1.0, oil=0.2, wrinkles=0.6, lip_colour=0.4, blush=0.6,
            lip_paint=(0.40, 0.085, 0.085), lip_painted=0.35,
        ),
        layers=Layers(
            neckwear=Neckwear(
                "turtleneck", Material((0.190, 0.030, 0.045), 0.85, 0.25, weave=1.0), 0.4
            )
        ),
        adornment=Adornment(glasses=Glasses("round", 0.0013, GOLD, CLEAR)),
        lighting=MORNING,
        backdrop=GARDEN,
        span_m=0.60,
        head_rotation=(-0.05, 0.0, 0.045),
    ),
    "diego": Person(
        title="Diego",
        order=60,
        phenotype=dict(
            gender=0.0, age=0.735, muscle=0.5, weight=0.49, height=0.5, proportions=0.98,
            cupsize=0.4, firmness=0.6, african=0.25, asian=0.3, caucasian=0.45,
        ),
        local_changes={
            "cheek-bones-incr": -0.14, "cheek-volume-incr": 0.21, "chin-prominent-incr": -0.08,
            "chin-width-incr": -0.22, "chin-height-incr": 0.4, "eyebrows-angle-up": 0.15,
            "eyebrows-trans-up": 0.3, "eye-scale-incr": 0.26, "eye-corner2-up": 0.3,
            "mouth-angles-up": 0.6, "mouth-lowerlip-volume-incr": -0.19,
            "mouth-scale-horiz-incr": 0.18, "nose-volume-incr": -0.17,
            "nose-scale-horiz-incr": -0.19, "head-fat-incr": 0.4,
            "measure-shoulder-dist-incr": -0.6, "torso-vshape-incr": -0.1,
            "cheek-inner-incr": 0.12, "cheek-trans-up": 0.13, "chin-bones-incr": 0.16,
            "chin-cleft-incr": -0.12, "ear-lobe-incr": 0.47, "ear-trans-up": 0.11,
            "eyebrows-trans-forward": 0.4, "eye-corner1-up": 0.15, "eye-trans-out": 0.18,
            "eye-trans-up": 0.1, "eye-eyefold-up": -0.27, "eye-eyefold-angle-up": -0.17,
            "eye-epicanthus-out": -0.42, "eye-height3-incr": -0.17,
            "forehead-scale-vert-incr": 0.1, "forehead-nubian-incr": -0.2,
            "forehead-trans-forward": -0.35, "head-angle-out": -0.13,
            "mouth-scale-vert-incr": 0.11, "mouth-upperlip-volume-incr": -0.39,
            "mouth-upperlip-height-incr": -0.2, "mouth-lowerlip-height-incr": 0.16,
            "mouth-cupidsbow-width-incr": 0.27, "mouth-philtrum-volume-incr": -0.12,
            "nose-point-up": -0.41, "nose-point-width-incr": -0.12, "nose-base-up": -0.12,
            "nose-curve-convex": 0.16, "nose-scale-vert-incr": -0.06,
            "nose-scale-depth-incr": 0.27, "nose-septumangle-incr": -0.2,
            "nose-width1-incr": 0.24, "nose-width2-incr": -0.38, "nose-width3-incr": -0.19,
            "nose-greek-incr": -0.5, "neck-double-incr": -0.09,
        },
        expression={
            "browInnerUp": 0.38, "browOuterUp": 0.18, "mouthSmile": 0.55, "cheekSquint": 0.25,
            "eyeWide": 0.08, "jawOpen": -0.04,
        },
        skin="young_lightskinned_male_diffuse2",
        hair="side parting",
        brow="eyebrow008",
        lash="eyelashes01",
        outfit="male_casualsuit04",
        sleeve="short",
        beard="moustache",
        look=Look(
            skin_tint=(0.63, 0.57, 0.51), hair_colour=(0.020, 0.013, 0.009),
            hair_tip_colour=(0.042, 0.026, 0.016), brow_colour=(0.014, 0.009, 0.007),
            iris_colour=(0.060, 0.030, 0.013), cloth_colour=(0.46, 0.235, 0.045),
            oil=0.25, stubble=0.6, lip_colour=0.1, blush=0.05, brow_strength=1.5,
        ),
        adornment=Adornment(
            headphones=Headphones(
                Material((0.50, 0.49, 0.46), 0.4, 0.8),
                Material((0.09, 0.085, 0.08), 0.6, 0.5, weave=0.15),
            )
        ),
        lighting=SOFT,
        backdrop=LOFT,
        span_m=0.66,
        head_rotation=(0.07, 0.01, 0.03),
    ),
    "zahra": Person(
        title="Zahra",
        order=70,
        phenotype=dict(
            gender=1.0, age=0.742, muscle=0.42, weight=0.34, height=0.5, proportions=0.97,
            cupsize=0.1, firmness=0.6, african=0.12, asian=0.1, caucasian=0.78,
        ),
        local_changes={
            "eye-scale-incr": 0.42, "eye-corner2-up": 0.15, "eyebrows-trans-up": 0.3,
            "mouth-angles-up": 0.65, "mouth-lowerlip-volume-incr": 0.22,
            "nose-volume-incr": -0.12, "nose-hump-incr": -0.35, "chin-width-incr": -0.25,
            "cheek-bones-incr": -0.12, "head-fat-incr": -0.18, "measure-shoulder-dist-incr": -0.4,
            "cheek-volume-incr": 0.13, "cheek-trans-up": 0.1, "chin-height-incr": 0.18,
            "chin-prominent-incr": -0.3, "chin-cleft-incr": 0.13, "chin-jaw-drop-incr": -0.17,
            "eye-trans-out": 0.26, "eye-epicanthus-out": 0.19, "eye-height1-incr": 0.05,
            "forehead-scale-vert-incr": -0.2, "forehead-nubian-incr": -0.1,
            "forehead-trans-forward": 0.17, "head-angle-out": 0.16, "head-scale-horiz-incr": 0.1,
            "head-scale-vert-incr": -0.16, "head-scale-depth-incr": 0.1,
            "mouth-lowerlip-height-incr": 0.2, "mouth-cupidsbow-incr": 0.11,
            "mouth-laugh-lines-out": 0.16, "mouth-trans-up": 0.09, "nose-point-width-incr": 0.27,
            "nose-curve-convex": 0.41, "nose-flaring-incr": -0.21,
            "nose-nostrils-width-incr": -0.38, "nose-scale-depth-incr": 0.1,
            "nose-septumangle-incr": 0.17, "nose-width1-incr": 0.11, "nose-width3-incr": -0.15,
            "eyebrows-angle-up": 0.3,
        },
        expression={
            "browInnerUp": 0.42, "browOuterUp": 0.18, "mouthSmile": 0.62, "cheekSquint": 0.3,
            "eyeWide": 0.08, "jawOpen": -0.04,
        },
        skin="young_lightskinned_female_diffuse2",
        hair="low bun",
        brow="eyebrow004",
        lash="eyelashes02",
        outfit="male_casualsuit02",
        look=Look(
            skin_tint=(0.62, 0.56, 0.50), hair_colour=(0.014, 0.010, 0.008),
            hair_tip_colour=(0.022, 0.015, 0.010), brow_colour=(0.010, 0.007, 0.006),
            iris_colour=(0.085, 0.045, 0.018), cloth_colour=(0.095, 0.125, 0.110),
            oil=0.2, blush=0.5, brow_strength=1.1, lid_lined=0.55,
            lip_paint=(0.33, 0.085, 0.075), lip_painted=0.4,
        ),
        adornment=Adornment(
            headwear=Headwear(
                "headscarf",
                Material((0.52, 0.235, 0.205), 0.85, 0.3, weave=0.12),
                Material((0.52, 0.235, 0.205), 0.85, 0.3, weave=0.12),
            )
        ),
        lighting=MORNING,
        backdrop=CAFE,
        span_m=0.64,
        head_rotation=(-0.06, 0.0, -0.04),
    ),
    "kwame": Person(
        title="Kwame",
        order=80,
        phenotype=dict(
            gender=0.0, age=0.769, muscle=0.55, weight=0.6, height=0.5, proportions=0.98,
            cupsize=0.4, firmness=0.6, african=0.92, asian=0.03, caucasian=0.05,
        ),
        local_changes={
            "eye-scale-incr": 0.36, "eyebrows-trans-up": 0.25, "eyebrows-angle-up": 0.37,
            "mouth-angles-up": 0.55, "mouth-scale-horiz-incr": -0.15,
            "nose-scale-horiz-incr": -0.06, "nose-volume-incr": 0.06, "cheek-bones-incr": 0.22,
            "chin-prominent-incr": -0.08, "head-fat-incr": -0.11,
            "measure-shoulder-dist-incr": -0.45, "torso-vshape-incr": -0.2,
            "chin-height-incr": -0.09, "chin-bones-incr": -0.37, "chin-width-incr": 0.15,
            "chin-cleft-incr": 0.18, "chin-jaw-drop-incr": -0.16, "ear-wing-incr": 0.06,
            "eyebrows-trans-forward": 0.16, "eye-corner1-up": 0.08, "eye-corner2-up": 0.3,
            "eye-trans-up": -0.18, "eye-eyefold-up": 0.12, "eye-eyefold-angle-up": 0.11,
            "eye-epicanthus-out": -0.07, "eye-height1-incr": 0.09,
            "forehead-scale-vert-incr": -0.16, "head-scale-horiz-incr": -0.25,
            "head-scale-vert-incr": -0.13, "mouth-scale-vert-incr": -0.08,
            "mouth-upperlip-volume-incr": 0.15, "mouth-cupidsbow-incr": -0.24,
            "mouth-philtrum-volume-incr": -0.09, "mouth-laugh-lines-out": 0.19,
            "mouth-trans-up": 0.17, "nose-hump-incr": 0.26, "nose-point-up": -0.3,
            "nose-base-up": -0.09, "nose-curve-convex": 0.27, "nose-flaring-incr": 0.1,
            "nose-nostrils-width-incr": 0.29, "nose-scale-vert-incr": 0.3,
            "nose-scale-depth-incr": 0.12, "nose-septumangle-incr": 0.11, "nose-trans-up": -0.06,
            "nose-width1-incr": -0.08, "nose-width2-incr": -0.16, "nose-width3-incr": 0.11,
            "nose-greek-incr": 0.08,
        },
        expression={
            "browInnerUp": 0.42, "browOuterUp": 0.18, "mouthSmile": 0.62, "cheekSquint": 0.3,
            "eyeWide": 0.08, "jawOpen": -0.04,
        },
        skin="middleage_darkskinned_male_diffuse",
        hair="coils",
        brow="eyebrow009",
        lash="eyelashes01",
        outfit="male_casualsuit03",
        beard="full beard",
        look=Look(
            skin_tint=(2.0, 2.1, 2.3), hair_colour=(0.010, 0.009, 0.008),
            hair_tip_colour=(0.014, 0.012, 0.011), brow_colour=(0.007, 0.006, 0.005),
            iris_colour=(0.040, 0.020, 0.009), cloth_colour=(0.60, 0.57, 0.52),
            oil=0.1, lip_colour=0.1, blush=0.2,
        ),
        pattern=Pattern("pinstripes", (0.56, 0.55, 0.52), (0.10, 0.16, 0.28), 0.020, 0.16),
        lighting=replace(SOFT, exposure=1.15),
        backdrop=SUNSET,
        span_m=0.70,
        head_rotation=(0.05, -0.01, 0.04),
    ),
}  # fmt: skip
