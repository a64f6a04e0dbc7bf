#version 330
// Each point in the cameras of both frames; the driving frame is what is drawn.
in vec3 in_driving, in_source, in_normal; in vec2 in_uv;
uniform mat4 clip_from_world, driving_from_world, source_from_world;
out vec3 driving, source, normal;   // metres and direction, OpenCV camera axes
out vec2 uv;
void main() {
  driving = (driving_from_world * vec4(in_driving, 1)).xyz;
  source = (source_from_world * vec4(in_source, 1)).xyz;
  normal = mat3(driving_from_world) * in_normal;
  uv = in_uv;
  gl_Position = clip_from_world * vec4(in_driving, 1);
}
