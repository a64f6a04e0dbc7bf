#version 330
// Separable blur of the irradiance under skin, wider in red; stops at depth edges and other kinds.
in vec2 at; out vec4 blurred;
uniform sampler2D irradiance_map, albedo_map, second_map, extra_map; uniform vec2 axis; uniform float pixels_per_metre;
float depth_of(vec2 u) { return texture(albedo_map, u).a > .5 ? texture(extra_map, u).z : 0.; }
void main() {
  vec4 here = texture(irradiance_map, at); float z = texture(second_map, at).w, amount = depth_of(at);
  if (amount < .1) { blurred = here; return; }
  vec3 sigma = vec3(.0022, .0012, .0008) * amount, total = here.rgb, weight = vec3(1);
  vec2 pixel = axis / vec2(textureSize(irradiance_map, 0));
  for (int i = 1; i <= 6; i++) for (int s = -1; s <= 1; s += 2) {
    float metres = float(i) * .0012; vec2 u = at + pixel * float(s) * metres * pixels_per_metre / z;
    float apart = abs(texture(second_map, u).w - z);
    vec3 k = exp(-.5 * metres * metres / (sigma * sigma)) * step(.1, depth_of(u)) * (1. - smoothstep(.004, .012, apart));
    total += texture(irradiance_map, u).rgb * k; weight += k;
  }
  blurred = vec4(total / weight, here.a);
}
