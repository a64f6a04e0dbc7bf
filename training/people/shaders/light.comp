#version 430
// Samples of the area lights, each with a map of depths of its own.
layout(local_size_x = 8, local_size_y = 8) in;
const int MOST = 12;
uniform sampler2D albedo_map, normal_map, second_map, extra_map;
uniform vec3 light_direction[MOST], light_colour[MOST], camera_position;
uniform mat4 shadow_from_world[MOST], world_from_camera;
uniform vec4 lens;                                            // focal / width, focal / height, cx / width, cy / height
layout(std430, binding = 1) readonly buffer Depths { uint depths[]; };   // a square for each light
uniform float light_spread[MOST];                             // tangent of the angle that a sample stands for
uniform vec3 shadow_m;                                        // extent of the maps: across, up, along the light
uniform int lights, added, size_px; uniform float seed;
layout(rgba32f, binding = 0) uniform image2D diffuse_image;   // irradiance, blurred under the skin later
layout(rgba32f, binding = 1) uniform image2D direct_image;    // reflected radiance
const float PI = 3.14159265;
float ggx(vec3 n, vec3 v, vec3 l, float r) {
  vec3 h = normalize(v + l); float a = r * r, nh = max(dot(n, h), 0.), nl = max(dot(n, l), 0.), nv = max(dot(n, v), 1e-3);
  float d = nh * nh * (a * a - 1.) + 1., k = a * .5 + 1e-4;
  return a * a / (PI * d * d) / ((nl * (1. - k) + k) * (nv * (1. - k) + k) * 4.) * nl;
}
float even_noise(vec2 p) { return fract(52.9829189 * fract(dot(p, vec2(.06711056, .00583715)))); }   // Jimenez 2014
// By how much what was drawn beside q, in light k's map, is nearer to the light.
float nearer_m(int k, vec3 q, vec2 off_m) {
  ivec2 at = clamp(ivec2((q.xy + off_m / shadow_m.xy) * float(size_px)), ivec2(0), ivec2(size_px - 1));
  return (q.z - uintBitsToFloat(depths[(k * size_px + at.y) * size_px + at.x])) * shadow_m.z;
}
// Share of light k that reaches a point. Its shadow is as soft as what casts it is far (Fernando 2005), with taps along a
// spiral turned anew for each sample. One counts where it lies in the light's cone, so that slopes do not shadow themselves.
float unshadowed(int k, vec3 from, float turn) {
  const int SEARCHED = 6, FILTERED = 8; const float FAR_M = .30, BIAS_M = .0014;
  const mat2 ON = mat2(-.73736888, .67549029, -.67549029, -.73736888);   // by the golden angle
  vec3 q = (shadow_from_world[k] * vec4(from, 1)).xyz * .5 + .5;
  float wide = light_spread[k], found = 0., far_m = 0.;
  vec2 way = vec2(cos(6.2831853 * turn), sin(6.2831853 * turn));
  for (int n = 0; n < SEARCHED; n++, way = ON * way) {          // most of them near, where most shadows come from
    float t = (float(n) + turn) / float(SEARCHED), off_m = t * t * FAR_M * wide, h = nearer_m(k, q, off_m * way);
    if (h > max(BIAS_M, off_m / wide)) { found++; far_m += h; }
  }
  if (found < .5) return 1.;
  float reach_m = max(wide * far_m / found, 1.2 * shadow_m.x / float(size_px)), open = 0.;
  for (int n = 0; n < FILTERED; n++, way = ON * way) {
    float off_m = reach_m * sqrt((float(n) + .5) / float(FILTERED));
    if (nearer_m(k, q, off_m * way) <= max(BIAS_M, .6 * off_m / wide)) open++;
  }
  return open / float(FILTERED);
}
void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy), size = textureSize(albedo_map, 0);
  if (any(greaterThanEqual(p, size))) return;
  vec4 albedo = texelFetch(albedo_map, p, 0); int kind = int(albedo.a + .5);
  vec4 diffuse = vec4(0), direct = vec4(0);
  if (added == 1) { diffuse = imageLoad(diffuse_image, p); direct = imageLoad(direct_image, p); }
  if (kind > 0) {
    vec2 at = (vec2(p) + .5) / vec2(size);
    vec4 nr = texelFetch(normal_map, p, 0), sd = texelFetch(second_map, p, 0), extra = texelFetch(extra_map, p, 0);
    vec3 n = nr.xyz; float rough = nr.w, z = sd.w;
    vec3 in_camera = vec3((vec2(at.x, 1. - at.y) - lens.zw) / lens.xy * z, z);
    vec3 position = (world_from_camera * vec4(in_camera, 1)).xyz, v = normalize(camera_position - position);
    float texel_m = shadow_m.x / float(size_px);
    for (int k = 0; k < lights; k++) {
      vec3 l = light_direction[k];
      float away = kind == 7 ? 2.5 : (kind == 2 ? .6 : 1.0);
      float nl = dot(n, l), lit = 0.;
      if (kind == 7 || nl > -.2)                              // nothing reaches what looks away
        lit = unshadowed(k, position + (kind == 7 ? l : mix(n, l, .5)) * texel_m * away * 1.6, even_noise(vec2(p) + 5.588238 * (float(MOST) * seed + float(k))));
      if (kind == 1 && extra.y < .99) lit = mix(lit, 1., .35);   // light that scatters through the lips
      float shade = dot(albedo.rgb, vec3(.2126, .7152, .0722));
      if (kind == 7) lit = mix(lit, 1., .5 * smoothstep(.05, .25, shade));   // light hair passes light on
      if (kind == 8) lit = max(lit, .10);                     // what cloth throws back to cloth
      vec3 light = light_colour[k] * lit;
      if (kind == 1) light *= mix(.45, 1., smoothstep(-.5, .1, dot(v, l)));   // rims are for hair and cloth
      if (kind == 7) {                                        // two shifted lobes, Marschner 2003 after Scheuermann
        vec3 t = sd.xyz; float tl = dot(t, l), across = sqrt(max(1. - tl * tl, 0.));
        vec3 h = normalize(l + v), t1 = normalize(t + n * .10), t2 = normalize(t - n * .14);
        float h1 = dot(t1, h), h2 = dot(t2, h);
        float s1 = pow(sqrt(max(1. - h1 * h1, 0.)), 90.), s2 = pow(sqrt(max(1. - h2 * h2, 0.)), 22.);
        float facing = clamp(nl * .55 + .45, 0., 1.), through = pow(max(dot(-v, l), 0.), 4.);
        direct.rgb += light / PI * facing * (albedo.rgb * mix(1., across, .5) * 1.15 + extra.x * s1 * .16 + extra.x * s2 * albedo.rgb * 2.2 + through * albedo.rgb * 1.2);
        continue;
      }
      vec3 wrap = vec3(.17, .10, .07) * extra.z;
      vec3 soft = clamp((vec3(nl) + wrap) / (1. + wrap), 0., 1.);
      diffuse.rgb += light / PI * soft * extra.y;
      vec3 sn = kind == 2 ? sd.xyz : n, h = normalize(l + v);
      vec3 f0 = vec3(kind == 1 ? .028 : .04);
      if (kind >= 9) f0 = mix(f0, albedo.rgb, extra.w);          // metals
      vec3 f = f0 + (1. - f0) * pow(clamp(1. - dot(h, v), 0., 1.), 5.); float lobe;
      if (kind == 1) lobe = mix(ggx(sn, v, l, rough + .12), ggx(sn, v, l, max(rough - .12, .28)), .35); else lobe = ggx(sn, v, l, max(rough, .2));
      // Dark skin shows every sheen: at its rims less of it.
      if (kind == 1) f = mix(f, f0, .6 * (1. - smoothstep(.02, .20, shade)));
      direct.rgb += light * f * lobe * extra.x * extra.y;
      if (kind == 8) diffuse.rgb += light / PI * pow(clamp(1. - dot(n, v), 0., 1.), 3.) * .25 * max(nl * .5 + .5, 0.) * extra.y;
    }
  }
  imageStore(diffuse_image, p, diffuse); imageStore(direct_image, p, direct);
}
