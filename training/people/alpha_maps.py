"""Textures that cut surfaces out, all at once for a compute shader: see shaders/cut_out.glsl."""

from collections.abc import Sequence

import moderngl

from training.people.gl_compute import set_uniforms

# As in shaders/cut_out.glsl.
MOST_ALPHA_MAPS = 12
# Where a texture keeps what it covers, by how many channels it has.
_CHANNEL = {1: (1.0, 0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0, 1.0)}


def use_alpha_maps(
    shader: moderngl.ComputeShader, textures: Sequence[moderngl.Texture | None]
) -> list[int]:
    """What the shader calls each of the textures, -1 where there is none; all have one channel, or
    all four."""
    there = {texture.glo: texture for texture in textures if texture is not None}
    assert len(there) <= MOST_ALPHA_MAPS, f"{len(there)} cut-outs are too many at once"
    for unit, texture in enumerate(there.values()):
        texture.use(unit)
    units = {name: unit for unit, name in enumerate(there)}
    channels = {_CHANNEL[texture.components] for texture in there.values()} or {_CHANNEL[1]}
    assert len(channels) == 1
    set_uniforms(shader, alpha_maps=tuple(range(MOST_ALPHA_MAPS)), channel=channels.pop())
    return [-1 if texture is None else units[texture.glo] for texture in textures]
