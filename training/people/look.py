"""Colours and surface qualities of one person; linear RGB unless said."""

from dataclasses import dataclass, fields

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """Uniforms of shaders/gbuffer.frag.

    skin_tint multiplies the skin texture; lip_colour, blush, oil, stubble, freckles in [0, 1]
    wrinkles: in [0, 1], how old a face furrows (wrinkle.furrows)
    lip_painted, lid_lined, lid_shaded: make-up in [0, 1], lip_paint and lid_shadow its colours
    hair_gloss: 1 is silk
    cloth_knit, cloth_twill, cloth_gloss: in [0, 1], like wool, denim, leather
    teeth: multiplies the colours of their texture
    cloth_retint: mean luminance of a garment texture to be recoloured, 0 keeps its colours
    iris_cosine: cosine of the iris' angular radius seen from the centre of the eyeball
    """

    skin_tint: Rgb = (1.0, 1.0, 1.0)
    hair_colour: Rgb = (0.05, 0.026, 0.014)
    hair_tip_colour: Rgb = (0.085, 0.046, 0.024)
    brow_colour: Rgb = (0.035, 0.02, 0.012)
    iris_colour: Rgb = (0.12, 0.06, 0.025)
    cloth_colour: Rgb = (0.1, 0.12, 0.2)
    hair_gloss: float = 0.6
    cloth_retint: float = 0.0
    cloth_knit: float = 0.0
    cloth_twill: float = 0.0
    cloth_gloss: float = 0.0
    lip_colour: float = 0.3
    blush: float = 0.5
    oil: float = 0.5
    stubble: float = 0.0
    brow_strength: float = 0.9
    iris_cosine: float = 0.885
    freckles: float = 0.0
    wrinkles: float = 0.0
    lip_paint: Rgb = (0.35, 0.04, 0.05)
    lip_painted: float = 0.0
    lid_lined: float = 0.0
    lid_shadow: Rgb = (0.10, 0.06, 0.05)
    lid_shaded: float = 0.0
    teeth: Rgb = (1.0, 1.0, 1.0)

    def uniforms(self) -> dict[str, Rgb | float]:
        return {item.name: getattr(self, item.name) for item in fields(self)}
