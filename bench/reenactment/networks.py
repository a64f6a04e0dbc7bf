"""The networks of both tiers on torch, from a training run or from the models that ship."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from bench.puppet import Moves
from bench.reenactment.weights import Weights, shipped
from pipeline.avatar import Avatar
from pipeline.errors import ModelError
from pipeline.gates import Guide
from pipeline.implicit_motion import Past, motion_of, pose_of, remembered
from pipeline.networks.implicit import ImplicitOffset
from pipeline.networks.lite_painter import GATES, LitePainter, relit
from pipeline.networks.painters import Frame, Known, Painters, pasted
from pipeline.networks.sizes import ImplicitSizes, LitePainterSizes
from pipeline.renderer import Composite

Module = TypeVar("Module", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class Subject:
    """One portrait on the device, as networks.painters.Frame has it, and what painters know of it:
    whole, face."""

    behind: Tensor
    source: Tensor
    matte: Tensor
    skin: Tensor
    whole: Known
    face: Known


class Networks:
    """Networks(weights): everything a row may use. Raises ModelError where that cannot be had."""

    def __init__(self, weights: Weights) -> None:
        if weights.device == "cuda" and not torch.cuda.is_available():
            raise ModelError("torch finds no CUDA device; choose --device cpu or mend the driver.")
        self._device = torch.device(weights.device)
        self._type = torch.float16 if weights.device == "cuda" else torch.float32
        self._painters = _loaded(Painters(), weights, "painters")
        self._implicit = _loaded(ImplicitOffset(ImplicitSizes()), weights, "implicit")
        self._lite = _loaded(LitePainter(LitePainterSizes()), weights, "lite")
        for module in (self._painters, self._implicit, self._lite):
            module.eval().requires_grad_(False).to(self._device, self._type)

    @torch.inference_mode()
    def subject(self, avatar: Avatar) -> Subject:
        """Meet a portrait."""
        source, matte = self._unit(avatar.portrait), self._unit(avatar.matte[..., None])
        skin = torch.from_numpy(np.asarray(avatar.skin_colour)[None]).to(self._device, self._type)
        seen = source, matte, skin
        whole, face = self._painters.generator.source(*seen), self._painters.face.source(*seen)
        return Subject(self._unit(avatar.background), *seen, whole, face)

    @torch.inference_mode()
    def full(
        self, subject: Subject, composite: Composite, guide: Guide, corner: tuple[int, int],
        refined: bool,
    ) -> np.ndarray:  # fmt: skip
        """The full tier's picture (768, 512, 3) uint8; refined: with its second network."""
        frame = self._frame(subject, composite, guide, corner)
        picture = self._painters.whole(frame, subject.whole)
        if refined:
            face = self._painters.refined(frame, picture, subject.face)
            picture = pasted(picture, face, frame.face)
        return _pixels(picture)

    @torch.inference_mode()
    def lite(
        self, subject: Subject, composite: Composite, guide: Guide, corner: tuple[int, int]
    ) -> np.ndarray:
        """The lite tier's picture (768, 512, 3) uint8."""
        frame = self._frame(subject, composite, guide, corner)
        face, gates = frame.on_face(frame.composite), frame.on_face(frame.gates)[:, list(GATES)]
        changes = self._lite(face, gates, frame.skin)["changes"]
        return _pixels(pasted(frame.composite, relit(face, changes), frame.face))

    @torch.inference_mode()
    def told(self, motion: Moves) -> Moves:
        """The motion, all its frames in order, with the implicit code that is guessed from it."""
        rows: list[np.ndarray] = []
        past: Past = ()
        for frame in motion:
            pose = pose_of(*frame)
            rows.append(motion_of(pose, past))
            past = remembered(pose, past)
        moved = torch.from_numpy(np.stack(rows)).to(self._device, self._type)
        codes = self._implicit(moved)["implicit"].float().cpu().numpy()
        return [
            (face, replace(body, implicit=code))
            for (face, body), code in zip(motion, codes, strict=True)
        ]

    def _frame(
        self, subject: Subject, composite: Composite, guide: Guide, corner: tuple[int, int]
    ) -> Frame:
        flow = np.ascontiguousarray(composite.field.flow.transpose(2, 0, 1)[None])
        code = composite.field.geometry.implicit[None].astype(np.float32)
        return Frame(
            self._unit(composite.pixels), subject.behind, subject.source, subject.matte,
            self._unit(guide.gates), self._unit(guide.hands),
            torch.from_numpy(flow).to(self._device, torch.float32), subject.skin,
            torch.tensor([corner], device=self._device),
            torch.from_numpy(code).to(self._device, self._type),
        )  # fmt: skip

    def _unit(self, pixels: np.ndarray) -> Tensor:
        """(H, W, C) uint8 as (1, C, H, W) in [0, 1]."""
        there = torch.from_numpy(np.ascontiguousarray(pixels)).to(self._device)
        return (there.movedim(-1, 0)[None].to(self._type) / 255).contiguous()


@cache
def networks(weights: Weights) -> Networks:
    """Loaded once in a process."""
    return Networks(weights)


def _loaded(module: Module, weights: Weights, part: str) -> Module:
    """The module with a part's weights."""
    if weights.file is None:
        own = _read(shipped(part))
    else:
        mark = f"{part}."
        run = _read(weights.file).items()
        own = {name.removeprefix(mark): value for name, value in run if name.startswith(mark)}
    try:
        module.load_state_dict({name: value.float() for name, value in own.items()})
    except RuntimeError as fault:
        source = weights.file or shipped(part)
        raise ModelError(f"The weights in {source} are not those of the {part}.") from fault
    return module


def _read(file: Path) -> dict[str, Tensor]:
    if not file.is_file():
        raise ModelError(f"There are no weights in {file}; give a run's with --weights.")
    try:
        return load_file(file)
    except SafetensorError as fault:
        raise ModelError(f"{file} holds no weights; give a run's average.safetensors.") from fault


def _pixels(picture: Tensor) -> np.ndarray:
    whole = picture[0].movedim(0, -1).float().clamp(0, 1) * 255 + 0.5
    return whole.to(torch.uint8).cpu().numpy()
