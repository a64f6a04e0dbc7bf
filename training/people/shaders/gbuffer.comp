// gbuffer.frag without graphics: the triangles of one part that are nearest, see visibility.comp.
layout(local_size_x = 8, local_size_y = 8) in;
layout(std430, binding = 0) readonly buffer Numbers { uint numbers[]; };
layout(std430, binding = 1) readonly buffer Indices { uint indices[]; };
layout(std430, binding = 2) readonly buffer Pose { float pose[]; };
layout(std430, binding = 3) readonly buffer Still { float still[]; };
layout(rgba16f, binding = 0) writeonly uniform image2D albedo_image;
layout(rgba16f, binding = 1) writeonly uniform image2D normal_image;
layout(rgba32f, binding = 2) writeonly uniform image2D second_image;
layout(rgba16f, binding = 3) writeonly uniform image2D extra_image;
uniform mat4 clip_from_world; uniform mat3 head_rotation; uniform vec2 jitter; uniform ivec2 size_px;
uniform int first, triangles, clears;
vec2 p[3]; vec3 inverse_depth; float area;
float across(vec2 a, vec2 b) { return a.x * b.y - a.y * b.x; }
vec3 shares(vec2 at) {
  vec3 b = vec3(across(p[1] - at, p[2] - at), across(p[2] - at, p[0] - at), across(p[0] - at, p[1] - at)) / area * inverse_depth;
  return b / (b.x + b.y + b.z);
}
void main() {
  ivec2 pixel = ivec2(gl_GlobalInvocationID.xy);
  if (any(greaterThanEqual(pixel, size_px))) return;
  uint number = numbers[pixel.y * size_px.x + pixel.x];
  if (clears == 1 && number == 0xffffffffu) {
    imageStore(albedo_image, pixel, vec4(0)); imageStore(normal_image, pixel, vec4(0));
    imageStore(second_image, pixel, vec4(0)); imageStore(extra_image, pixel, vec4(0));
  }
  if (number == 0xffffffffu || int(number) < first / 3 || int(number) >= first / 3 + triangles) return;
  mat3 points, normals, rests, tangents; mat3x2 uvs;
  for (int k = 0; k < 3; k++) {
    int v = int(indices[3u * number + uint(k)]), i = 6 * v, j = 8 * v;
    points[k] = vec3(pose[i], pose[i + 1], pose[i + 2]); normals[k] = vec3(pose[i + 3], pose[i + 4], pose[i + 5]);
    rests[k] = vec3(still[j], still[j + 1], still[j + 2]); tangents[k] = vec3(still[j + 3], still[j + 4], still[j + 5]);
    uvs[k] = vec2(still[j + 6], still[j + 7]);
    vec4 clip = clip_from_world * vec4(points[k], 1.);
    p[k] = ((clip.xy / clip.w + jitter) * .5 + .5) * vec2(size_px); inverse_depth[k] = 1. / clip.w;
  }
  area = across(p[1] - p[0], p[2] - p[0]); front = area > 0.;
  at_px = vec2(pixel) + .5;
  vec2 other = 1. - 2. * vec2(pixel & 1);                        // to the other pixel of the quad, as graphics has it
  vec3 b = shares(at_px), x = (shares(at_px + vec2(other.x, 0)) - b) * other.x, y = (shares(at_px + vec2(0, other.y)) - b) * other.y;
  position = points * b; normal = normals * b; rest = rests * b; tangent = head_rotation * (tangents * b); uv = uvs * b;
  position_x = points * x; position_y = points * y; rest_x = rests * x; rest_y = rests * y; uv_x = uvs * x; uv_y = uvs * y;
  shade();
  imageStore(albedo_image, pixel, out_albedo); imageStore(normal_image, pixel, out_normal);
  imageStore(second_image, pixel, out_second); imageStore(extra_image, pixel, out_extra);
}
