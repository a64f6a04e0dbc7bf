#version 430
// The maps of a driving frame, top row first: as truth.frag, of the triangles that visibility.comp has found.
layout(local_size_x = 8, local_size_y = 8) in;
layout(std430, binding = 0) readonly buffer Numbers { uint numbers[]; };
layout(std430, binding = 1) readonly buffer Indices { uint indices[]; };
layout(std430, binding = 2) readonly buffer Driving { float driving_pose[]; };   // position, normal
layout(std430, binding = 3) readonly buffer Source { float source_pose[]; };
layout(std430, binding = 4) readonly buffer SourceDepths { uint source_depths[]; };
layout(std430, binding = 5) readonly buffer Named { uint named[]; };    // of each triangle: label, kind << 8, part << 16
layout(std430, binding = 6) writeonly buffer Frame { vec4 pixels[]; };
uniform mat4 clip_from_world, driving_from_world, source_from_world;
uniform float focal_px, reach_m, near_m, surface_tolerance_m, thin_tolerance_m; uniform vec2 centre_px;
uniform ivec2 size_px; uniform int finer, thin_kinds, two_sided_kinds;  // kinds as bits
float across(vec2 a, vec2 b) { return a.x * b.y - a.y * b.x; }

bool seen(vec3 source, vec3 plane, bool same_side, bool thin, vec2 at) {
  if (source.z <= 0. || any(lessThan(at, vec2(0))) || any(greaterThanEqual(at, vec2(size_px)))) return false;
  if (!thin && !same_side) return false;
  ivec2 last = size_px * finer - 1, first = ivec2(floor(at * float(finer) - .5));
  for (int k = 0; k < 4; k++) {
    ivec2 texel = clamp(first + ivec2(k & 1, k >> 1), ivec2(0), last);
    float along = dot(plane, vec3(((vec2(texel) + .5) / float(finer) - centre_px) / focal_px, 1));
    float depth = abs(along) > 1e-30 ? dot(plane, source) / along : source.z;
    depth = clamp(depth, source.z - reach_m, source.z + reach_m);
    float there = uintBitsToFloat(source_depths[(last.y - texel.y) * (last.x + 1) + texel.x]);
    if (there >= 1. || near_m / (1. - there) > depth - (thin ? thin_tolerance_m : surface_tolerance_m)) return true;
  }
  return false;
}

void main() {
  ivec2 pixel = ivec2(gl_GlobalInvocationID.xy);
  if (any(greaterThanEqual(pixel, size_px))) return;
  uint number = numbers[pixel.y * size_px.x + pixel.x];
  int place = 2 * ((size_px.y - 1 - pixel.y) * size_px.x + pixel.x);
  if (number == 0xffffffffu) { pixels[place] = vec4(0); pixels[place + 1] = vec4(0); return; }
  mat3 d, s, normals; vec2 p[3]; vec3 inverse_depth;
  for (int k = 0; k < 3; k++) {
    int i = 6 * int(indices[3u * number + uint(k)]);
    vec4 world = vec4(driving_pose[i], driving_pose[i + 1], driving_pose[i + 2], 1.), clip = clip_from_world * world;
    d[k] = (driving_from_world * world).xyz;
    s[k] = (source_from_world * vec4(source_pose[i], source_pose[i + 1], source_pose[i + 2], 1.)).xyz;
    normals[k] = mat3(driving_from_world) * vec3(driving_pose[i + 3], driving_pose[i + 4], driving_pose[i + 5]);
    p[k] = (clip.xy / clip.w * .5 + .5) * vec2(size_px); inverse_depth[k] = 1. / clip.w;
  }
  vec2 at_px = vec2(pixel) + .5;
  vec3 b = vec3(across(p[1] - at_px, p[2] - at_px), across(p[2] - at_px, p[0] - at_px), across(p[0] - at_px, p[1] - at_px)) * inverse_depth;
  b /= b.x + b.y + b.z;
  vec3 driving = d * b, source = s * b, n = normalize(normals * b);
  uint label = named[number] & 255u, kind = named[number] >> 8 & 255u;
  bool thin = (thin_kinds >> kind & 1) == 1;
  if ((two_sided_kinds >> kind & 1) == 1 && dot(n, driving) > 0.) n = -n;
  vec3 plane = cross(s[1] - s[0], s[2] - s[0]), here = cross(d[1] - d[0], d[2] - d[0]);
  vec2 at = source.xy / source.z * focal_px + centre_px;
  bool shown = seen(source, plane, dot(plane, source) * dot(here, driving) > 0., thin, at);
  pixels[place] = vec4(at, source.z, driving.z);
  pixels[place + 1] = vec4(n, float(label) + (shown ? 256. : 0.));
}
