"""Streams of face and body that the product's own networks generate, many at once."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Generator, Tensor
from torch.nn import functional

from pipeline.body_motion import resting_body
from pipeline.motion_space import FACE_SIZE
from pipeline.mouth_finish import dip
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.speech_encoder import ENERGY_UNIT_DB, SpeechEncoder
from pipeline.stream_types import State
from training.motion.features import load_encoder
from training.motion.fused import FrameStep
from training.motion.motion_data import MOST_LOOKAHEAD, STATES
from training.motion.parts import PARTS
from training.motion.rollout import generate
from training.performed_motion import Finish

# streams whose closed lips are told at once: attention over all their frames takes memory
_TOLD_AT_ONCE = 32


# face (F, 52), body (F, 52), state (F,) and finish of a stream
Made = tuple[np.ndarray, np.ndarray, np.ndarray, Finish]


@dataclass(frozen=True, slots=True)
class Asked:
    """What B streams of F frames are made from; L = MOST_LOOKAHEAD.

    feature: (B, F + L, S) float16; state: (B, F + L) uint8; style: (B, 14); lookahead: (B,) int
    """

    feature: np.ndarray
    state: np.ndarray
    style: np.ndarray
    lookahead: np.ndarray

    @property
    def frames(self) -> int:
        return self.feature.shape[1] - MOST_LOOKAHEAD


@dataclass(frozen=True, slots=True)
class Told:
    """What the encoder tells of F + L frames: posteriors of visemes, of those of the frame before
    (both (..., F + L, 15)), of speech, and the voice's level in dB (both (..., F + L))."""

    viseme: Tensor
    late_viseme: Tensor
    speech: Tensor
    level_db: Tensor


class Networks:
    """The networks of stage two and the encoder that heard the features.

    face, body: average.safetensors of training.motion.distil; encoder: a model folder
    """

    def __init__(self, face: Path, body: Path, encoder: Path, device: str) -> None:
        self._device = device
        self._face, self._body = _motion("face", face, device), _motion("body", body, device)
        self._face_step, self._body_step = FrameStep(self._face), FrameStep(self._body)
        self._encoder: SpeechEncoder = load_encoder(encoder).to(device).eval()

    @torch.no_grad()
    def made(self, asked: Asked, seed: int) -> list[Made]:
        """Every stream, begun at rest as the runtime begins; gestures of the usual intensity."""
        device, streams = self._device, len(asked.style)
        generator = Generator(device).manual_seed(seed)
        heard = torch.from_numpy(asked.feature).to(device)
        of_face = _asked_of_face(asked, heard)
        rest = torch.zeros(streams, 1, FACE_SIZE, device=device)
        start = self._face.init_state(streams)
        face, _ = generate(self._face_step, rest, of_face, start, generator)
        closed = told_closed(self._face, rest, face, of_face)
        of_body = {name: of_face[name] for name in ("feature", "style", "state")}
        usual = torch.ones(streams, 1, 1, device=device)
        rest = torch.from_numpy(np.stack([[resting_body(k)] for k in range(streams)])).to(device)
        style = torch.cat([of_face["style"], usual], dim=2)
        of_body |= {"style": style, "face": face, "rest": rest}
        start = self._body.init_state(streams)
        body, _ = generate(self._body_step, rest, of_body, start, generator)
        told = told_speech(self._encoder, heard)
        parts = (face, body, closed, told.viseme, told.late_viseme, told.speech, told.level_db)
        faces, bodies, shut, *rows = (part.cpu() for part in parts)
        return [
            (
                faces[k].numpy(),
                bodies[k].numpy(),
                asked.state[k, : asked.frames],
                finish_of(
                    Told(*(row[k] for row in rows)),
                    shut[k].numpy(),
                    asked.state[k],
                    int(asked.lookahead[k]),
                ),
            )
            for k in range(streams)
        ]


def told_closed(
    network: MotionTransformer, rest: Tensor, face: Tensor, asked: dict[str, Tensor]
) -> Tensor:
    """(B, F) posterior of closed lips, as the network tells it while it generates a face (B, F, M)
    that begins behind rest (B, 1, M)."""
    past = torch.cat([rest, rest, face[:, :-1]], dim=1)
    previous, velocity = past[:, 1:], past[:, 1:] - past[:, :-1]
    told = []
    for first in range(0, len(face), _TOLD_AT_ONCE):
        part = slice(first, first + _TOLD_AT_ONCE)
        some = {name: value[part] for name, value in asked.items()}
        context = network.context(previous[part], velocity[part], some)
        level = torch.zeros(previous[part].shape[:2], device=face.device)
        told.append(network.history(context, level)[1]["closed"][..., 0].sigmoid())
    return torch.cat(told)


def told_speech(encoder: SpeechEncoder, feature: Tensor) -> Told:
    """What the encoder's heads tell of its own features (..., F + L, S)."""

    def posteriors(head: str) -> Tensor:
        return encoder.get_submodule(head)(feature.float()).softmax(-1)

    viseme, speech = posteriors("viseme"), posteriors("activity")[..., 0]
    late, level = viseme.roll(1, dims=-2), torch.zeros_like(speech)
    if "late_viseme" in encoder.sizes.heads:
        late = posteriors("late_viseme")
    if "energy" in encoder.sizes.heads:
        level = encoder.get_submodule("energy")(feature.float())[..., 0]
    return Told(viseme, late, speech, ENERGY_UNIT_DB * level)


def finish_of(told: Told, closed: np.ndarray, state: np.ndarray, lookahead: int) -> Finish:
    """What FaceMotion knows about the lips `lookahead` frames behind the sound.

    told: of one stream; closed: (F,) posterior; state: (F + L,)
    """
    frames = len(closed)
    late, viseme, speech = told.late_viseme.numpy(), told.viseme.numpy(), told.speech.numpy()
    ahead = [slice(k, k + frames) for k in range(lookahead + 1)]
    return Finish(
        viseme=late[1 : frames + 1] if lookahead else viseme[:frames],
        closed=closed,
        speech=np.max([speech[part] for part in ahead], axis=0),
        speaking=np.any([state[part] == State.SPEAKING for part in ahead], axis=0),
        dip_db=_dips_db(told.level_db.numpy(), frames, min(lookahead, 1)),
    )


def _dips_db(level_db: np.ndarray, frames: int, ahead: int) -> np.ndarray:
    """(frames,) how far each frame lies below what was loud before it and what follows it."""
    levels_db, dips_db, loudest_db = level_db.tolist(), np.empty(frames), -np.inf
    for frame in range(frames):
        dips_db[frame], loudest_db = dip(levels_db[frame : frame + 1 + ahead], loudest_db)
    return dips_db


def _asked_of_face(asked: Asked, heard: Tensor) -> dict[str, Tensor]:
    device, streams = heard.device, len(asked.style)
    lookahead = torch.from_numpy(asked.lookahead).to(device)
    rows = lookahead[:, None] + torch.arange(asked.frames, device=device)
    state = torch.from_numpy(asked.state[:, : asked.frames]).to(device).long()
    return {
        "feature": heard[torch.arange(streams, device=device)[:, None], rows].float(),
        "style": torch.from_numpy(asked.style).to(device)[:, None],
        "state": functional.one_hot(state, STATES).float(),
        "lookahead": functional.one_hot(lookahead, MOST_LOOKAHEAD + 1).float()[:, None],
    }


def _motion(part: str, weights: Path, device: str) -> MotionTransformer:
    network = MotionTransformer(PARTS[part].sizes)
    network.load_state_dict(load_file(weights))
    return network.to(device).eval().requires_grad_(False)
