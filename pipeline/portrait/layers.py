"""Takes a portrait apart: the person's matte, the scene behind, regions, colours and light."""

from dataclasses import dataclass

import numpy as np

from pipeline.avatar import Light
from pipeline.portrait.background_plate import paint_background
from pipeline.portrait.colours import find_colours
from pipeline.portrait.fit import PortraitFit
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.portrait.light_estimate import Shading, estimate_light, linear
from pipeline.portrait.matte import estimate_matte
from pipeline.portrait.region_map import map_regions
from pipeline.regions import Region
from pipeline.source_view import vertex_normals
from pipeline.template import Part, Template, load_template

MIN_FACING = 0.3
MAX_LIP = 0.05


@dataclass(frozen=True, slots=True)
class Layers:
    """A portrait taken apart; as `pipeline.avatar.Avatar` keeps it.

    matte (768, 512) uint8; background (768, 512, 3) uint8 sRGB without the person;
    regions (768, 512) uint8 Region; skin_colour, sleeve_colour (3,) float32 sRGB in [0, 1];
    long_sleeves: cloth reaches the wrists; light: relative to white
    """

    matte: np.ndarray
    background: np.ndarray
    regions: np.ndarray
    skin_colour: np.ndarray
    sleeve_colour: np.ndarray
    long_sleeves: bool
    light: Light


@dataclass(frozen=True, slots=True)
class MadeUp:
    """known (768, 512) bool: what the picture shows; body (768, 512) float32 in [0, 1]: how much of
    the rest, which was drawn, is the person."""

    known: np.ndarray
    body: np.ndarray


def separate_layers(
    pixels: np.ndarray,
    probability: np.ndarray,
    alpha: np.ndarray | None,
    face: FaceLandmarks,
    fit: PortraitFit | None = None,
    *,
    made_up: MadeUp | None = None,
) -> Layers:
    """Separate the person from the scene and describe both.

    pixels (768, 512, 3) uint8 sRGB; probability (768, 512) float32 that a pixel shows a person
    alpha: (768, 512) uint8 of the picture file, which is then the matte; pixels are composed over
        some backdrop, which becomes the background
    face: landmarks in the pixels of the portrait; fit: without it the light is the usual one
    made_up: what the picture does not show, None where it shows all
    """
    if alpha is not None:
        matte = alpha.astype(np.float32) / 255
    elif made_up is not None:
        guess = np.where(made_up.known, probability, made_up.body).astype(np.float32)
        matte = np.where(made_up.known, estimate_matte(pixels, guess, face), made_up.body)
    else:
        matte = estimate_matte(pixels, probability, face)
    background = paint_background(pixels, matte)
    regions = map_regions(pixels, matte, face)
    colours = find_colours(pixels, regions, face)
    shading = None if fit is None else face_shading(pixels, regions, fit)
    return Layers(
        np.round(matte * 255).astype(np.uint8),
        background,
        regions,
        colours.skin,
        colours.sleeve,
        colours.long_sleeves,
        estimate_light(shading),
    )


def face_shading(pixels: np.ndarray, regions: np.ndarray, fit: PortraitFit) -> Shading:
    """The skin of the face where the template says how it is turned."""
    model = load_template()
    template = Template(model, fit.identity, fit.source, fit.source.joint_rotation, fit.correction)
    vertices = template.source_geometry().vertices
    normals = vertex_normals(vertices, model.triangles)
    points, _ = fit.camera.project(vertices)
    towards = -(vertices @ fit.camera.rotation.T + fit.camera.translation)
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    facing = ((normals @ fit.camera.rotation.T) * towards).sum(1)
    head = np.zeros(len(vertices), bool)
    head[model.triangles[model.part == Part.HEAD]] = True
    column, row = np.floor(points).astype(int).T
    height, width = regions.shape
    seen = head & (facing > MIN_FACING) & (model.lip_mask < MAX_LIP) & (model.ear_mask < MAX_LIP)
    seen &= (column >= 0) & (column < width) & (row >= 0) & (row < height)
    column, row = np.clip(column, 0, width - 1), np.clip(row, 0, height - 1)
    seen &= regions[row, column] == Region.SKIN
    return Shading(linear(pixels[row[seen], column[seen]]), normals[seen])
