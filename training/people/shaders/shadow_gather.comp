#version 430
// Tiles of drawn depths into the squares that light.comp reads.
layout(local_size_x = 8, local_size_y = 8) in;
layout(std430, binding = 0) writeonly buffer Depths { uint depths[]; };
uniform sampler2D depth_map; uniform int size_px, across;
void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy), tile = p / size_px, inside = p - tile * size_px;
  int light = tile.y * across + tile.x;
  depths[(light * size_px + inside.y) * size_px + inside.x] = floatBitsToUint(texelFetch(depth_map, p, 0).r);
}
