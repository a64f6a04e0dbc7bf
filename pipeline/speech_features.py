"""From sound to what is heard in it, one video frame at a time."""

import math
from dataclasses import dataclass

import numpy as np

from pipeline.log_mel import LogMel, LogMelState
from pipeline.network import Network, init_arrays
from pipeline.pitch import PITCH_WINDOW_SAMPLES, Pitch
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.stream_types import AudioChunk, SpeechFrame

LOWEST_ENERGY_DB = -100.0
PITCH_HZ = 128.0
_PITCH_RANGE_OCTAVES = (-1.0, 1.8)
# beyond it a posterior is certain
_LOGIT_RANGE = 50.0


@dataclass(frozen=True, slots=True)
class SpeechState:
    """log_mel: of the front end; past: (224,) samples before the next chunk, for the pitch;
    network: arrays of the encoder's state by name."""

    log_mel: LogMelState
    past: np.ndarray
    network: dict[str, np.ndarray]


class SpeechFeatures:
    """Streaming log-mel and a causal encoder; energy is that of the sound itself, pitch too where
    the encoder does not tell it."""

    def __init__(self, network: Network):
        self._network = network
        self._log_mel = LogMel()
        self._pitch = Pitch()

    @property
    def latency_s(self) -> float:
        """A frame is complete as soon as its last sample is there."""
        return 0.0

    @property
    def provider(self) -> str:
        """What really computes the encoder."""
        return self._network.provider

    def init_state(self) -> SpeechState:
        """The state after endless silence."""
        past = np.zeros(PITCH_WINDOW_SAMPLES - SAMPLES_PER_FRAME, np.float32)
        return SpeechState(self._log_mel.init_state(), past, init_arrays(self._network))

    def step(self, chunk: AudioChunk, state: SpeechState) -> tuple[SpeechFrame, SpeechState]:
        """What is heard in one chunk of 800 samples that starts at a frame.

        Raises:
            ValueError: the chunk has another length
        """
        if len(chunk.samples) != SAMPLES_PER_FRAME:
            raise ValueError(f"a chunk has {SAMPLES_PER_FRAME} samples, not {len(chunk.samples)}")
        samples = chunk.samples.astype(np.float32, copy=False)
        if not math.isfinite(samples.sum()):
            samples = np.nan_to_num(samples)
        mel, log_mel = self._log_mel.step(samples, state.log_mel)
        heard = self._network.run({"mel": mel[None], **state.network})
        newest = np.concatenate([state.past, samples])
        voicing, f0_hz = _told_pitch(heard) if "f0" in heard else self._pitch(newest)
        frame = SpeechFrame(
            frame=chunk.start_sample // SAMPLES_PER_FRAME,
            feature=heard["feature"][0, -1],
            viseme=_softmax(heard["viseme"][0, -1]),
            activity=_softmax(heard["activity"][0, -1]),
            voicing=voicing,
            f0_hz=f0_hz,
            energy_db=energy_db(samples),
            stress=_sigmoid(heard["stress"][0, -1, 0]),
            late_viseme=_softmax(heard["late_viseme"][0, -1]) if "late_viseme" in heard else None,
        )
        network = {name: heard[f"next_{name}"] for name in state.network}
        return frame, SpeechState(log_mel, newest[SAMPLES_PER_FRAME:], network)


def energy_db(samples: np.ndarray) -> float:
    """Mean power in dB of full scale, -100 at silence."""
    exact = samples.astype(np.float64)
    power = float(exact @ exact) / len(exact)
    return max(LOWEST_ENERGY_DB, 10.0 * math.log10(power + 1e-12))


def _told_pitch(heard: dict[str, np.ndarray]) -> tuple[float, float]:
    """Voicing in [0, 1] and f0 in Hz, 0 where unvoiced; the head tells octaves above 128 Hz."""
    voicing = _sigmoid(heard["voicing"][0, -1, 0])
    lowest, highest = _PITCH_RANGE_OCTAVES
    octaves = min(max(float(heard["f0"][0, -1, 0]), lowest), highest)
    return voicing, PITCH_HZ * 2.0**octaves if voicing > 0.5 else 0.0


def _sigmoid(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-min(max(float(logit), -_LOGIT_RANGE), _LOGIT_RANGE)))


def _softmax(logits: np.ndarray) -> np.ndarray:
    raised = np.exp(logits - logits.max())
    raised /= raised.sum()
    return raised
