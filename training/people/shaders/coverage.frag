#version 330
// One bit a sample; the mean over 4 x 4 samples is the matte, with hair as the colour passes have it.
in vec2 uv; out float covered;
uniform sampler2D alpha_map; uniform int cut_out; uniform float strength;
const int ORDERED[16] = int[16](0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5);  // Bayer 1973
void main() {
  ivec2 p = ivec2(gl_FragCoord.xy) & 3;
  float alpha = cut_out == 1 ? texture(alpha_map, uv).r * strength : 1.;
  if (alpha <= (float(ORDERED[p.y * 4 + p.x]) + .5) / 16.) discard;
  covered = 1.;
}
