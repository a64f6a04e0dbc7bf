#version 430
// The share of each pixel's samples that the person covers, top row first.
layout(local_size_x = 8, local_size_y = 8) in;
uniform sampler2D covered_map; uniform int scale;
layout(std430, binding = 0) buffer Frame { float pixels[]; };
void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy), size = textureSize(covered_map, 0) / scale;
  if (any(greaterThanEqual(p, size))) return;
  float sum = 0.;
  for (int y = 0; y < scale; y++) for (int x = 0; x < scale; x++) sum += texelFetch(covered_map, p * scale + ivec2(x, y), 0).r;
  pixels[(size.y - 1 - p.y) * size.x + p.x] = sum / float(scale * scale);
}
