#version 430
// The maps of a pair as they leave the GPU: point and surface of each pixel, top row first.
layout(local_size_x = 8, local_size_y = 8) in;
uniform sampler2D point_map, surface_map;
layout(std430, binding = 0) buffer Frame { vec4 pixels[]; };
void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy), size = textureSize(point_map, 0);
  if (any(greaterThanEqual(p, size))) return;
  int place = 2 * ((size.y - 1 - p.y) * size.x + p.x);
  pixels[place] = texelFetch(point_map, p, 0); pixels[place + 1] = texelFetch(surface_map, p, 0);
}
