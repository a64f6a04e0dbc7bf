"""Kokoro-82M int8 (Apache-2.0) from phoneme strings: needs its model and style vectors only."""

from pathlib import Path

import numpy as np
import onnxruntime as ort

from training.speech.spoken import Spoken

RATE_HZ = 24_000
TIMBRE = slice(0, 128)
PROSODY = slice(128, 256)
_STEP_S = 600 / RATE_HZ


class Kokoro:
    """The model whose second output is the tokens' durations (neural_voices.expose)."""

    def __init__(self, model: Path, vocabulary: dict[str, int]):
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        providers = ["CPUExecutionProvider"]
        self._session = ort.InferenceSession(str(model), options, providers=providers)
        self._vocabulary = vocabulary

    def speak(self, symbols: str, style: np.ndarray, speed: float) -> Spoken:
        """symbols: all in the vocabulary, at most 500; style: (256,), timbre and prosody."""
        inputs = {
            "tokens": np.array([[0, *(self._vocabulary[c] for c in symbols), 0]], np.int64),
            "style": style.astype(np.float32)[None],
            "speed": np.array([speed], np.float32),
        }
        audio, durations = self._session.run(["audio", "durations"], inputs)
        edges = np.concatenate([[0.0], np.cumsum(np.ravel(durations))]) * _STEP_S
        tokens = ["^", *symbols, "$"]
        segments = [(t, float(edges[k]), float(edges[k + 1])) for k, t in enumerate(tokens)]
        return Spoken(np.ravel(audio), RATE_HZ, segments)
