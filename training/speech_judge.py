"""Scores an encoder in training on real recordings with aligned phones; nothing is learnt there."""

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from pipeline.networks.sizes import SpeechEncoderSizes
from pipeline.networks.speech_encoder import SpeechEncoder
from pipeline.rates import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from training.speech.phones import viseme_parts
from training.torch_log_mel import NEUTRAL_WARP, TorchLogMel
from training.viseme_score import Track, score_visemes


class SpeechJudge:
    """The clips of a folder that are marked with a share, kept on the device.

    folder: NAME.wav with NAME.json beside it, as bench.phone_alignment writes them
    """

    def __init__(self, folder: Path, share: str, device: str):
        self._device, self._log_mel = device, TorchLogMel(device)
        self._sounds: list[Tensor] = []
        self._tracks: list[Track] = []
        for path in sorted(folder.glob("*.json")):
            record = json.loads(path.read_text(encoding="utf-8"))
            if record["share"] == share:
                self._sounds.append(torch.from_numpy(_at_stream_rate(path.with_suffix(".wav"))))
                self._tracks.append(track_of(record["phones"]))

    @torch.no_grad()
    def __call__(self, weights: dict[str, Tensor], sizes: SpeechEncoderSizes) -> str:
        """Accuracy over all frames / mean over visible classes, at look-ahead 0 and 1."""
        encoder = SpeechEncoder(sizes).to(self._device).eval()
        encoder.load_state_dict(weights)
        now, late = [], []
        for sound in self._sounds:
            # one frame of silence behind the end, for what is told a frame late
            frames = len(sound) // SAMPLES_PER_FRAME
            missing = (frames + 1) * SAMPLES_PER_FRAME - len(sound)
            padded = functional.pad(sound, (0, missing)).to(self._device)
            warp = torch.tensor([NEUTRAL_WARP], device=self._device)
            state = {k: v.to(self._device) for k, v in encoder.init_state(1).items()}
            made = encoder(self._log_mel(padded[None], warp), **state)
            now.append(torch.softmax(made["viseme"][0, :-1], -1).cpu().numpy())
            late.append(torch.softmax(made["late_viseme"][0, 1:], -1).cpu().numpy())
        scores = [score_visemes(self._tracks, heard) for heard in (now, late)]
        return " ".join(
            f"+{k}: {s.micro:.3f}/{s.macro:.3f} PP {s.pp_recall:.2f}/{s.pp_segments:.2f} "
            f"FF {s.ff_recall:.2f}"
            for k, s in enumerate(scores)
        )


def track_of(phones: list[dict]) -> Track:
    """(viseme, start_s, end_s) of aligned phones in ARPABET, diphthongs in two."""
    track = []
    for phone in phones:
        at, length = phone["start"], phone["end"] - phone["start"]
        for name, part in viseme_parts(phone["phone"], "arpabet"):
            track.append((name, at, at + part * length))
            at += part * length
    return track


def _at_stream_rate(path: Path) -> np.ndarray:
    import soundfile
    from scipy.signal import resample_poly

    samples, rate_hz = soundfile.read(path, dtype="float32")
    divisor = int(np.gcd(SAMPLE_RATE_HZ, rate_hz))
    return resample_poly(samples, SAMPLE_RATE_HZ // divisor, rate_hz // divisor).astype(np.float32)
