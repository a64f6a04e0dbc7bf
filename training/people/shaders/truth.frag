#version 330
// The surface at each pixel's centre and where the source picture shows it.
in vec3 driving, source, normal; in vec2 uv;
uniform sampler2D alpha_map, source_depth_map;
uniform int cut_out, thin, two_sided, label, compare;
uniform float strength, focal_px, tolerance_m, reach_m;
uniform vec2 centre_px, size_px;
layout(location = 0) out vec4 out_point;    // source pixel, depth in the source, depth here
layout(location = 1) out vec4 out_surface;  // normal, label + 256 where the source shows it

bool seen(vec3 plane, bool same_side, vec2 at) {
  if (source.z <= 0. || any(lessThan(at, vec2(0))) || any(greaterThanEqual(at, size_px))) return false;
  if (thin == 0 && !same_side) return false;
  ivec2 last = textureSize(source_depth_map, 0) - 1;
  vec2 finer = vec2(last + 1) / size_px; ivec2 first = ivec2(floor(at * finer - .5));
  // Rims: the nearest four samples surround the point, one that does not hide it is enough.
  for (int k = 0; k < 4; k++) {
    ivec2 texel = clamp(first + ivec2(k & 1, k >> 1), ivec2(0), last);
    // Depth of the point's own plane at the sample: steep surfaces do not hide themselves.
    float along = dot(plane, vec3(((vec2(texel) + .5) / finer - centre_px) / focal_px, 1));
    float depth = abs(along) > 1e-30 ? dot(plane, source) / along : source.z;
    depth = clamp(depth, source.z - reach_m, source.z + reach_m);
    if (texelFetch(source_depth_map, ivec2(texel.x, last.y - texel.y), 0).w > depth - tolerance_m) return true;
  }
  return false;
}

void main() {
  vec3 plane = cross(dFdx(source), dFdy(source)), here = cross(dFdx(driving), dFdy(driving));
  float alpha = cut_out == 1 ? texture(alpha_map, uv).r * strength : 1.;
  if (alpha <= .5) discard;
  vec3 n = normalize(normal);
  if (two_sided == 1 && dot(n, driving) > 0.) n = -n;
  vec2 at = source.xy / source.z * focal_px + centre_px;
  bool same_side = dot(plane, source) * dot(here, driving) > 0.;
  bool shown = compare == 1 && seen(plane, same_side, at);
  out_point = vec4(at, source.z, driving.z);
  out_surface = vec4(n, float(label) + (shown ? 256. : 0.));
}
