#version 430
// Radiance of one pass, averaged over its supersamples: premultiplied colour and coverage, top row first.
layout(local_size_x = 8, local_size_y = 8) in;
uniform sampler2D irradiance_map, direct_map, albedo_map, normal_map, second_map, extra_map;
uniform mat4 world_from_camera; uniform vec4 lens; uniform vec3 camera_position;
uniform vec3 box_direction[2], box_right[2], box_up[2], box_colour[2]; uniform vec2 box_size[2];
uniform int supersample, added; uniform float share;          // added: to earlier passes; share: of this one
layout(std430, binding = 0) buffer Frame { vec4 pixels[]; };
float box(vec3 r, int k) {
  float f = dot(r, box_direction[k]); if (f <= 0.) return 0.;
  vec2 p = abs(vec2(dot(r, box_right[k]), dot(r, box_up[k]))) / f / box_size[k];
  return (1. - smoothstep(.85, 1.1, p.x)) * (1. - smoothstep(.85, 1.1, p.y));
}
void main() {
  ivec2 here = ivec2(gl_GlobalInvocationID.xy), fine = textureSize(albedo_map, 0), size = fine / supersample;
  if (any(greaterThanEqual(here, size))) return;
  ivec2 first = here * supersample; vec4 sum = vec4(0);
  for (int y = 0; y < supersample; y++) for (int x = 0; x < supersample; x++) {
    ivec2 p = first + ivec2(x, y); vec4 albedo = texelFetch(albedo_map, p, 0); int kind = int(albedo.a + .5);
    if (kind == 0) continue;
    vec3 colour = texelFetch(direct_map, p, 0).rgb;
    float metal = kind >= 9 ? texelFetch(extra_map, p, 0).w : 0.;
    if (kind != 7) colour += albedo.rgb * (1. - .6 * metal) * texelFetch(irradiance_map, p, 0).rgb;
    if (kind == 2 || kind == 10) {                             // mirror image of the soft boxes on cornea and lenses
      vec4 sd = texelFetch(second_map, p, 0); vec2 u = (vec2(p) + .5) / vec2(fine);
      vec3 c = vec3((vec2(u.x, 1. - u.y) - lens.zw) / lens.xy * sd.w, sd.w), world = (world_from_camera * vec4(c, 1)).xyz;
      vec3 v = normalize(camera_position - world), r = reflect(-v, sd.xyz);
      for (int k = 0; k < 2; k++) colour += box_colour[k] * box(r, k) * (kind == 10 ? .5 : 1.);
    }
    sum += vec4(min(colour, vec3(3.)), 1.);
  }
  int place = (size.y - 1 - here.y) * size.x + here.x;
  vec4 pixel = sum / float(supersample * supersample) * share;
  pixels[place] = added == 1 ? pixels[place] + pixel : pixel;
}
