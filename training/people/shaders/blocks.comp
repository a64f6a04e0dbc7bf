#version 430
// Projects triangles and finds the blocks of pixels that each may cover: a job each for those who look at every pixel, so that
// large triangles keep no thread longer than small ones. Blocks are 4, 8, 16, ... pixels wide, so that 32 are enough.
layout(local_size_x = 64) in;
const int MOST_COVERS = 24, MOST_BLOCKS = 32;
layout(std430, binding = 1) readonly buffer Indices { uint indices[]; };
layout(std430, binding = 2) readonly buffer Pose { float pose[]; };           // position, normal
layout(std430, binding = 5) writeonly buffer Corners { vec4 corners[]; };
layout(std430, binding = 6) buffer Jobs { uint jobs, unused; uvec2 job[]; };
uniform ivec4 ranges[MOST_COVERS];                                            // first triangle, triangles
uniform int covers, triangles; uniform mat4 clip_from_world; uniform vec2 jitter; uniform ivec2 size_px;
uniform float near_m, margin_px;                                              // margin: samples' distance from a pixel's centre
shared uint wanted, begin;
float across(vec2 a, vec2 b) { return a.x * b.y - a.y * b.x; }
struct Blocks { ivec2 low; int columns, exponent; uint mask; };

Blocks blocks_of(int t) {
  Blocks none = Blocks(ivec2(0), 1, 0, 0u);
  vec2 p[3]; vec3 inverse_depth;
  for (int k = 0; k < 3; k++) {
    int i = 6 * int(indices[3 * t + k]);
    vec4 clip = clip_from_world * vec4(pose[i], pose[i + 1], pose[i + 2], 1.);
    if (clip.w < near_m) return none;                                         // behind the lens
    p[k] = ((clip.xy / clip.w + jitter) * .5 + .5) * vec2(size_px); inverse_depth[k] = 1. / clip.w;
  }
  float area = across(p[1] - p[0], p[2] - p[0]);
  if (abs(area) < 1e-9) return none;
  ivec2 low = ivec2(max(ceil(min(min(p[0], p[1]), p[2]) - .5 - margin_px), 0.));
  ivec2 high = ivec2(min(floor(max(max(p[0], p[1]), p[2]) - .5 + margin_px), vec2(size_px) - 1.));
  if (any(lessThan(high, low))) return none;
  corners[3 * t] = vec4(p[0], p[1]); corners[3 * t + 1] = vec4(p[2], inverse_depth.xy); corners[3 * t + 2] = vec4(inverse_depth.z, area, 0., 0.);
  int exponent = 2; ivec2 many;
  for (;; exponent++) {
    many = (high - low >> exponent) + 1;
    if (many.x * many.y <= MOST_BLOCKS) break;
  }
  // What lies beyond an edge holds nothing: its corner that is furthest inside says so.
  float side = float(1 << exponent), half_side = .5 * (side - 1.) + margin_px + .01; vec3 reach;
  for (int k = 0; k < 3; k++) { vec2 edge = abs(p[(k + 1) % 3] - p[(k + 2) % 3]); reach[k] = half_side * (edge.x + edge.y); }
  uint mask = 0u;
  for (int n = 0; n < many.x * many.y; n++) {
    vec2 at = vec2(low) + (vec2(n % many.x, n / many.x) + .5) * side;
    vec3 inside = vec3(across(p[1] - at, p[2] - at), across(p[2] - at, p[0] - at), across(p[0] - at, p[1] - at)) * sign(area);
    if (all(greaterThanEqual(inside, -reach))) mask |= 1u << n;
  }
  return Blocks(low, many.x, exponent, mask);
}

void main() {
  if (gl_LocalInvocationIndex == 0u) wanted = 0u;
  barrier();
  int t = int(gl_GlobalInvocationID.x), cover = -1;
  for (int k = 0; k < covers; k++) if (t >= ranges[k].x && t < ranges[k].x + ranges[k].y) cover = k;
  Blocks mine = Blocks(ivec2(0), 1, 0, 0u);
  if (cover >= 0 && t < triangles) mine = blocks_of(t);
  uint place = 0u;
  if (mine.mask != 0u) place = atomicAdd(wanted, uint(bitCount(mine.mask)));
  barrier();
  if (gl_LocalInvocationIndex == 0u) begin = atomicAdd(jobs, wanted);
  barrier();
  place += begin;
  for (uint mask = mine.mask; mask != 0u; mask &= mask - 1u) {
    int n = findLSB(mask);
    uvec2 low = uvec2(mine.low + (ivec2(n % mine.columns, n / mine.columns) << mine.exponent));
    job[place] = uvec2(uint(t) | uint(cover) << 24, low.x | low.y << 13 | uint(mine.exponent - 2) << 26);
    place++;
  }
}
