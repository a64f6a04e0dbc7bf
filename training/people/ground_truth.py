"""Exact maps of a rendered frame: where the source shows each point, what it is, its shape.

Drawn without light in three steps: the source's depths, the driving frame's surfaces, the
coverage of either. Every map is a sample at the pixel's centre, but the matte, which is a mean
over the pixel. Cut-outs (hair cards, brows, lashes) count as surface where they cover more than
half; what a pixel's rim shows of another surface is in the colour alone.
"""

from dataclasses import dataclass

import moderngl
import numpy as np

from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.people.character import Character, Kind, Part
from training.people.figure import DRIVING, SOURCE, Figure
from training.people.gl_compute import Slot, headless_context
from training.people.label import KIND_OF_LABEL, Label, labels_of
from training.people.matte_map import MATTE_BYTES, Area, MatteMap
from training.people.renderer import Shot
from training.people.template_points import SeenPoints, landmarks, see, template_rows
from training.people.truth_map import CUT_OUTS, MAPS_BYTES, SEEN, Piece, TruthMap

# Lenses that let more light through are no surface: the maps show what is behind them.
OPAQUE = 0.5


@dataclass(frozen=True, slots=True)
class GroundTruth:
    """Maps (H, W) = (768, 512) of the driving frame and what they say about the source frame.

    source_px: (H, W, 2) float32: where the source picture has this pixel's surface point (x, y;
        centre of the first pixel at (0.5, 0.5)); the plate behind the person stands still
    visible: (H, W) bool: the source shows that point: inside its picture, nothing before it
    label: (H, W) uint8 Label, NONE is the plate; kind: (H, W) uint8 character.Kind, 0 the plate
    normal: (H, W, 3) float32 unit, OpenCV camera axes (x right, y down, z away from the camera),
        smooth geometry without relief textures; zero on the plate
    depth_m: (H, W) float32 along the camera's axis; infinite on the plate
    matte: (H, W) float32 in [0, 1]: share of the pixel that the person covers (of 16 samples)
    source_matte: (H, W) float32: the same of the source frame
    vertices: the template's vertices; landmarks: the face mesh's 478 points
    """

    source_px: np.ndarray
    visible: np.ndarray
    label: np.ndarray
    kind: np.ndarray
    normal: np.ndarray
    depth_m: np.ndarray
    matte: np.ndarray
    source_matte: np.ndarray
    vertices: SeenPoints
    landmarks: SeenPoints

    @property
    def flow_px(self) -> np.ndarray:
        """(H, W, 2) float32: from each pixel to its place in the source."""
        return self.source_px - pixel_centres()


def pixel_centres() -> np.ndarray:
    """(768, 512, 2) float32, x and y."""
    column, row = np.meshgrid(np.arange(FRAME_WIDTH_PX), np.arange(FRAME_HEIGHT_PX))
    return np.stack([column, row], -1).astype(np.float32) + 0.5


class GroundTruthRenderer:
    """Draws the maps of pairs of frames; what a character and a source need stays for the next
    pair with the same.

    textures, in_compute: as for Renderer; context: the Renderer's, where both draw in one process
    """

    def __init__(
        self,
        textures: dict[str, np.ndarray],
        context: moderngl.Context | None = None,
        in_compute: bool | None = None,
    ):
        self._gl = context or headless_context()
        self._figure: Figure | None = None
        self._source: Shot | None = None
        self._source_matte = np.zeros(0, np.float32)
        self._rows = np.zeros(0, np.int32)
        self._pixels = dict(textures)
        self._alpha: dict[str, moderngl.Texture] = {}
        gl = self._gl
        self._truth = TruthMap(gl, in_compute)
        self._matte = MatteMap(gl, in_compute)
        self._matte_out = gl.buffer(reserve=MATTE_BYTES)
        self._maps_out = gl.buffer(reserve=MAPS_BYTES)

    def add_textures(self, textures: dict[str, np.ndarray]) -> None:
        """As Renderer.add_textures."""
        for name in textures.keys() & self._alpha.keys():
            self._alpha.pop(name).release()
        self._pixels.update(textures)

    def drop_textures(self, names: list[str]) -> None:
        for name in names:
            self._pixels.pop(name)
            if name in self._alpha:
                self._alpha.pop(name).release()

    def draw(self, source: Shot, driving: Shot) -> GroundTruth:
        """The maps of `driving`, a frame of the same character as `source`."""
        assert source.posed.character is driving.posed.character
        figure = self._taken(driving.posed.character)
        if source is not self._source:
            figure.write(SOURCE, source.posed.vertices, source.posed.normals)
            self.draw_source(figure, source, Slot(self._matte_out))
            self._source_matte = _read(self._matte_out, 1)[..., 0]
            self._source = source
        figure.write(DRIVING, driving.posed.vertices, driving.posed.normals)
        self.draw_driving(figure, source, driving, Slot(self._matte_out), Slot(self._maps_out))
        maps, matte = _read(self._maps_out, 8), _read(self._matte_out, 1)[..., 0]
        return self._assembled(driving, maps[..., :4], maps[..., 4:], matte)

    def draw_source(self, figure: Figure, source: Shot, matte: Slot) -> None:
        """Take the source's depths; its matte into a buffer. figure: with labels and its pose
        SOURCE written."""
        pieces = self._pieces(figure, source)
        self._draw_coverage(figure, SOURCE, source, pieces, matte)
        self._truth.draw_source(figure, source.camera, pieces)

    def draw_driving(
        self, figure: Figure, source: Shot, driving: Shot, matte: Slot, maps: Slot
    ) -> None:
        """The maps of `driving` for the source taken last, whose pose is still written.

        matte: float (768, 512); maps: as TruthMap.draw_driving
        """
        pieces = self._pieces(figure, driving)
        self._draw_coverage(figure, DRIVING, driving, pieces, matte)
        self._truth.draw_driving(figure, (driving.camera, source.camera), pieces, maps)

    def _taken(self, character: Character) -> Figure:
        if self._figure is None or self._figure.character is not character:
            if self._figure is not None:
                self._figure.release()
            self._rows = template_rows(character)
            self._figure = Figure(self._gl, character, labels_of(character, self._rows))
            self._source = None
        return self._figure

    def _pieces(self, figure: Figure, shot: Shot) -> list[Piece]:
        """What of the figure is a surface."""
        parts = zip(figure.character.parts, figure.ranges, figure.runs, strict=True)
        return [
            Piece(part.kind, indices, runs, *self._alpha_of(part, shot))
            for part, indices, runs in parts
            if part.material is None or part.material.opacity > OPAQUE
        ]

    def _draw_coverage(
        self, figure: Figure, pose: str, shot: Shot, pieces: list[Piece], out: Slot
    ) -> None:
        """Matte (768, 512) floats into a buffer."""
        areas = [Area(piece.indices, piece.alpha, piece.strength) for piece in pieces]
        self._matte.draw(figure, pose, shot.camera, areas, out)

    def _alpha_of(self, part: Part, shot: Shot) -> tuple[moderngl.Texture | None, float]:
        """What cuts a part out exactly as in the colour passes, and how strongly it covers."""
        strength = {Kind.BROW: shot.look.brow_strength, Kind.LASH: 1.1}.get(part.kind, 1.0)
        if not part.texture or part.kind not in CUT_OUTS:
            return None, strength
        if part.texture not in self._alpha:
            self._alpha[part.texture] = self._alpha_texture(self._pixels[part.texture])
        return self._alpha[part.texture], strength

    def _alpha_texture(self, pixels: np.ndarray) -> moderngl.Texture:
        flipped = np.ascontiguousarray(pixels[::-1, :, 3])
        texture = self._gl.texture(flipped.shape[::-1], 1, flipped.tobytes(), alignment=1)
        texture.build_mipmaps()
        texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        return texture

    def _assembled(self, driving: Shot, point, surface, matte) -> GroundTruth:
        code = surface[..., 3].astype(np.int32)
        label = (code % SEEN).astype(np.uint8)
        plate = label == Label.NONE
        depth_m = np.where(plate, np.inf, point[..., 3]).astype(np.float32)
        source_px = np.where(plate[..., None], pixel_centres(), point[..., :2])
        visible = np.where(plate, self._source_matte == 0, code >= SEEN)
        kinds = np.array([KIND_OF_LABEL.get(one, 0) for one in Label], np.uint8)
        posed, camera, rows = driving.posed, driving.camera, self._rows
        radius = posed.character.eye_radius_m * np.sqrt(1 - driving.look.iris_cosine**2)
        return GroundTruth(
            source_px.astype(np.float32), visible, label, kinds[label],
            np.ascontiguousarray(surface[..., :3]), depth_m, matte, self._source_matte,
            see(posed.vertices[rows], posed.normals[rows], camera, depth_m, label),
            see(*landmarks(posed, rows, radius), camera, depth_m, label),
        )  # fmt: skip


def _read(frame: moderngl.Buffer, channels: int) -> np.ndarray:
    """(768, 512, channels) float32, top row first."""
    flat = np.frombuffer(frame.read(), np.float32)
    return flat.reshape(FRAME_HEIGHT_PX, FRAME_WIDTH_PX, channels)
