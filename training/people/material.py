"""What the things are made of that people wear: glasses, hats, jewellery, layers of cloth."""

from dataclasses import dataclass

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Material:
    """Uniforms of shaders/gbuffer.frag; colour is linear.

    roughness, specular: as in the light pass, in [0, 1]; metal: 1 reflects in its own colour
    weave: 0 is smooth, 1 is knitted or felted; opacity: of lenses, 1 hides what is behind
    """

    colour: Rgb
    roughness: float = 0.4
    specular: float = 1.0
    metal: float = 0.0
    weave: float = 0.0
    opacity: float = 1.0

    def uniforms(self) -> dict[str, tuple[float, ...] | float]:
        surface = (self.roughness, self.specular, self.metal, self.weave)
        return {
            "material_colour": self.colour,
            "material_surface": surface,
            "material_opacity": self.opacity,
        }
