"""What does the speech encoder hear in real speech, clean and disturbed?

`python -m bench.speech_encoder --clips cache/prompts [--share report] [--json]`; clips as for
bench.lip_alignment. Frames are judged over 10 classes that an eye can tell apart, as soon as they
are heard (look-ahead 0) and a frame later (look-ahead 1, by the head `late_viseme` where the
model has one).
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from bench.lip_alignment import Clip, load_clips
from pipeline.log_mel import LogMel
from pipeline.model_folder import MODELS
from pipeline.network import Network, init_arrays, load_network
from pipeline.rates import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from training.viseme_score import VisemeScore, score_visemes

BABBLE_SNR_DB = 10.0
QUIET_DB = -20.0
_BABBLE_VOICES = 6
_NARROW_RATE_HZ = 8_000
CONDITIONS = ("clean", "babble", "narrow", "quiet")


def disturbed(clips: list[Clip], condition: str) -> list[np.ndarray]:
    """The sounds of the clips in one of CONDITIONS: other clips of the list speaking at 10 dB SNR,
    a microphone of 8 kHz, 20 dB less."""
    if condition == "babble":
        return [_among_others(clips, number) for number in range(len(clips))]
    if condition == "narrow":
        return [narrowed(clip.samples) for clip in clips]
    gain = 10 ** (QUIET_DB / 20) if condition == "quiet" else 1.0
    return [(gain * clip.samples).astype(np.float32) for clip in clips]


def _among_others(clips: list[Clip], number: int) -> np.ndarray:
    voice = clips[number].samples
    babble = np.zeros(len(voice))
    for k in range(1, _BABBLE_VOICES + 1):
        other = clips[(number + 5 * k) % len(clips)].samples
        other = np.roll(np.resize(other, len(voice)), 4000 * k)
        babble += other / (_power(other) ** 0.5 + 1e-9)
    scale = np.sqrt(_power(voice) / _power(babble)) * 10 ** (-BABBLE_SNR_DB / 20)
    return (voice + scale * babble).astype(np.float32)


def _power(samples: np.ndarray) -> float:
    """Mean square of the louder half of 50 ms blocks, that is of the speech without its pauses."""
    block = SAMPLE_RATE_HZ // 20
    blocks = samples[: len(samples) // block * block].reshape(-1, block).astype(np.float64)
    powers = np.sort(np.mean(blocks**2, axis=1))
    return float(powers[len(powers) // 2 :].mean())


def narrowed(samples: np.ndarray) -> np.ndarray:
    """(n,) without what a microphone of 8 kHz cannot hear; zero phase."""
    spectrum = np.fft.rfft(samples)
    hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    edge_hz = 0.45 * _NARROW_RATE_HZ
    gain = np.clip(1 - (hz - edge_hz) / (_NARROW_RATE_HZ / 2 - edge_hz), 0.0, 1.0)
    return np.fft.irfft(spectrum * gain, len(samples)).astype(np.float32)


def hear(network: Network, samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(T, 15) posteriors of a sound at look-ahead 0 and 1."""
    frames = len(samples) // SAMPLES_PER_FRAME
    # one frame of silence behind the end, for what is told a frame late
    padded = np.zeros((frames + 1) * SAMPLES_PER_FRAME, np.float32)
    kept = min(len(samples), len(padded))
    padded[:kept] = samples[:kept]
    log_mel = LogMel()
    mel, _ = log_mel.step(padded, log_mel.init_state())
    made = network.run({"mel": mel[None], **init_arrays(network)})
    now = _softmax(made["viseme"][0])
    late = _softmax(made["late_viseme"][0])[1:] if "late_viseme" in made else now[:-1]
    return now[:-1], late


def _softmax(logits: np.ndarray) -> np.ndarray:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def measure(clips: list[Clip], network: Network, condition: str) -> dict[int, VisemeScore]:
    """Scores by look-ahead."""
    heard = [hear(network, samples) for samples in disturbed(clips, condition)]
    tracks = [clip.visemes for clip in clips]
    return {
        lookahead: score_visemes(tracks, [pair[lookahead] for pair in heard])
        for lookahead in (0, 1)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=Path, default=Path("cache/prompts"))
    parser.add_argument("--share", choices=("tune", "report"))
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    clips = list(load_clips(options.clips, options.share))
    network = load_network(options.models / "speech", "cpu")
    scores = {name: measure(clips, network, name) for name in CONDITIONS}
    if options.json:
        plain = {n: {k: asdict(s) for k, s in by.items()} for n, by in scores.items()}
        print(json.dumps(plain))
        return
    print("condition look-ahead micro macro | PP recall precision segments | FF the same | frames")
    for name, by in scores.items():
        for lookahead, s in by.items():
            print(
                f"{name:9} {lookahead:10} {s.micro:5.3f} {s.macro:5.3f} | {s.pp_recall:5.3f} "
                f"{s.pp_precision:5.3f} {s.pp_segments:5.3f} | {s.ff_recall:5.3f} "
                f"{s.ff_precision:5.3f} {s.ff_segments:5.3f} | {s.frames}"
            )
    print("recall, clean, look-ahead 1:", scores["clean"][1].recall)


if __name__ == "__main__":
    main()
