#version 430
// Which of the 4 x 4 samples of each pixel are covered, a bit each; sixteen threads for each block that blocks.comp has found. As coverage.frag.
layout(local_size_x = 64) in;
const int MOST_COVERS = 24;
layout(std430, binding = 0) coherent buffer Samples { uint samples[]; };      // a word for each pixel, bottom row first
layout(std430, binding = 1) readonly buffer Indices { uint indices[]; };
layout(std430, binding = 3) readonly buffer Still { float still[]; };         // rest, tangent, uv
uniform ivec2 size_px; uniform int alpha_map[MOST_COVERS]; uniform float strength[MOST_COVERS];   // map: -1 where nothing is cut out
const int ORDERED[16] = int[16](0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5);  // Bayer 1973
vec3 reach;                                                                   // from a pixel's centre to its outermost samples
vec2 uv[3]; float lod;

void take_uv(uint triangle, int map) {
  for (int k = 0; k < 3; k++) { int j = 8 * int(indices[3u * triangle + uint(k)]) + 6; uv[k] = vec2(still[j], still[j + 1]); }
  vec2 size = vec2(alpha_size(map));
  lod = .5 * log2(max(abs(across((uv[1] - uv[0]) * size, (uv[2] - uv[0]) * size) / area) / 16., 1.));
}

uint covered(ivec2 pixel, int map, float strength) {
  vec3 inside = flat_shares(vec2(pixel) + .5); uint bits = 0u;
  if (any(lessThan(inside, -reach))) return 0u;
  if (map < 0 && all(greaterThan(inside, reach))) return 0xffffu;
  for (int n = 0; n < 16; n++) {
    vec3 b = flat_shares(vec2(pixel) + (vec2(n & 3, n >> 2) + .5) / 4.);
    if (any(lessThan(b, vec3(0)))) continue;
    if (map >= 0) {
      b *= inverse_depth; b /= b.x + b.y + b.z;
      if (alpha_texel(map, uv[0] * b.x + uv[1] * b.y + uv[2] * b.z, lod).r * strength <= (float(ORDERED[n]) + .5) / 16.) continue;
    }
    bits |= 1u << n;
  }
  return bits;
}

void main() {
  ivec2 mine = ivec2(gl_LocalInvocationIndex & 3u, gl_LocalInvocationIndex >> 2 & 3u);
  for (uint k = gl_WorkGroupID.x * 4u + (gl_LocalInvocationIndex >> 4); k < jobs; k += gl_NumWorkGroups.x * 4u) {
    uvec2 block = job[k]; ivec2 low = low_of(block), high = min(low + side_of(block), size_px);
    int map = alpha_map[cover_of(block)]; bool ready = false;
    take(triangle_of(block));
    reach = (abs(vec3(p[1].y - p[2].y, p[2].y - p[0].y, p[0].y - p[1].y)) + abs(vec3(p[1].x - p[2].x, p[2].x - p[0].x, p[0].x - p[1].x))) * .376 / abs(area);
    for (int y = low.y + mine.y; y < high.y; y += 4) for (int x = low.x + mine.x; x < high.x; x += 4) {
      uint known = samples[y * size_px.x + x];
      if (known == 0xffffu) continue;
      if (map >= 0 && !ready) { take_uv(triangle_of(block), map); ready = true; }
      uint bits = covered(ivec2(x, y), map, strength[cover_of(block)]);
      if ((bits & ~known) != 0u) atomicOr(samples[y * size_px.x + x], bits);
    }
  }
}
