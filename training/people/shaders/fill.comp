#version 430
layout(local_size_x = 256) in;
layout(std430, binding = 0) writeonly buffer Words { uint words[]; };
uniform int count, value;
void main() {
  int stride = int(gl_NumWorkGroups.x) * 256;
  for (int i = int(gl_GlobalInvocationID.x); i < count; i += stride) words[i] = uint(value);
}
