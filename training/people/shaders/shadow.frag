#version 330
in vec3 rest; in vec2 uv;
uniform sampler2D colour_map; uniform float seed;
float hash(vec3 p) { p = fract(p * vec3(.1031, .1030, .0973) * 64.); p += dot(p, p.yxz + 33.33); return fract((p.x + p.y) * p.z); }
void main() {
  if (texture(colour_map, uv).a < fract(hash(floor(rest * 1400.)) + seed * .61803399)) discard;
}
