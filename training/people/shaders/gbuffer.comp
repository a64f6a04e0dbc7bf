#version 430
// gbuffer.frag without graphics: what is seen of one part, see visibility.comp and tiles.comp.
layout(local_size_x = 8, local_size_y = 8) in;
layout(std430, binding = 0) readonly buffer Numbers { uint numbers[]; };
layout(std430, binding = 1) readonly buffer Indices { uint indices[]; };
layout(std430, binding = 2) readonly buffer Pose { float pose[]; };
layout(std430, binding = 3) readonly buffer Still { float still[]; };
layout(std430, binding = 4) readonly buffer Tiles { uint tiles[]; };
layout(rgba16f, binding = 0) writeonly uniform image2D albedo_image;
layout(rgba16f, binding = 1) writeonly uniform image2D normal_image;
layout(rgba32f, binding = 2) writeonly uniform image2D second_image;
layout(rgba16f, binding = 3) writeonly uniform image2D extra_image;
uniform mat3 head_rotation; uniform ivec2 size_px; uniform int first, triangles, part;
void show(ivec2 pixel, uint number) {
  mat3 points, normals, rests, tangents; mat3x2 uvs;
  take(number);
  for (int k = 0; k < 3; k++) {
    int v = int(indices[3u * number + uint(k)]), i = 6 * v, j = 8 * v;
    points[k] = vec3(pose[i], pose[i + 1], pose[i + 2]); normals[k] = vec3(pose[i + 3], pose[i + 4], pose[i + 5]);
    rests[k] = vec3(still[j], still[j + 1], still[j + 2]); tangents[k] = vec3(still[j + 3], still[j + 4], still[j + 5]);
    uvs[k] = vec2(still[j + 6], still[j + 7]);
  }
  front = area > 0.; at_px = vec2(pixel) + .5;
  vec2 other = 1. - 2. * vec2(pixel & 1);                        // to the other pixel of the quad, as graphics has it
  vec3 b = shares(at_px), x = (shares(at_px + vec2(other.x, 0)) - b) * other.x, y = (shares(at_px + vec2(0, other.y)) - b) * other.y;
  position = points * b; normal = normals * b; rest = rests * b; tangent = head_rotation * (tangents * b); uv = uvs * b;
  position_x = points * x; position_y = points * y; rest_x = rests * x; rest_y = rests * y; uv_x = uvs * x; uv_y = uvs * y;
  shade();
  imageStore(albedo_image, pixel, out_albedo); imageStore(normal_image, pixel, out_normal);
  imageStore(second_image, pixel, out_second); imageStore(extra_image, pixel, out_extra);
}
void main() {
  ivec2 many = (size_px + 7) / 8; uint mine = 1u << min(part, 31);
  for (int tile = int(gl_WorkGroupID.x); tile < many.x * many.y; tile += int(gl_NumWorkGroups.x)) {
    if ((tiles[tile] & mine) == 0u) continue;
    ivec2 pixel = 8 * ivec2(tile % many.x, tile / many.x) + ivec2(gl_LocalInvocationID.xy);
    if (any(greaterThanEqual(pixel, size_px))) continue;
    uint number = numbers[pixel.y * size_px.x + pixel.x];
    if (number != 0xffffffffu && int(number) >= first && int(number) < first + triangles) show(pixel, number);
  }
}
