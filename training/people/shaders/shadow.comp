#version 430
// Depths seen from the lights, by a thread for each triangle and light; solid, or cut out by a texture.
layout(local_size_x = 64) in;
const int MOST = 12;
layout(std430, binding = 0) buffer Depths { uint depths[]; };            // a square for each light
layout(std430, binding = 1) readonly buffer Indices { uint indices[]; };
layout(std430, binding = 2) readonly buffer Pose { float pose[]; };      // position, normal
layout(std430, binding = 3) readonly buffer Still { float still[]; };    // rest, tangent, uv
uniform sampler2D colour_map; uniform mat4 clip_from_world[MOST];
uniform int first, triangles, size_px, textured; uniform float seed;
float hash(vec3 p) { p = fract(p * vec3(.1031, .1030, .0973) * 64.); p += dot(p, p.yxz + 33.33); return fract((p.x + p.y) * p.z); }
float across(vec2 a, vec2 b) { return a.x * b.y - a.y * b.x; }
void main() {
  int t = int(gl_GlobalInvocationID.x), light = int(gl_GlobalInvocationID.y);
  if (t >= triangles) return;
  ivec3 v = ivec3(indices[first + 3 * t], indices[first + 3 * t + 1], indices[first + 3 * t + 2]);
  vec2 p[3], uv[3]; vec3 rest[3]; vec3 z;
  for (int k = 0; k < 3; k++) {
    int i = 6 * v[k], j = 8 * v[k];
    vec4 clip = clip_from_world[light] * vec4(pose[i], pose[i + 1], pose[i + 2], 1.);
    p[k] = (clip.xy * .5 + .5) * float(size_px); z[k] = clip.z * .5 + .5;
    if (textured == 1) { rest[k] = vec3(still[j], still[j + 1], still[j + 2]); uv[k] = vec2(still[j + 6], still[j + 7]); }
  }
  float area = across(p[1] - p[0], p[2] - p[0]);
  if (abs(area) < 1e-9) return;
  ivec2 low = ivec2(max(ceil(min(min(p[0], p[1]), p[2]) - .5), 0.));
  ivec2 high = ivec2(min(floor(max(max(p[0], p[1]), p[2]) - .5), float(size_px - 1)));
  float lod = 0.;
  if (textured == 1) {
    vec2 size = vec2(textureSize(colour_map, 0));
    lod = .5 * log2(max(abs(across((uv[1] - uv[0]) * size, (uv[2] - uv[0]) * size) / area), 1.));
  }
  for (int y = low.y; y <= high.y; y++) for (int x = low.x; x <= high.x; x++) {
    vec2 at = vec2(x, y) + .5;
    vec3 b = vec3(across(p[1] - at, p[2] - at), across(p[2] - at, p[0] - at), across(p[0] - at, p[1] - at)) / area;
    if (any(lessThan(b, vec3(0)))) continue;
    float depth = dot(b, z);
    if (depth < 0. || depth > 1.) continue;
    int place = (light * size_px + y) * size_px + x;
    if (floatBitsToUint(depth) >= depths[place]) continue;      // quicker than an atomic or a texture
    if (textured == 1) {
      float alpha = textureLod(colour_map, uv[0] * b.x + uv[1] * b.y + uv[2] * b.z, lod).a;
      vec3 here = rest[0] * b.x + rest[1] * b.y + rest[2] * b.z;
      if (alpha < fract(hash(floor(here * 1400.)) + seed * .61803399)) continue;
    }
    atomicMin(depths[place], floatBitsToUint(depth));
  }
}
