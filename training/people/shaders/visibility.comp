#version 430
// The nearest triangle of each pixel; some threads for each triangle. First the depths are found, then whose they are.
layout(local_size_x = 64) in;
layout(std430, binding = 0) buffer Numbers { uint numbers[]; };          // of triangles, bottom row first
layout(std430, binding = 1) readonly buffer Indices { uint indices[]; };
layout(std430, binding = 2) readonly buffer Pose { float pose[]; };      // position, normal
layout(std430, binding = 3) readonly buffer Still { float still[]; };    // rest, tangent, uv
layout(std430, binding = 4) buffer Depths { uint depths[]; };            // bits of 1 - near_m / depth
uniform sampler2D alpha_map; uniform vec4 channel; uniform mat4 clip_from_world; uniform vec2 jitter; uniform ivec2 size_px;
uniform int first, triangles, naming, rule, kind; uniform float strength, seed, near_m; uniform vec3 camera_position;
const int SOLID = 0, HALF = 1, WALKING = 2;                     // as visibility_map.Rule
vec2 p[3]; vec3 inverse_depth; float area;
float across(vec2 a, vec2 b) { return a.x * b.y - a.y * b.x; }
vec3 flat_shares(vec2 at) { return vec3(across(p[1] - at, p[2] - at), across(p[2] - at, p[0] - at), across(p[0] - at, p[1] - at)) / area; }
vec3 shares(vec2 at) { vec3 b = flat_shares(at) * inverse_depth; return b / (b.x + b.y + b.z); }
float hash(vec3 p) { p = fract(p * vec3(.1031, .1030, .0973)); p += dot(p, p.yxz + 33.33); return fract((p.x + p.y) * p.z); }
vec3 at_corner(int v, int place) { int i = 6 * v + place; return vec3(pose[i], pose[i + 1], pose[i + 2]); }

float alpha_at(vec2 at, ivec3 v) {
  if (kind == 10) {                                             // lenses, as gbuffer.frag
    mat3 points = mat3(at_corner(v.x, 0), at_corner(v.y, 0), at_corner(v.z, 0)), normals = mat3(at_corner(v.x, 3), at_corner(v.y, 3), at_corner(v.z, 3));
    vec3 b = shares(at), view = normalize(camera_position - points * b);
    return mix(strength, 1., .5 * pow(1. - abs(dot(view, normalize(normals * b))), 4.));
  }
  mat3x2 uv;
  for (int k = 0; k < 3; k++) uv[k] = vec2(still[8 * v[k] + 6], still[8 * v[k] + 7]);
  vec2 other = 1. - 2. * vec2(ivec2(at) & 1), here = uv * shares(at);   // the other pixel of the quad, as graphics has it
  vec2 dx = (uv * shares(at + vec2(other.x, 0)) - here) * other.x, dy = (uv * shares(at + vec2(0, other.y)) - here) * other.y;
  return dot(textureGrad(alpha_map, here, dx, dy), channel) * strength;
}

bool there(vec2 at, ivec3 v) {
  if (rule == SOLID) return true;
  float alpha = alpha_at(at, v);
  if (rule == HALF) return alpha > .5;
  float threshold = hash(vec3(at, float(kind) * 7.));
  if (kind == 10) threshold = fract(52.9829189 * fract(dot(at, vec2(.06711056, .00583715))));
  return !(alpha < .998 && alpha <= fract(threshold + seed * .61803399));
}

void main() {
  int t = int(gl_GlobalInvocationID.x);
  if (t >= triangles) return;
  ivec3 v = ivec3(indices[first + 3 * t], indices[first + 3 * t + 1], indices[first + 3 * t + 2]);
  for (int k = 0; k < 3; k++) {
    vec4 clip = clip_from_world * vec4(at_corner(v[k], 0), 1.);
    if (clip.w < near_m) return;
    p[k] = ((clip.xy / clip.w + jitter) * .5 + .5) * vec2(size_px); inverse_depth[k] = 1. / clip.w;
  }
  area = across(p[1] - p[0], p[2] - p[0]);
  if (abs(area) < 1e-9) return;
  ivec2 low = ivec2(max(ceil(min(min(p[0], p[1]), p[2]) - .5), 0.));
  ivec2 high = ivec2(min(floor(max(max(p[0], p[1]), p[2]) - .5), vec2(size_px) - 1.));
  for (int y = low.y + int(gl_WorkGroupID.y); y <= high.y; y += int(gl_NumWorkGroups.y)) for (int x = low.x; x <= high.x; x++) {
    vec2 at = vec2(x, y) + .5; vec3 b = flat_shares(at);
    if (any(lessThan(b, vec3(0)))) continue;
    uint depth = floatBitsToUint(max(1. - near_m * dot(b, inverse_depth), 0.));
    int place = y * size_px.x + x;
    if (naming == 0 ? depth >= depths[place] : depth != depths[place]) continue;
    if (!there(at, v)) continue;
    if (naming == 0) atomicMin(depths[place], depth); else atomicMin(numbers[place], uint(first / 3 + t));
  }
}
