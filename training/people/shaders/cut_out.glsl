// What cuts surfaces out. Neighbours may ask different maps, so each is called by a constant number.
const int MOST_ALPHA_MAPS = 12;
uniform sampler2D alpha_maps[MOST_ALPHA_MAPS];
#define OF_ALL(CASE) switch (map) { CASE(0) CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) }
#define BY_SLOPE(n) case n: return textureGrad(alpha_maps[n], at, dx, dy);
#define BY_LEVEL(n) case n: return textureLod(alpha_maps[n], at, lod);
#define BY_SIZE(n) case n: return textureSize(alpha_maps[n], 0);
vec4 alpha_texel(int map, vec2 at, vec2 dx, vec2 dy) { OF_ALL(BY_SLOPE) return vec4(0); }
vec4 alpha_texel(int map, vec2 at, float lod) { OF_ALL(BY_LEVEL) return vec4(0); }
ivec2 alpha_size(int map) { OF_ALL(BY_SIZE) return ivec2(1); }
