#version 430
// Which parts each tile of 8 x 8 pixels shows, a bit each; where nothing is the maps are cleared.
layout(local_size_x = 8, local_size_y = 8) in;
layout(std430, binding = 0) readonly buffer Numbers { uint numbers[]; };
layout(std430, binding = 1) readonly buffer Named { uint named[]; };          // of each triangle: label, kind << 8, part << 16
layout(std430, binding = 2) writeonly buffer Tiles { uint tiles[]; };
layout(rgba16f, binding = 0) writeonly uniform image2D albedo_image;
layout(rgba16f, binding = 1) writeonly uniform image2D normal_image;
layout(rgba32f, binding = 2) writeonly uniform image2D second_image;
layout(rgba16f, binding = 3) writeonly uniform image2D extra_image;
uniform ivec2 size_px;
shared uint parts;
void main() {
  if (gl_LocalInvocationIndex == 0u) parts = 0u;
  barrier();
  ivec2 pixel = ivec2(gl_GlobalInvocationID.xy);
  if (all(lessThan(pixel, size_px))) {
    uint number = numbers[pixel.y * size_px.x + pixel.x];
    if (number == 0xffffffffu) {
      imageStore(albedo_image, pixel, vec4(0)); imageStore(normal_image, pixel, vec4(0));
      imageStore(second_image, pixel, vec4(0)); imageStore(extra_image, pixel, vec4(0));
    } else atomicOr(parts, 1u << min(named[number] >> 16, 31u));
  }
  barrier();
  if (gl_LocalInvocationIndex == 0u) tiles[gl_WorkGroupID.y * gl_NumWorkGroups.x + gl_WorkGroupID.x] = parts;
}
