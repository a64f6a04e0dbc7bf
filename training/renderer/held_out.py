"""How far painters come on people nothing was learnt from."""

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from pipeline.gate import Gate
from pipeline.networks.lite_painter import GATES, relit
from pipeline.networks.painter import enlarged
from pipeline.networks.painters import Frame, pasted
from training.descent import half_precision
from training.distributed import World
from training.renderer.appearance import PICTURES
from training.renderer.learner import frame_of
from training.renderer.losses import psnr
from training.renderer.take_stream import TakeBatch, TakeOptions, TakeStream
from training.renderer.tiers import Tiers

PEOPLE, FRAMES = 16, 2
STRIP = ("composite", "lite", "generator", "full")
# A gate counts as open from here on.
OPEN = 0.5


def held_out_batches(options: TakeOptions, device: torch.device, people: int = PEOPLE):
    """Batches of all held-out people, two frames of each; pictures are floats."""
    kept = replace(
        options, held_out=True, rank=0, ranks=1, first=0, seed=0, frames=FRAMES, per_take=FRAMES,
        batch_takes=4, on_stage=4, ahead=people,
    )  # fmt: skip
    with TakeStream(kept, device) as stream:
        return [as_floats(stream.batch()) for _ in range(people // kept.batch_takes)]


def as_floats(batch: TakeBatch) -> TakeBatch:
    """The batch with its pictures in [0, 1]."""
    return replace(batch, **{name: getattr(batch, name).float() / 255 for name in PICTURES})


@torch.no_grad()
def shown(tiers: Tiers, batch: TakeBatch, here: World) -> dict[str, Tensor]:
    """Pictures (B, 3, H, W) by name, as they are live: the code is guessed."""
    with half_precision(here):
        guessed = tiers.implicit(batch.motion)["implicit"].float()
        observed = tiers.observer(batch.truth, batch.composite).float()
    frame = frame_of(batch, guessed)
    whole, full = _painted(tiers, frame, here)
    no_hands = replace(frame, hands=torch.zeros_like(frame.hands))
    return {
        "composite": batch.composite,
        "lite": _lite(tiers, frame, here),
        "generator": whole,
        "full": full,
        "full, no code": _painted(tiers, frame_of(batch, torch.zeros_like(guessed)), here)[1],
        "full, code observed": _painted(tiers, frame_of(batch, observed), here)[1],
        "full, hands not told": _painted(tiers, no_hands, here)[1],
    }


def _painted(tiers: Tiers, frame: Frame, here: World) -> tuple[Tensor, Tensor]:
    with half_precision(here):
        made = tiers.painters(frame)
    whole = made.whole.float()
    return whole, pasted(whole, made.face.float(), frame.face)


def _lite(tiers: Tiers, frame: Frame, here: World) -> Tensor:
    face, gates = frame.on_face(frame.composite), frame.on_face(frame.gates)[:, list(GATES)]
    with half_precision(here):
        changes = tiers.lite(face, gates, frame.skin)["changes"]
    return pasted(frame.composite, relit(face, changes.float()), frame.face)


def measured(tiers: Tiers, batches: list[TakeBatch], here: World) -> dict[str, dict[str, float]]:
    """Mean PSNR of each picture: of all of it, and of what each gate opens."""
    rows: dict[str, dict[str, list[float]]] = {}
    for batch in batches:
        pictures = shown(tiers, batch, here)
        gates = enlarged(batch.gates.float() / 255)
        for name, picture in pictures.items():
            row = rows.setdefault(name, {})
            row.setdefault("all", []).extend(psnr(picture, batch.truth).tolist())
            for gate in Gate:
                mask = (gates[:, gate : gate + 1] > OPEN).float()
                row.setdefault(gate.name.lower(), []).extend(
                    psnr(picture, batch.truth, mask).tolist()
                )
    return {
        name: {key: round(float(np.nanmean(values)), 2) for key, values in row.items()}
        for name, row in rows.items()
    }


def write_strips(tiers: Tiers, batches: list[TakeBatch], here: World, folder: Path) -> None:
    """One picture a person: source, composite, lite, generator, full, truth."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for batch in batches:
        pictures = shown(tiers, batch, here)
        row = [batch.source, *(pictures[name] for name in STRIP), batch.truth]
        for k in range(0, len(batch.truth), FRAMES):
            strip = torch.cat([picture[k] for picture in row], -1).movedim(0, -1)
            pixels = (strip.clamp(0, 1) * 255 + 0.5).to(torch.uint8).cpu().numpy()
            cv2.imwrite(str(folder / f"{number:02d}.webp"), pixels[..., ::-1],
                        [cv2.IMWRITE_WEBP_QUALITY, 92])  # fmt: skip
            number += 1


def report(figures: dict[str, dict[str, float]], out: Path | None = None) -> str:
    """A table; also written to `out`."""
    names = list(next(iter(figures.values())))
    lines = [f"{'dB':22}" + "".join(f"{name:>8}" for name in names)]
    for kind, row in figures.items():
        lines.append(f"{kind:22}" + "".join(f"{row[name]:8.2f}" for name in names))
    if out is not None:
        out.write_text(json.dumps(figures, indent=1) + "\n")
    return "\n".join(lines)
