"""Draws pairs of frames with all maps, many at once, and hands them over as tensors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.people.episode import Episode
from training.people.figure import DRIVING, SOURCE, Figure
from training.people.frame_transfer import FrameTransfer
from training.people.gl_compute import Slot
from training.people.gl_device import context_beside
from training.people.ground_truth import GroundTruthRenderer
from training.people.matte_map import MATTE_BYTES
from training.people.pair_batch import PairBatch, joined, maps_of, over, to_bytes, tone_mapped
from training.people.pose import JointPose, PosedCharacter
from training.people.renderer import FRAME_BYTES, Renderer, Shot
from training.people.seen_points import EyePoses, LandmarkPlaces, see, sent
from training.people.skinning import Skinning
from training.people.stopwatch import Stopwatch
from training.people.truth_map import MAPS_BYTES

SIZE = (FRAME_HEIGHT_PX, FRAME_WIDTH_PX)
_NO_VERTICES = np.zeros((0, 3), np.float32)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person of an episode, on the GPU. plate: (3, 768, 512) linear radiance."""

    episode: Episode
    figure: Figure
    skinning: Skinning
    places: LandmarkPlaces
    rows: Tensor
    plate: Tensor


@dataclass(frozen=True, slots=True)
class Block:
    """One source and what it is driven to."""

    actor: Actor
    source: JointPose
    driving: list[JointPose]


@dataclass(frozen=True, slots=True)
class _Posed:
    """A block's poses, source first: vertices, normals (1 + K, N, 3); eyes of all."""

    vertices: Tensor
    normals: Tensor
    eyes: EyePoses


class PairRenderer:
    """PairRenderer(device): tensors arrive there; `supersample` and `passes` as for Renderer.

    host: frames go through the host even where CUDA and OpenGL could share memory
    watched: wait after every stage, so that `watch` says what each takes
    """

    def __init__(
        self,
        device: torch.device,
        supersample: int = 2,
        passes: int = 1,
        host: bool = False,
        watched: bool = False,
    ) -> None:
        self._device, self._passes = device, passes
        self._gl = context_beside(device)
        self._colour = Renderer({}, supersample, self._gl)
        self._truth = GroundTruthRenderer({}, self._gl)
        self._transfer = FrameTransfer(self._gl, device, host)
        self._known: set[str] = set()
        self.watch = Stopwatch(self.wait if watched else None)

    @property
    def path(self) -> str:
        """How frames travel: 'interop' or 'host'."""
        return self._transfer.path

    @property
    def gl_name(self) -> str:
        """What OpenGL calls its renderer."""
        return str(self._gl.info["GL_RENDERER"])

    @property
    def known_textures(self) -> frozenset[str]:
        return frozenset(self._known)

    def close(self) -> None:
        """Give everything on the GPU back."""
        self._transfer.close()
        self._gl.release()

    def actor(self, episode: Episode) -> Actor:
        """Take the person of an episode to the GPU."""
        # Ordered when others had not brought them yet, some textures come more than once.
        new = {k: v for k, v in episode.textures.items() if k not in self._known}
        self._colour.add_textures(new)
        self._truth.add_textures(new)
        self._known |= new.keys()
        character, device = episode.character, self._device
        radius = character.eye_radius_m
        iris = radius * float(np.sqrt(1 - episode.look.iris_cosine**2))
        return Actor(
            episode,
            Figure(self._gl, character, episode.labels),
            Skinning(character, device, episode.loose),
            LandmarkPlaces(episode.rows, radius, iris, device),
            torch.as_tensor(episode.rows, dtype=torch.int64, device=device),
            torch.as_tensor(episode.plate, dtype=torch.float32, device=device).movedim(-1, 0),
        )

    def release(self, actor: Actor) -> None:
        """Give the memory of a person back who is not drawn again."""
        actor.figure.release()
        own = [name for name in actor.episode.own_textures if name in self._known]
        self._colour.drop_textures(own)
        self._truth.drop_textures(own)
        self._known -= set(own)

    def draw(self, blocks: list[Block]) -> PairBatch:
        """All pairs of the blocks, in order; all blocks have equally many."""
        pairs = len(blocks[0].driving)
        assert all(len(block.driving) == pairs for block in blocks)
        with self.watch.stage("skinning"):
            posed = [self._posed(block) for block in blocks]
        with self.watch.stage("upload"):
            streams = [
                block.actor.skinning.stream(each.vertices, each.normals)
                for block, each in zip(blocks, posed, strict=True)
            ]
            offsets = self._transfer.write("poses", streams)
        frames = len(blocks) * (1 + pairs)
        self._transfer.buffer("colour", frames * FRAME_BYTES)
        self._transfer.buffer("matte", frames * MATTE_BYTES)
        self._transfer.buffer("maps", len(blocks) * pairs * MAPS_BYTES)
        for number, block in enumerate(blocks):
            self._draw(number, block, offsets[number])
        return self._fetched(blocks, posed)

    def _posed(self, block: Block) -> _Posed:
        poses = [block.source, *block.driving]
        on: Callable[[str], Tensor] = lambda name: sent(  # noqa: E731
            [getattr(pose, name) for pose in poses], self._device
        )
        arrays = on("actions"), on("rotation"), on("position"), on("sway")
        vertices, normals = block.actor.skinning.posed(*arrays)
        return _Posed(
            vertices, normals, EyePoses(on("head_rotation"), on("gaze"), on("eye_centre"))
        )

    def _draw(self, number: int, block: Block, offset_bytes: int) -> None:
        """A block's frames into their places of the buffers."""
        figure, pairs = block.actor.figure, len(block.driving)
        stream, colour, matte, maps = (
            self._transfer.buffer(name, 0) for name in ("poses", "colour", "matte", "maps")
        )
        source = _shot(block, block.source)
        for k, pose in enumerate([block.source, *block.driving]):
            name, shot = (DRIVING, _shot(block, pose)) if k else (SOURCE, source)
            frame = number * (1 + pairs) + k
            figure.take(name, stream, offset_bytes + k * figure.pose_bytes)
            with self.watch.stage("colour"):
                place = Slot(colour, frame * FRAME_BYTES)
                self._colour.draw(figure, name, shot, self._passes, place)
            place = Slot(matte, frame * MATTE_BYTES)
            with self.watch.stage("maps"):
                if k == 0:
                    self._truth.draw_source(figure, source, place)
                else:
                    pair = Slot(maps, (number * pairs + k - 1) * MAPS_BYTES)
                    self._truth.draw_driving(figure, source, shot, place, pair)

    def _fetched(self, blocks: list[Block], posed: list[_Posed]) -> PairBatch:
        count, pairs = len(blocks), len(blocks[0].driving)
        episodes = [block.actor.episode for block in blocks]
        exposure = sent([e.lighting.exposure for e in episodes], self._device)
        plate = torch.stack([block.actor.plate for block in blocks])
        every = plate.repeat_interleave(1 + pairs, 0), exposure.repeat_interleave(1 + pairs)
        with self.watch.stage("fetch"):
            frames = self._transfer.read(
                "colour", (count * (1 + pairs), *SIZE, 4), lambda x: over(x, *every)
            )
            matte = self._transfer.read("matte", (count, 1 + pairs, *SIZE), Tensor.clone)
            raw = self._transfer.read("maps", (count * pairs, *SIZE, 8), Tensor.clone)
        with self.watch.stage("assembly"):
            source_matte = matte[:, :1].expand(-1, pairs, -1, -1).flatten(0, 1)
            maps = maps_of(raw, source_matte)
            frames = frames.unflatten(0, (count, 1 + pairs))
            points = [
                self._seen(block, each, maps, slice(k * pairs, (k + 1) * pairs))
                for k, (block, each) in enumerate(zip(blocks, posed, strict=True))
            ]
            said = torch.tensor([[e.number, e.person] for e in episodes])
            said = said.to(self._device, non_blocking=True).repeat_interleave(pairs, 0)
            return PairBatch(
                frames[:, :1].expand(-1, pairs, -1, -1, -1).flatten(0, 1),
                frames[:, 1:].flatten(0, 1),
                to_bytes(tone_mapped(plate, exposure)).repeat_interleave(pairs, 0),
                **_fields(maps),
                matte=matte[:, 1:].flatten(0, 1),
                source_matte=source_matte,
                vertices=joined([each for each, _ in points]),
                landmarks=joined([each for _, each in points]),
                episode=said[:, 0],
                person=said[:, 1],
            )

    def _seen(self, block: Block, posed: _Posed, maps, mine: slice):
        actor, eyes = block.actor, posed.eyes
        vertices, normals = posed.vertices[1:], posed.normals[1:]
        eyes = EyePoses(eyes.head_rotation[1:], eyes.gaze[1:], eyes.eye_centre[1:])
        picture = actor.episode.camera, maps.depth_m[mine], maps.label[mine]
        return (
            see(vertices[:, actor.rows], normals[:, actor.rows], *picture),
            see(*actor.places.of(vertices, normals, eyes), *picture),
        )

    def wait(self) -> None:
        """Until the GPU has done what it was asked."""
        self._gl.finish()
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)


def _fields(maps) -> dict[str, Any]:
    return {name: getattr(maps, name) for name in maps.__slots__}


def _shot(block: Block, pose: JointPose) -> Shot:
    """What is drawn, but for the vertices, which are on the GPU already."""
    episode = block.actor.episode
    posed = PosedCharacter(
        episode.character, _NO_VERTICES, _NO_VERTICES, pose.head_rotation, pose.gaze,
        pose.eye_centre, pose.actions,
    )  # fmt: skip
    return Shot(posed, episode.look, episode.camera, episode.lighting)
