"""Shards of speech with what is to be heard in them: sound and labels on one clock, on the device.

Shapes: B batch, F video frames, H hops (4 F), N samples.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Generator, Tensor
from torch.nn import functional

from pipeline.names import VISEME_INDEX, VISEMES
from pipeline.networks.speech_encoder import ENERGY_UNIT_DB, F0_UNIT_HZ
from pipeline.rates import FEATURE_HOP_SAMPLES, HOPS_PER_FRAME, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from training.lip_targets import viseme_track
from training.phone_classes import PHONE_CLASSES, UNKNOWN_PHONE, phone_class
from training.prominence import track_prominence
from training.speech.labels import tightened
from training.speech.phones import Phone
from training.voice_track import voice_track

_HOP_S = FEATURE_HOP_SAMPLES / SAMPLE_RATE_HZ
# columns of Shard.values
STRESS, VOICED, PITCH, ENERGY, NOISE = range(5)
_LOWEST_ENERGY, _HIGHEST_ENERGY = -3.0, 0.5
_AUDIBLE_DB = -55.0
# how often a shard of each engine is drawn, relative to its length
ENGINE_WEIGHT = {
    "kokoro": 4.0, "real": 4.0, "hibari": 1.2, "piper": 1.5,
    "flite": 0.6, "festival": 0.6, "espeak": 0.5, "noise": 1.0, "nonspeech": 1.0,
}  # fmt: skip
_OTHER_WEIGHT = 1.0
# tempo, pitch and formants of half of the crops change together by up to this factor
SLOWEST, FASTEST = 0.89, 1.13


@dataclass(frozen=True, slots=True)
class Shard:
    """name: of its file; engine: of most of its speech; samples: (200 H,) int16 at 24 kHz
    labels: (H, 2) uint8, viseme and phone class in the middle of each hop
    values: (H, 5) float16 stress [0, 1], voiced 0/1, log2(Hz / 128), energy in 20 dB relative to
        the loud level of the clip, audible noise without speech 0/1
    """

    name: str
    engine: str
    samples: np.ndarray
    labels: np.ndarray
    values: np.ndarray


def load_shard(path: Path) -> Shard:
    """One shard of training.speech.corpus (the JSON file; the sound lies beside it).

    Raises:
        ValueError: the sound has another sample rate, or the JSON file is not yet complete
    """
    import soundfile  # only here: making labels and training need no codec

    content = json.loads(path.read_text(encoding="utf-8"))
    samples, rate_hz = soundfile.read(path.with_suffix(".opus"), dtype="float32")
    if rate_hz != SAMPLE_RATE_HZ:
        raise ValueError(f"{path.stem}: {rate_hz} Hz, not {SAMPLE_RATE_HZ}")
    return label(path.stem, samples, content["clips"])


def label(name: str, samples: np.ndarray, clips: list[dict]) -> Shard:
    """A shard from its sound (N,) float32 and the clips of its JSON file."""
    samples = samples[: len(samples) // SAMPLES_PER_FRAME * SAMPLES_PER_FRAME]
    hops = len(samples) // FEATURE_HOP_SAMPLES
    energy_db, pitch_hz = voice_track(samples)
    labels = np.zeros((hops, 2), np.uint8)
    labels[:, 1] = phone_class("sil", "ipa")
    values = np.zeros((hops, 5), np.float32)
    values[:, ENERGY] = _LOWEST_ENERGY
    for clip in clips:
        first = clip["start_sample"] // FEATURE_HOP_SAMPLES
        last = min(hops, (clip["start_sample"] + clip["samples"]) // FEATURE_HOP_SAMPLES + 1)
        phones = _placed(clip, samples)
        if phones:
            _write_speech(clip, phones, (first, last), (energy_db, pitch_hz), (labels, values))
        else:
            values[first:last, NOISE] = energy_db[first:last] > _AUDIBLE_DB
    pitched = (pitch_hz > 0) & (labels[:, 0] != VISEME_INDEX["sil"])
    values[:, VOICED] = pitched
    values[pitched, PITCH] = np.log2(pitch_hz[pitched] / F0_UNIT_HZ)
    coded = np.clip(np.round(samples * 32767.0), -32768, 32767).astype(np.int16)
    return Shard(name, _engine(clips), coded, labels, values.astype(np.float16))


def _engine(clips: list[dict]) -> str:
    """The engine with most phones."""
    phones: dict[str, int] = {"nonspeech": 0}
    for clip in clips:
        phones[clip["engine"]] = phones.get(clip["engine"], 0) + len(clip["phones"])
    return max(phones, key=lambda engine: phones[engine])


def _placed(clip: dict, samples: np.ndarray) -> list[Phone]:
    """The clip's phones in the time of its shard."""
    first = clip["start_sample"]
    sound = samples[first : first + clip["samples"]]
    if not clip["phones"] or not len(sound):
        return []
    labelled = [Phone(s, a, b, bool(m)) for s, a, b, m in clip["phones"]]
    start_s = first / SAMPLE_RATE_HZ
    return [
        replace(p, start_s=p.start_s + start_s, end_s=p.end_s + start_s)
        for p in tightened(labelled, sound, SAMPLE_RATE_HZ)
    ]


def _write_speech(clip, phones: list[Phone], span, track, tables) -> None:
    """Labels of one utterance that takes the hops `span`."""
    (first, last), (energy_db, pitch_hz), (labels, values) = span, track, tables
    last_row = HOPS_PER_FRAME - 1
    prominence = track_prominence(
        phones, clip["alphabet"], energy_db[last_row::HOPS_PER_FRAME],
        pitch_hz[last_row::HOPS_PER_FRAME], any(p.stressed for p in phones),
    )  # fmt: skip
    for name, start_s, end_s, index in viseme_track(phones, clip["alphabet"]):
        inside = slice(round(start_s / _HOP_S), round(end_s / _HOP_S))
        labels[inside, 0] = VISEME_INDEX[name]
        labels[inside, 1] = phone_class(phones[int(index)].symbol, clip["alphabet"])
        values[inside, STRESS] = prominence[int(index)]
    loud_db = np.percentile(energy_db[first:last], 95)
    relative = (energy_db[first:last] - loud_db) / ENERGY_UNIT_DB
    values[first:last, ENERGY] = np.clip(relative, _LOWEST_ENERGY, _HIGHEST_ENERGY)


@dataclass(frozen=True, slots=True)
class Crops:
    """sound: (B, N) float32; viseme: (B, F, 15) shares of each frame's time; phone: (B, F) class at
    the end of the frame; stress, voiced, pitch, energy, noise: (B, F) as in Shard, at its end."""

    sound: Tensor
    viseme: Tensor
    phone: Tensor
    stress: Tensor
    voiced: Tensor
    pitch: Tensor
    energy: Tensor
    noise: Tensor


class Corpus:
    """All shards as one long sound and one long table on the device; may grow while it is used."""

    def __init__(self, device: str):
        self._device = device
        self.samples = torch.zeros(0, dtype=torch.int16, device=device)
        self._labels = torch.zeros((0, 2), dtype=torch.uint8, device=device)
        self._values = torch.zeros((0, 5), dtype=torch.float16, device=device)
        self._hops = torch.zeros(0, dtype=torch.int64)
        self._weights = torch.zeros(0, dtype=torch.float64)
        self.names: list[str] = []

    @property
    def hours(self) -> float:
        return len(self.samples) / SAMPLE_RATE_HZ / 3600

    def append(self, shards: Iterable[Shard]) -> None:
        """Takes shards in behind those that are there."""
        shards = list(shards)
        if not shards:
            return
        parts = ("samples", "samples"), ("_labels", "labels"), ("_values", "values")
        for own, name in parts:
            fresh = [torch.from_numpy(getattr(s, name)).to(self._device) for s in shards]
            setattr(self, own, torch.cat([getattr(self, own), *fresh]))
        hops = torch.tensor([len(s.labels) for s in shards])
        weight = [ENGINE_WEIGHT.get(s.engine, _OTHER_WEIGHT) for s in shards]
        self._hops = torch.cat([self._hops, hops])
        self._weights = torch.cat([self._weights, hops * torch.tensor(weight).double()])
        self.names += [s.name for s in shards]

    def draw(self, batch: int, frames: int, generator: Generator) -> Crops:
        """Random crops of as many frames, half of them slower or faster.

        generator: on the CPU
        """
        assert len(self.names), "the corpus is empty"
        chance = torch.rand((3, batch), generator=generator, dtype=torch.float64)
        speed = SLOWEST * (FASTEST / SLOWEST) ** chance[0]
        speed = torch.where(chance[1] < 0.5, speed, torch.ones_like(speed))
        shard = torch.multinomial(self._weights, batch, True, generator=generator)
        needed = (frames * HOPS_PER_FRAME * speed).long() + 2
        room = (self._hops[shard] - needed).clamp_min(1)
        first = torch.cumsum(self._hops, 0)[shard] - self._hops[shard]
        start = first + (chance[2] * room).long()
        return self._cut(start.to(self._device), speed.to(self._device), frames)

    def _cut(self, start_B: Tensor, speed_B: Tensor, frames: int) -> Crops:
        hop = torch.arange(frames * HOPS_PER_FRAME, device=self._device)
        last = len(self._labels) - 1
        middle_BH = start_B[:, None] + ((hop + 0.5) * speed_B[:, None]).long()
        end_BH = start_B[:, None] + ((hop + 1.0) * speed_B[:, None]).round().long() - 1
        labels_BH2 = self._labels[middle_BH.clamp_max(last)].long()
        values_BF5 = self._values[end_BH.clamp_max(last)][:, HOPS_PER_FRAME - 1 :: HOPS_PER_FRAME]
        values_BF5 = values_BF5.float()
        viseme = functional.one_hot(labels_BH2[..., 0], len(VISEMES)).float()
        pitch = values_BF5[..., PITCH] + torch.log2(speed_B.float())[:, None]
        return Crops(
            sound=self._resampled(start_B * FEATURE_HOP_SAMPLES, speed_B, frames),
            viseme=viseme.unflatten(1, (frames, HOPS_PER_FRAME)).mean(2),
            phone=labels_BH2[:, HOPS_PER_FRAME - 2 :: HOPS_PER_FRAME, 1],
            stress=values_BF5[..., STRESS],
            voiced=values_BF5[..., VOICED],
            pitch=pitch,
            energy=values_BF5[..., ENERGY],
            noise=values_BF5[..., NOISE],
        )

    def _resampled(self, start_B: Tensor, speed_B: Tensor, frames: int) -> Tensor:
        """(B, 800 F) samples read at each crop's speed, by Catmull-Rom splines."""
        count = torch.arange(frames * SAMPLES_PER_FRAME, device=self._device)
        place = count * speed_B[:, None]
        whole = place.long()
        x = (place - whole).float()
        at = start_B[:, None] + whole
        last = len(self.samples) - 1
        a, b, c, d = (
            self.samples[(at + k).clamp(0, last)].float() / 32768.0 for k in (-1, 0, 1, 2)
        )
        curve = b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))
        return curve


def load_if_complete(path: Path) -> Shard | None:
    """As load_shard; None, and a printed line, where a shard is unusable or still being written."""
    import soundfile

    try:
        return load_shard(path)
    except (ValueError, LookupError, OSError, soundfile.LibsndfileError) as fault:
        print(f"shard {path.stem} is left out: {fault!r:.200}", flush=True)
        return None


assert len(PHONE_CLASSES) == UNKNOWN_PHONE
