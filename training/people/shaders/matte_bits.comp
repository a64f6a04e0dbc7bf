#version 430
// The share of each pixel's samples that the person covers, top row first; samples are bits.
layout(local_size_x = 8, local_size_y = 8) in;
layout(std430, binding = 0) buffer Frame { float pixels[]; };
layout(std430, binding = 1) readonly buffer Samples { uint samples[]; };
uniform int width, height;
void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy);
  if (p.x >= width || p.y >= height) return;
  pixels[(height - 1 - p.y) * width + p.x] = float(bitCount(samples[p.y * width + p.x])) / 16.;
}
