// A triangle as shaders/blocks.comp has left it, and the jobs found there.
layout(std430, binding = 5) readonly buffer Corners { vec4 corners[]; };      // three of each triangle
layout(std430, binding = 6) readonly buffer Jobs { uint jobs, unused; uvec2 job[]; };
vec2 p[3]; vec3 inverse_depth; float area;                                    // pixels, bottom row first
float across(vec2 a, vec2 b) { return a.x * b.y - a.y * b.x; }
void take(uint triangle) {
  vec4 one = corners[3u * triangle], two = corners[3u * triangle + 1u], three = corners[3u * triangle + 2u];
  p[0] = one.xy; p[1] = one.zw; p[2] = two.xy; inverse_depth = vec3(two.zw, three.x); area = three.y;
}
vec3 flat_shares(vec2 at) { return vec3(across(p[1] - at, p[2] - at), across(p[2] - at, p[0] - at), across(p[0] - at, p[1] - at)) / area; }
vec3 shares(vec2 at) { vec3 b = flat_shares(at) * inverse_depth; return b / (b.x + b.y + b.z); }
uint triangle_of(uvec2 one) { return one.x & 0xffffffu; }
int cover_of(uvec2 one) { return int(one.x >> 24); }
ivec2 low_of(uvec2 one) { return ivec2(one.y & 0x1fffu, one.y >> 13 & 0x1fffu); }
int side_of(uvec2 one) { return 4 << (one.y >> 26); }
