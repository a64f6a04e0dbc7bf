#version 430
// Which of the 4 x 4 samples of each pixel are covered, a bit each; some threads for each triangle. As coverage.frag.
layout(local_size_x = 64) in;
layout(std430, binding = 0) buffer Samples { uint samples[]; };          // a word for each pixel, bottom row first
layout(std430, binding = 1) readonly buffer Indices { uint indices[]; };
layout(std430, binding = 2) readonly buffer Pose { float pose[]; };      // position, normal
layout(std430, binding = 3) readonly buffer Still { float still[]; };    // rest, tangent, uv
uniform sampler2D alpha_map; uniform mat4 clip_from_world; uniform vec2 size_px;
uniform int first, triangles, cut_out; uniform float strength;
const int ORDERED[16] = int[16](0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5);  // Bayer 1973
float across(vec2 a, vec2 b) { return a.x * b.y - a.y * b.x; }
void main() {
  int t = int(gl_GlobalInvocationID.x);
  if (t >= triangles) return;
  vec2 p[3], uv[3]; vec3 w;
  for (int k = 0; k < 3; k++) {
    int v = int(indices[first + 3 * t + k]), i = 6 * v, j = 8 * v;
    vec4 clip = clip_from_world * vec4(pose[i], pose[i + 1], pose[i + 2], 1.);
    if (clip.w < .05) return;                                  // behind the lens
    p[k] = (clip.xy / clip.w * .5 + .5) * size_px; w[k] = 1. / clip.w;
    uv[k] = vec2(still[j + 6], still[j + 7]);
  }
  float area = across(p[1] - p[0], p[2] - p[0]);
  if (abs(area) < 1e-9) return;
  ivec2 last = ivec2(size_px) - 1;
  ivec2 low = ivec2(max(floor(min(min(p[0], p[1]), p[2])), 0.)), high = min(ivec2(floor(max(max(p[0], p[1]), p[2]))), last);
  float lod = 0.;
  if (cut_out == 1) {
    vec2 size = vec2(textureSize(alpha_map, 0));
    lod = .5 * log2(max(abs(across((uv[1] - uv[0]) * size, (uv[2] - uv[0]) * size) / area) / 16., 1.));
  }
  vec3 reach = (abs(vec3(p[1].y - p[2].y, p[2].y - p[0].y, p[0].y - p[1].y)) + abs(vec3(p[1].x - p[2].x, p[2].x - p[0].x, p[0].x - p[1].x)))
             * .376 / abs(area);                                // from a pixel's centre to its outermost samples
  for (int y = low.y + int(gl_WorkGroupID.y); y <= high.y; y += int(gl_NumWorkGroups.y)) for (int x = low.x; x <= high.x; x++) {
    uint bits = 0u, known = samples[y * int(size_px.x) + x];
    if (known == 0xffffu) continue;
    vec2 middle = vec2(x, y) + .5;
    vec3 inside = vec3(across(p[1] - middle, p[2] - middle), across(p[2] - middle, p[0] - middle), across(p[0] - middle, p[1] - middle)) / area;
    if (any(lessThan(inside, -reach))) continue;
    if (cut_out == 0 && all(greaterThan(inside, reach))) { atomicOr(samples[y * int(size_px.x) + x], 0xffffu); continue; }
    for (int n = 0; n < 16; n++) {
      vec2 at = vec2(x, y) + (vec2(n & 3, n >> 2) + .5) / 4.;
      vec3 b = vec3(across(p[1] - at, p[2] - at), across(p[2] - at, p[0] - at), across(p[0] - at, p[1] - at)) / area;
      if (any(lessThan(b, vec3(0)))) continue;
      if (cut_out == 1) {
        b *= w; b /= b.x + b.y + b.z;
        float alpha = textureLod(alpha_map, uv[0] * b.x + uv[1] * b.y + uv[2] * b.z, lod).r * strength;
        if (alpha <= (float(ORDERED[n]) + .5) / 16.) continue;
      }
      bits |= 1u << n;
    }
    if ((bits & ~known) != 0u) atomicOr(samples[y * int(size_px.x) + x], bits);
  }
}
