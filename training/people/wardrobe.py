"""What random people are made of: skins, hair styles, garments, who wears them, how often.

Held out: whatever is marked so appears in no training picture of random people; a held-out person
has a held-out skin, hair style and garment, each.
"""

from dataclasses import dataclass, field

from training.people.tailoring import Cut

Rgb = tuple[float, float, float]
# sex: 0 male to 1 female, as in the phenotype
ANY_SEX = (0.0, 1.0)
MALE, FEMALE = (0.0, 0.5), (0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Skin:
    """A skin texture: sex and age (years) it fits, dark or light, and its median colour (linear)
    between the cheeks. weight: how often, among those that fit."""

    name: str
    sex: tuple[float, float]
    age_years: tuple[int, int]
    dark: bool
    colour: Rgb
    weight: float = 1.0
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Hair:
    """A hair style: texture's name ("": one of hair_styles.STYLES), sex, how often
    coily: only on the hair that grows so; sleek: seldom on it; from_years: youngest wearer
    swept: its fringe must leave the eyes; groomed: single hairs are drawn over the cards
    high: it stands so far off the head that it would hide the band of headphones
    roped: it hangs before the shoulders in ropes so thick that a collar would cut through them."""

    name: str
    texture: str
    sex: tuple[float, float]
    weight: float = 1.0
    coily: bool = False
    sleek: bool = False
    from_years: int = 16
    swept: bool = False
    groomed: bool = False
    held_out: bool = False
    high: bool = False
    roped: bool = False


@dataclass(frozen=True, slots=True)
class Garment:
    """An outfit: sex, youngest wearer, sleeve; own: its texture's colours may be shown (no
    emblems); printed: patterns suit it; cut, under, neckwear: as of layers.Layers, the latter by
    their names; fabrics: of random_cloth.FABRICS"""

    @property
    def bare_neck(self) -> bool:
        """Whether a necklace shows: the neckline is low, no collar or scarf is in its way."""
        return bool(self.cut.neckline) and not self.collared

    @property
    def collared(self) -> bool:
        """Whether a collar or a scarf lies around the neck."""
        return self.name in COLLARED or bool(self.neckwear)

    name: str
    sex: tuple[float, float]
    sleeve: str
    weight: float = 1.0
    from_years: int = 16
    own: bool = False
    printed: bool = True
    held_out: bool = False
    cut: Cut = field(default_factory=Cut)
    under: str = ""
    neckwear: str = ""
    fabrics: tuple[str, ...] = ("plain",)


COLLARED = (
    "male_casualsuit01", "male_casualsuit03", "male_casualsuit05", "male_elegantsuit01",
    "female_elegantsuit01",
)  # fmt: skip
YOUNG, MIDDLE, OLD = (16, 38), (34, 64), (58, 80)

SKINS = (
    Skin("young_lightskinned_female_diffuse2", FEMALE, YOUNG, False, (0.797, 0.465, 0.325)),
    Skin("young_lightskinned_female_diffuse3", FEMALE, YOUNG, False, (0.805, 0.488, 0.325)),
    Skin("middleage_lightskinned_female_diffuse2", FEMALE, MIDDLE, False, (0.767, 0.465, 0.311)),
    Skin("middleage_lightskinned_female_diffuse", FEMALE, MIDDLE, False, (0.723, 0.431, 0.289),
         held_out=True),
    Skin("old_lightskinned_female_diffuse", FEMALE, OLD, False, (0.694, 0.410, 0.280)),
    Skin("old_lightskinned_female_diffuse2", FEMALE, OLD, False, (0.708, 0.344, 0.190)),
    Skin("young_lightskinned_female_diffuse", FEMALE, YOUNG, False, (0.767, 0.494, 0.354),
         held_out=True),
    Skin("young_darkskinned_female_diffuse", FEMALE, (16, 80), True, (0.145, 0.043, 0.019)),
    Skin("middleage_darkskinned_female_diffuse", FEMALE, MIDDLE, True, (0.145, 0.040, 0.017),
         held_out=True),
    Skin("young_lightskinned_male_diffuse", MALE, YOUNG, False, (0.782, 0.421, 0.259)),
    Skin("young_lightskinned_male_diffuse2", MALE, YOUNG, False, (0.646, 0.379, 0.243)),
    Skin("young_lightskinned_male_diffuse3", MALE, YOUNG, False, (0.639, 0.379, 0.243)),
    Skin("middleage_lightskinned_male_diffuse", MALE, MIDDLE, False, (0.680, 0.384, 0.235)),
    Skin("middleage_lightskinned_male_diffuse2", MALE, MIDDLE, False, (0.694, 0.389, 0.235),
         held_out=True),
    Skin("old_lightskinned_male_diffuse", MALE, OLD, False, (0.797, 0.421, 0.235)),
    Skin("old_lightskinned_male_diffuse2", MALE, OLD, False, (0.567, 0.205, 0.092)),
    Skin("young_darkskinned_male_diffuse", MALE, YOUNG, True, (0.094, 0.034, 0.014)),
    Skin("middleage_darkskinned_male_diffuse", MALE, (34, 80), True, (0.125, 0.040, 0.015)),
    Skin("old_darkskinned_male_diffuse", MALE, OLD, True, (0.142, 0.033, 0.009), held_out=True),
)  # fmt: skip

# Of the assets' ten styles, ponytail01, bob01 and afro01 show the outlines of their cards, short02
# and short03 look moulded; grown ones stand for them.
HAIR = (
    Hair("long01", "long01_diffuse", FEMALE, sleek=True, groomed=True),
    Hair("braid01", "braid01_diffuse", FEMALE, sleek=True, swept=True, groomed=True, held_out=True),
    Hair("bob02", "bob02_diffuse", FEMALE, 0.8, sleek=True, swept=True, groomed=True),
    Hair("short01", "short01_diffuse", MALE, held_out=True),
    Hair("short04", "short04_diffuse", MALE, 0.8),
    Hair("buzz", "", MALE, 0.9),
    Hair("crew", "", MALE),
    Hair("fade", "", MALE),
    Hair("side parting", "", MALE, 1.2, sleek=True),
    Hair("slicked back", "", MALE, sleek=True, held_out=True),
    Hair("curtains", "", ANY_SEX, 0.6, sleek=True),
    Hair("receding", "", MALE, 1.6, from_years=36),
    Hair("pixie", "", FEMALE, 0.9, sleek=True),
    Hair("chin bob", "", FEMALE, sleek=True),
    Hair("long bob", "", FEMALE, sleek=True),
    Hair("straight", "", FEMALE, sleek=True),
    Hair("waves", "", FEMALE, sleek=True),
    Hair("fringe bob", "", FEMALE, sleek=True),
    Hair("long fringe", "", FEMALE, 0.8, sleek=True, held_out=True),
    Hair("crop", "", MALE),
    Hair("curls", "", (0.3, 1.0), 0.9, high=True),
    Hair("top knot", "", ANY_SEX, 0.6),
    Hair("low bun", "", FEMALE, 0.8),
    Hair("low ponytail", "", ANY_SEX, 0.7),
    Hair("high ponytail", "", FEMALE, held_out=True),
    Hair("side plait", "", FEMALE, 0.8, roped=True),
    Hair("two plaits", "", FEMALE, 0.7, roped=True),
    Hair("dreadlocks", "", ANY_SEX, 0.6, coily=True, high=True),
    Hair("box braids", "", FEMALE, 1.0, coily=True, held_out=True),
    Hair("coils", "", ANY_SEX, 1.0, coily=True, high=True),
    Hair("afro", "", ANY_SEX, 0.7, coily=True, high=True),
)

GARMENTS = (
    Garment("male_casualsuit01", ANY_SEX, "long", 1.0, own=True, fabrics=("plain", "denim")),
    Garment("male_casualsuit01", ANY_SEX, "short", 0.6, cut=Cut(sleeve=0.32)),
    Garment("male_casualsuit02", ANY_SEX, "long", 0.8, fabrics=("plain", "knit")),
    Garment("male_casualsuit02", ANY_SEX, "long", 0.6, cut=Cut(1.0, "scoop", 0.055),
            fabrics=("plain", "knit", "knit")),
    Garment("male_casualsuit02", ANY_SEX, "long", 0.6, printed=False, neckwear="turtleneck",
            fabrics=("plain", "knit", "knit")),
    Garment("male_casualsuit02", ANY_SEX, "long", 0.25, neckwear="scarf",
            fabrics=("plain", "knit")),
    Garment("male_casualsuit02", ANY_SEX, "long", 0.8, cut=Cut(open_m=0.045),
            under="male_casualsuit04", fabrics=("plain", "knit", "denim", "leather")),
    Garment("male_casualsuit02", FEMALE, "long", 0.5, cut=Cut(0.62, "boat"),
            fabrics=("plain", "knit", "satin")),
    Garment("male_casualsuit03", ANY_SEX, "long", 1.0, own=True, fabrics=("plain", "satin")),
    Garment("male_casualsuit03", ANY_SEX, "long", 0.5, own=True, cut=Cut(sleeve=0.62),
            fabrics=("plain", "denim")),
    Garment("male_casualsuit04", ANY_SEX, "short", 0.7),
    Garment("male_casualsuit04", ANY_SEX, "short", 0.5, cut=Cut(1.0, "scoop", 0.05)),
    Garment("male_casualsuit04", ANY_SEX, "short", 0.4, cut=Cut(0.14, "scoop", 0.07)),
    Garment("male_casualsuit05", ANY_SEX, "long", 0.7, own=True, printed=False, held_out=True),
    Garment("male_casualsuit06", ANY_SEX, "short", 1.0, held_out=True),
    Garment("male_elegantsuit01", MALE, "long", 1.2, 22, own=True, printed=False),
    Garment("female_elegantsuit01", FEMALE, "long", 1.2, 22, own=True, held_out=True),
    Garment("female_casualsuit01", FEMALE, "short", 0.9, held_out=True),
    Garment("female_casualsuit02", FEMALE, "short", 0.6),
    Garment("female_casualsuit02", FEMALE, "short", 0.6, cut=Cut(1.0, "scoop", 0.08),
            fabrics=("plain", "satin")),
)  # fmt: skip


def fits(sex: float, span: tuple[float, float]) -> bool:
    """Whether somebody of this sex wears what is meant for `span`."""
    return span[0] <= sex <= span[1]
