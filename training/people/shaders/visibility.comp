#version 430
// The nearest triangle of each pixel; sixteen threads for each block that blocks.comp has found. First the depths, then whose they are.
layout(local_size_x = 64) in;
const int MOST_COVERS = 24, SOLID = 0, HALF = 1, WALKING = 2;                 // as visibility_map.Rule
layout(std430, binding = 0) buffer Numbers { uint numbers[]; };               // of triangles, bottom row first
layout(std430, binding = 1) readonly buffer Indices { uint indices[]; };
layout(std430, binding = 2) readonly buffer Pose { float pose[]; };           // position, normal
layout(std430, binding = 3) readonly buffer Still { float still[]; };         // rest, tangent, uv
layout(std430, binding = 4) coherent buffer Depths { uint depths[]; };        // bits of 1 - near_m / depth
uniform vec4 channel; uniform ivec2 size_px; uniform int naming; uniform float seed, near_m; uniform vec3 camera_position;
uniform ivec4 cover[MOST_COVERS]; uniform float strength[MOST_COVERS];        // rule, kind, alpha map
float hash(vec3 p) { p = fract(p * vec3(.1031, .1030, .0973)); p += dot(p, p.yxz + 33.33); return fract((p.x + p.y) * p.z); }
vec3 at_corner(int v, int place) { int i = 6 * v + place; return vec3(pose[i], pose[i + 1], pose[i + 2]); }

float alpha_at(vec2 at, ivec3 v, ivec4 one, float strength) {
  if (one.y == 10) {                                                          // lenses, as gbuffer.frag
    mat3 points = mat3(at_corner(v.x, 0), at_corner(v.y, 0), at_corner(v.z, 0)), normals = mat3(at_corner(v.x, 3), at_corner(v.y, 3), at_corner(v.z, 3));
    vec3 b = shares(at), view = normalize(camera_position - points * b);
    return mix(strength, 1., .5 * pow(1. - abs(dot(view, normalize(normals * b))), 4.));
  }
  mat3x2 uv;
  for (int k = 0; k < 3; k++) uv[k] = vec2(still[8 * v[k] + 6], still[8 * v[k] + 7]);
  vec2 other = 1. - 2. * vec2(ivec2(at) & 1), here = uv * shares(at);         // the other pixel of the quad, as graphics has it
  vec2 dx = (uv * shares(at + vec2(other.x, 0)) - here) * other.x, dy = (uv * shares(at + vec2(0, other.y)) - here) * other.y;
  // Software OpenGL samples for idle threads too, who must not ask for what no number says.
  here = clamp(here, -99., 99.); dx = clamp(dx, -9., 9.); dy = clamp(dy, -9., 9.);
  return dot(alpha_texel(one.z, here, dx, dy), channel) * strength;
}

bool there(vec2 at, uint triangle, int number) {
  ivec4 one = cover[number];
  if (one.x == SOLID) return true;
  ivec3 v = ivec3(indices[3u * triangle], indices[3u * triangle + 1u], indices[3u * triangle + 2u]);
  float alpha = alpha_at(at, v, one, strength[number]);
  if (one.x == HALF) return alpha > .5;
  float threshold = hash(vec3(at, float(one.y) * 7.));
  if (one.y == 10) threshold = fract(52.9829189 * fract(dot(at, vec2(.06711056, .00583715))));
  return !(alpha < .998 && alpha <= fract(threshold + seed * .61803399));
}

void look(ivec2 pixel, uint triangle, int number) {
  vec2 at = vec2(pixel) + .5; vec3 b = flat_shares(at);
  if (any(lessThan(b, vec3(0)))) return;
  uint depth = floatBitsToUint(max(1. - near_m * dot(b, inverse_depth), 0.));
  int place = pixel.y * size_px.x + pixel.x;
  if (naming == 0 ? depth >= depths[place] : depth != depths[place]) return;
  if (!there(at, triangle, number)) return;
  if (naming == 0) atomicMin(depths[place], depth); else atomicMin(numbers[place], triangle);
}

void main() {
  ivec2 mine = ivec2(gl_LocalInvocationIndex & 3u, gl_LocalInvocationIndex >> 2 & 3u);
  for (uint k = gl_WorkGroupID.x * 4u + (gl_LocalInvocationIndex >> 4); k < jobs; k += gl_NumWorkGroups.x * 4u) {
    uvec2 block = job[k]; ivec2 low = low_of(block), high = min(low + side_of(block), size_px);
    take(triangle_of(block));
    for (int y = low.y + mine.y; y < high.y; y += 4) for (int x = low.x + mine.x; x < high.x; x += 4) look(ivec2(x, y), triangle_of(block), cover_of(block));
  }
}
