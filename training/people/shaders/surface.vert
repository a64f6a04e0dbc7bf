#version 330
in vec3 in_position; in vec3 in_normal; in vec3 in_rest; in vec3 in_tangent; in vec2 in_uv;
uniform mat4 clip_from_world;
uniform vec2 jitter;          // sub-pixel shift in clip units
uniform mat3 head_rotation;   // turns rest directions of hair strands
out vec3 position, normal, rest, tangent;
out vec2 uv;
void main() {
  position = in_position; normal = in_normal; rest = in_rest; uv = in_uv;
  tangent = head_rotation * in_tangent;
  gl_Position = clip_from_world * vec4(in_position, 1);
  gl_Position.xy += jitter * gl_Position.w;
}
