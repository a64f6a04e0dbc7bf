#version 330
// Writes what the light passes need; gbuffer.comp includes it with IN_COMPUTE defined, for the same without graphics. Kinds: 1 skin 2 eye 3 brow 4 lash 5 teeth 6 tongue 7 hair 8 cloth
// 9 glasses 10 lens 11 headwear 12 headphones 13 jewellery.
#ifdef IN_COMPUTE
vec3 position, normal, rest, tangent, position_x, position_y, rest_x, rest_y; vec2 uv, uv_x, uv_y, at_px; bool front;
vec4 out_albedo, out_normal, out_second, out_extra;
#define SAMPLED(map, at, at_x, at_y) textureGrad(map, at, at_x, at_y)
#define SLOPES(height, here) vec2(height(uv + uv_x, rest + rest_x), height(uv + uv_y, rest + rest_y)) - here
#else
in vec3 position, normal, rest, tangent; in vec2 uv;
layout(location = 0) out vec4 out_albedo;   // rgb linear, kind
layout(location = 1) out vec4 out_normal;   // xyz world, roughness
layout(location = 2) out vec4 out_second;   // strand tangent or cornea normal, depth in metres
layout(location = 3) out vec4 out_extra;    // specular strength, cavity, subsurface, iris or metal
#define position_x dFdx(position)
#define position_y dFdy(position)
#define rest_x dFdx(rest)
#define rest_y dFdy(rest)
#define uv_x dFdx(uv)
#define uv_y dFdy(uv)
#define at_px gl_FragCoord.xy
#define front gl_FrontFacing
#define SAMPLED(map, at, at_x, at_y) texture(map, at)
#define SLOPES(height, here) vec2(dFdx(here), dFdy(here))
#endif
uniform sampler2D colour_map, normal_map, cavity_map; uniform sampler3D noise_map;
uniform int kind, textured, has_normal_map, has_cavity_map, has_material;
uniform vec3 material_colour; uniform vec4 material_surface; uniform float material_opacity;   // roughness, specular, metal, weave
uniform float seed, eye_radius, teeth_front;
uniform vec3 camera_position, eye_centre[2], gaze[2];
uniform vec3 skin_tint, hair_colour, hair_tip_colour, brow_colour, iris_colour, cloth_colour;
uniform sampler2D fold_map, paint_map; uniform vec4 furrows[2];   // left, right; see face_map.py
uniform vec3 lip_paint, lid_shadow, teeth; uniform float freckles, lip_painted, lid_lined, lid_shaded;
uniform float cloth_knit, cloth_twill, cloth_gloss;
uniform float hair_gloss, cloth_retint, lip_colour, blush, oil, stubble, brow_strength, iris_cosine;
uniform mat4 camera_from_world;
vec4 noise4(vec3 p) { vec3 i = floor(p), f = p - i; f = f * f * (3. - 2. * f); return textureLod(noise_map, (i + f + .5) / 64., 0.); }
float fbm(vec3 p) { return .5 * noise4(p).r + .25 * noise4(p * 2.1 + 7.).r + .125 * noise4(p * 4.3 + 3.).r + .0625 * noise4(p * 8.7).r; }
float hash(vec3 p) { p = fract(p * vec3(.1031, .1030, .0973)); p += dot(p, p.yxz + 33.33); return fract((p.x + p.y) * p.z); }
vec3 linear(vec3 c) { return pow(c, vec3(2.2)); }
float luminance(vec3 c) { return dot(c, vec3(.2126, .7152, .0722)); }

vec3 from_normal_map(vec3 n, vec3 m) {                       // cotangent frame, Schueler 2013
  vec3 dx = position_x, dy = position_y; vec2 ux = uv_x, uy = uv_y;
  vec3 a = cross(dy, n), b = cross(n, dx), t = a * ux.x + b * uy.x, s = a * ux.y + b * uy.y;
  float scale = inversesqrt(max(max(dot(t, t), dot(s, s)), 1e-20));
  return normalize(t * scale * m.x + s * scale * m.y + n * m.z);
}

vec3 dented(vec3 n, vec2 slopes) {                            // of a height in metres; Mikkelsen 2010
  vec3 dx = position_x, dy = position_y, a = cross(dy, n), b = cross(n, dx); float area = dot(dx, a);
  return normalize(abs(area) * n - sign(area) * (slopes.x * a + slopes.y * b));
}

vec2 face_place(vec2 uv) { return vec2(uv.y - .363, 1. - uv.x) / .240; }                          // the square of face_map.py
vec4 face_texel(sampler2D map, vec2 uv) {
  vec2 at = face_place(uv);
  float shown = step(.6, uv.x) * step(0., min(min(at.x, at.y), min(1. - at.x, 1. - at.y)));
  return shown * SAMPLED(map, at, vec2(uv_x.y, -uv_x.x) / .240, vec2(uv_y.y, -uv_y.x) / .240);
}
float furrow_height(vec2 uv, vec3 rest) {
  return clamp(dot(face_texel(fold_map, uv), mix(furrows[1], furrows[0], smoothstep(-.015, .015, uv.y - .483))), 0., 1.);
}
float stitch_height(vec2 uv, vec3 rest) {                     // v-shaped stitches
  float rib = atan(rest.x, rest.z + .03) * .16 / .0052, course = rest.y / .0046 + .9 * abs(fract(rib) - .5);
  return (.5 + .5 * cos(6.2832 * course)) * smoothstep(.0, .25, .5 - abs(fract(rib) - .5));
}
float satin_height(vec2 uv, vec3 rest) { return .004 * fbm(rest * vec3(45., 20., 45.)) + .0004 * noise4(rest * 420.).r; }

#ifdef IN_COMPUTE
void shade() {
#else
void main() {
#endif
  vec4 texel = textured == 1 ? SAMPLED(colour_map, uv, uv_x, uv_y) : vec4(1);
#ifndef IN_COMPUTE                                             // where visibility.comp has seen to it
  float alpha = 1.;
  if (textured == 1) {
    if (kind == 7) alpha = texel.a;
    if (kind == 3) alpha = clamp(texel.a * brow_strength, 0., 1.);
    if (kind == 4) alpha = clamp(texel.a * 1.1, 0., 1.);
  }
  vec3 view = normalize(camera_position - position);
  if (kind == 10) alpha = mix(material_opacity, 1., .5 * pow(1. - abs(dot(view, normalize(normal))), 4.));
  // Stochastic coverage: averaged over supersamples and passes it is exact blending.
  // Each pixel's threshold walks by the golden ratio from pass to pass, so few passes suffice.
  float threshold = hash(vec3(at_px, float(kind) * 7.));
  if (kind == 10) threshold = fract(52.9829189 * fract(dot(at_px, vec2(.06711056, .00583715))));   // evenly spread, Jimenez 2014
  if (alpha < .998 && alpha <= fract(threshold + seed * .61803399)) discard;
#endif

  vec3 n = normalize(normal), second = vec3(0);
  if (!front && ((kind == 7 && textured == 1) || kind >= 8 || kind == 3 || kind == 4)) n = -n;
  vec3 albedo = linear(texel.rgb);
  float rough = .5, specular = 1., cavity = 1., subsurface = 0., iris = 0.;

  if (kind == 1) {
    float mottle = fbm(rest * 60.), fine = noise4(rest * 420.).r;
    vec3 usual = linear(textureLod(colour_map, uv, 20.).rgb);                    // of the whole skin
    float pale = luminance(albedo) / max(luminance(usual), 1e-3);                // palms of dark skins, drawn like light ones
    float of_dark = (1. - smoothstep(.10, .20, luminance(usual))) * step(uv.x, .77) * step(uv.y, .192) * step(1.5, pale);   // where the hands lie
    albedo = mix(albedo, mix(albedo, luminance(albedo) * vec3(2.3, .68, .30), .65) * pow(1.5 / pale, .85), of_dark);
    vec3 raw = albedo;
    albedo *= skin_tint * (1. + .10 * (mottle - .47) + .06 * (fine - .5));
    float redness = smoothstep(.05, .30, (raw.r - raw.g) / (raw.r + .02) - .42);
    // hm08 atlas: u grows towards the chin, v across; .486 is the midline.
    vec2 face = vec2(uv.x, abs(uv.y - .486));
    float on_face = step(.6, uv.x);
    vec2 cheek = face - vec2(.885, .060), tip = face - vec2(.886, .0);
    float warm = exp(-dot(cheek, cheek) / .0011) + .5 * exp(-dot(tip, tip) / .00015);
    albedo *= mix(vec3(1), vec3(1.03, .80, .79), blush * warm * on_face);
    float jaw = smoothstep(.898, .915, uv.x - .12 * max(0., .03 - face.y)) * (1. - smoothstep(.955, .985, uv.x))
              * (1. - smoothstep(.085, .115, face.y + .6 * max(0., .915 - uv.x))) * on_face;
    albedo *= mix(vec3(1), vec3(.60, .60, .63) * (.8 + .4 * fine), jaw * stubble * (1. - redness));
    albedo = mix(albedo, albedo * vec3(1.0, .66, .68), redness * lip_colour * on_face);
    vec4 paint = face_texel(paint_map, uv); float furrow = furrow_height(uv, rest);
    n = dented(n, -.0009 * (SLOPES(furrow_height, furrow))); albedo *= mix(vec3(1), vec3(.74, .62, .58), furrow);
    vec3 cell = rest * 430.; vec4 dice = noise4(floor(cell));
    float spots = step(.5, dice.a) * (1. - smoothstep(.10, .34, length(fract(cell) - .25 - .5 * dice.rgb)));
    albedo *= mix(vec3(1), vec3(.62, .47, .36), spots * paint.a * freckles);
    albedo *= 1. - .16 * paint.a * smoothstep(.68, .85, noise4(rest * 850.).g);                     // pores
    albedo = mix(albedo, lid_shadow, .75 * lid_shaded * paint.b);
    albedo = mix(albedo, vec3(.012, .010, .010), lid_lined * paint.g);
    albedo = mix(albedo, lip_paint * (.75 + .5 * fine), .85 * lip_painted * paint.r);
    vec3 bump = noise4(rest * 600.).gba - .5, broad = noise4(rest * 190.).gba - .5;
    n = normalize(n + bump * .05 + broad * .03);
    rough = mix(.56, .44, oil) + .08 * (mottle - .5) - .14 * max(redness * on_face, lip_painted * paint.r);
    specular = .55 + .5 * oil * mottle; subsurface = 1.;
    if (uv.x > .74 && uv.y < .145 && abs(rest.x) < .1) {       // mouth cavity island, fingertips beside it: dark only at depth
      float forward = smoothstep(teeth_front - .014, teeth_front + .004, rest.z + 24. * rest.x * rest.x);
      cavity = mix(.22, .75, forward); specular = .2; albedo *= mix(vec3(.8, .55, .55), vec3(.8, .5, .47), forward);
    }
  } else if (kind == 2) {
    int k = distance(position, eye_centre[0]) < distance(position, eye_centre[1]) ? 0 : 1;
    vec3 d = normalize(position - eye_centre[k]); float c = dot(d, gaze[k]);
    float r = sqrt(max(1. - c * c, 0.)) / sqrt(1. - iris_cosine * iris_cosine);   // 1 at the limbus
    if (c < 0.) r = 9.;
    iris = 1. - smoothstep(.93, 1.05, r);
    vec3 side = d - gaze[k] * c; float around = atan(side.y, side.x);
    float fibre = noise4(vec3(cos(around) * 9., sin(around) * 9., r * 2.5 + seed * 0.)).r;
    float pupil = 1. - smoothstep(.30, .36, r);
    vec3 ring = iris_colour * (.55 + .9 * fibre) * mix(1.5, .75, smoothstep(.35, .95, r));
    ring = mix(ring, ring * vec3(1.5, 1.15, .7), (1. - smoothstep(.36, .62, r)) * .5);
    ring *= mix(1., .30, smoothstep(.78, 1.0, r));
    ring = mix(ring, vec3(.004), pupil);
    vec3 white = vec3(.72, .665, .64) * (1. - .10 * noise4(rest * 500.).r);
    white = mix(white, white * vec3(.92, .66, .60), smoothstep(1.45, 2.1, r) * .55);
    albedo = mix(white, ring, iris);
    vec3 cornea = normalize(position - (eye_centre[k] + gaze[k] * eye_radius * .42));
    second = normalize(mix(d, cornea, 1. - smoothstep(.85, 1.15, r)));
    n = normalize(mix(d, gaze[k] * .9 - side * .9, iris));                          // the iris is a bowl
    rough = .12; specular = .4; subsurface = .30; cavity = .92;
  } else if (kind == 3) { albedo = brow_colour; rough = .7; specular = .15; }
  else if (kind == 4) { albedo = vec3(.012, .009, .008); rough = .6; specular = .2; }
  else if (kind == 5) {
    float gum = smoothstep(.12, .3, (albedo.r - albedo.g) / (albedo.r + .01));
    albedo = mix(min(albedo * 1.05, vec3(.8)) * vec3(.92, .87, .78) * teeth, albedo * vec3(.75, .6, .6), gum);
    float forward = smoothstep(teeth_front - .030, teeth_front - .002, rest.z);
    rough = .22; subsurface = .5; cavity = mix(.08, 1., forward * forward); specular = forward;
  } else if (kind == 6) {
    float forward = smoothstep(teeth_front - .05, teeth_front - .005, rest.z);
    albedo *= vec3(.75, .55, .55); rough = .35; subsurface = .6; cavity = mix(.14, .95, forward); specular = .5 * forward;
  } else if (kind == 7) {
    vec3 t = normalize(tangent - n * dot(n, tangent) + 1e-5);
    float strand, tip;
    if (textured == 1) {
      float shade = luminance(albedo);
      strand = .62 + .75 * noise4(vec3(uv * vec2(300., 10.), 3.)).r; tip = noise4(rest * 24.).r * .6;
      strand *= .55 + 1.2 * sqrt(clamp(shade, 0., 1.));
    } else { strand = .72 + .56 * uv.x; tip = uv.y; second = t; t = normalize(tangent); }
    albedo = mix(hair_colour, hair_tip_colour, tip) * strand;
    second = t; rough = .35;
  } else if (kind == 8) {
    if (textured == 1) {                                      // keep the texture's shading, change its colour
      float shade = luminance(albedo);
      albedo = mix(albedo, cloth_colour * clamp(shade / max(cloth_retint, 1e-3), .7, 1.2), step(1e-3, cloth_retint));
    } else albedo = has_material == 1 ? material_colour : cloth_colour;
    if (has_normal_map == 1) n = from_normal_map(n, normalize(SAMPLED(normal_map, uv, uv_x, uv_y).xyz * 2. - 1.));
    if (has_cavity_map == 1) cavity = mix(1., SAMPLED(cavity_map, uv, uv_x, uv_y).r, .6);
    float weave = noise4(rest * vec3(900., 700., 900.)).r, cloud = fbm(rest * 30.);
    albedo *= .90 + .16 * weave + .08 * (cloud - .47);
    n = normalize(n + (noise4(rest * 800.).gba - .5) * .16);
    float across = atan(rest.x, rest.z + .03) * .16, knit = has_material == 1 ? material_surface.w : cloth_knit;
    // Threads finer than two samples would become waves of moire.
    float travelled = length(rest_x) + length(rest_y), turned = abs(atan(rest.x + rest_x.x, rest.z + rest_x.z + .03) * .16 - across) + abs(atan(rest.x + rest_y.x, rest.z + rest_y.z + .03) * .16 - across);
    knit *= 1. - smoothstep(.22, .42, max(travelled, turned) / .0046);
    float stitch = stitch_height(uv, rest);
    albedo *= 1. - knit * .30 * (1. - stitch); n = dented(n, .0009 * knit * (SLOPES(stitch_height, stitch)));
    float twill = has_material == 1 ? 0. : cloth_twill, wale = .5 + .5 * sin((across + rest.y) * 1900.);
    wale = mix(wale, .5, smoothstep(.22, .42, (turned + travelled) / .0033));
    albedo = mix(albedo, albedo * (.82 + .22 * wale + .20 * smoothstep(.35, .65, cloud)), twill);
    float gloss = has_material == 1 ? 0. : cloth_gloss, satin = satin_height(uv, rest);
    n = dented(n, gloss * (SLOPES(satin_height, satin)));
    rough = mix(.85, .42, gloss); specular = mix(.25, .9, gloss); subsurface = 0.;
  }
  if (kind >= 9) {
    albedo = material_colour; rough = material_surface.x; specular = material_surface.y; second = n;
    float weave = material_surface.w, thread = noise4(rest * vec3(700., 500., 700.)).r;
    albedo *= 1. + weave * (.30 * (thread - .5) + .25 * (fbm(rest * 60.) - .47));
    n = normalize(n + (noise4(rest * 620.).gba - .5) * .3 * weave);
  }
  out_albedo = vec4(albedo, float(kind));
  out_normal = vec4(n, rough);
  out_second = vec4(second, (camera_from_world * vec4(position, 1)).z);
  if (kind == 7) specular = hair_gloss;
  out_extra = vec4(specular, cavity, subsurface, kind >= 9 ? material_surface.z : iris);
}
