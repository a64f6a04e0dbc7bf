#version 430
// Separable blur of the irradiance under skin, wider in red; stops at depth edges and other kinds.
layout(local_size_x = 8, local_size_y = 8) in;
uniform sampler2D irradiance_map, albedo_map, second_map, extra_map; uniform vec2 axis; uniform float pixels_per_metre;
layout(rgba32f, binding = 0) uniform writeonly image2D blurred_image;
float depth_of(vec2 u) { return textureLod(albedo_map, u, 0.).a > .5 ? textureLod(extra_map, u, 0.).z : 0.; }
void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy), size = textureSize(irradiance_map, 0);
  if (any(greaterThanEqual(p, size))) return;
  vec2 at = (vec2(p) + .5) / vec2(size);
  vec4 here = texelFetch(irradiance_map, p, 0); float z = texelFetch(second_map, p, 0).w, amount = depth_of(at);
  if (amount < .1) { imageStore(blurred_image, p, here); return; }
  vec3 sigma = vec3(.0022, .0012, .0008) * amount, total = here.rgb, weight = vec3(1);
  vec2 pixel = axis / vec2(size);
  for (int i = 1; i <= 6; i++) for (int s = -1; s <= 1; s += 2) {
    float metres = float(i) * .0012; vec2 u = at + pixel * float(s) * metres * pixels_per_metre / z;
    float apart = abs(textureLod(second_map, u, 0.).w - z);
    vec3 k = exp(-.5 * metres * metres / (sigma * sigma)) * step(.1, depth_of(u)) * (1. - smoothstep(.004, .012, apart));
    total += textureLod(irradiance_map, u, 0.).rgb * k; weight += k;
  }
  imageStore(blurred_image, p, vec4(total / weight, here.a));
}
