"""Turns a run's averaged weights into the model folders of the product.

`python -m training.export_speech cache/face_run/average.pt` writes resources/models/speech and
resources/models/face_motion and their checksums into resources/models.json.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import save_file

from pipeline.model_folder import CHECKSUMS, MODELS
from pipeline.networks.sizes import FaceRegressorSizes, SpeechEncoderSizes
from pipeline.rates import HOPS_PER_FRAME
from training.checksums import write_checksums
from training.face_dataset import POSES
from training.onnx_graph import OnnxGraph


def speech_graph(weights: Path, sizes: SpeechEncoderSizes) -> OnnxGraph:
    """networks.SpeechEncoder, operation by operation."""
    graph, size = OnnxGraph(weights), sizes.feature_size
    mel = graph.input("mel", [1, "hops", sizes.mel_channels])
    past = graph.input("mel_past", [1, sizes.past_hops, sizes.mel_channels])
    hidden = graph.input("hidden", [2, 1, size])
    seen = graph.node("Concat", past, mel, axis=1)
    x = graph.silu(graph.convolution(graph.node("Transpose", seen, perm=[0, 2, 1]), "conv1"))
    skipped = graph.integers(sizes.skipped_hops)
    late = graph.node("Slice", x, skipped, graph.integers(2**31 - 1), graph.integers(2))
    x = graph.node("Add", late, graph.silu(graph.convolution(x, "conv2")))
    x = graph.silu(graph.convolution(x, "conv3", stride=HOPS_PER_FRAME))
    x = graph.node("Transpose", x, perm=[0, 2, 1])
    first, second = graph.node("Split", hidden, outputs=2, axis=0).split()
    low, low_last = graph.gru(x, first, "gru1", size)
    high, high_last = graph.gru(low, second, "gru2", size)
    total = graph.node("Add", low, high)
    norm = (graph.weight("norm.weight"), graph.weight("norm.bias"))
    feature = graph.node("LayerNormalization", total, *norm, axis=-1, epsilon=1e-5)
    graph.output(feature, "feature", [1, "frames", size])
    for head, width in (("viseme", sizes.visemes), ("activity", sizes.activities), ("stress", 1)):
        graph.output(graph.linear(feature, head), head, [1, "frames", width])
    last = graph.integers(-sizes.past_hops)
    newest = graph.node("Slice", seen, last, graph.integers(2**31 - 1), graph.integers(1))
    graph.output(newest, "next_mel_past", [1, sizes.past_hops, sizes.mel_channels])
    graph.output(graph.node("Concat", low_last, high_last, axis=0), "next_hidden", [2, 1, size])
    return graph


def face_graph(weights: Path, sizes: FaceRegressorSizes) -> OnnxGraph:
    """networks.FaceRegressor, operation by operation."""
    graph, size = OnnxGraph(weights), sizes.hidden_size
    feature = graph.input("feature", [1, "frames", sizes.feature_size])
    style = graph.input("style", [1, "frames", sizes.style_size])
    lookahead = graph.input("lookahead", [1, "frames", sizes.largest_lookahead + 1])
    hidden = graph.input("hidden", [1, 1, size])
    given = graph.node("Concat", feature, style, lookahead, axis=2)
    x = graph.silu(graph.linear(given, "project"))
    memory, last = graph.gru(x, hidden, "gru", size)
    y = graph.silu(graph.linear(graph.node("Concat", x, memory, axis=2), "readout"))
    graph.output(graph.linear(y, "pose"), "pose", [1, "frames", len(sizes.poses)])
    graph.output(graph.linear(y, "closed"), "closed", [1, "frames", 1])
    graph.output(last, "next_hidden", [1, 1, size])
    return graph


def write_model(folder: Path, kind: str, sizes, weights: dict[str, torch.Tensor], build) -> None:
    """config.json, weights.safetensors (float16) and model.onnx."""
    folder.mkdir(parents=True, exist_ok=True)
    half = {name: value.half().contiguous() for name, value in weights.items()}
    save_file(half, folder / "weights.safetensors")
    build(folder / "weights.safetensors", sizes).save(folder / "model.onnx")
    config = {
        "kind": kind, "sizes": asdict(sizes), "graph": "model.onnx",
        "weights": "weights.safetensors", "small": True,
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def export(average: dict[str, torch.Tensor], models: Path, checksums: Path) -> None:
    """Both model folders from the weights of one run."""
    kinds = (
        ("speech", "speech_encoder", SpeechEncoderSizes(), speech_graph),
        ("face_motion", "face_regressor", FaceRegressorSizes(POSES), face_graph),
    )
    for name, kind, sizes, build in kinds:
        start = f"{name}."
        weights = {k[len(start) :]: v for k, v in average.items() if k.startswith(start)}
        write_model(models / name, kind, sizes, weights, build)
    write_checksums([models / name for name, *_ in kinds], checksums)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("average", type=Path)
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--checksums", type=Path, default=CHECKSUMS)
    options = parser.parse_args()
    average = torch.load(options.average, map_location="cpu", weights_only=True)
    export(average, options.models, options.checksums)


if __name__ == "__main__":
    main()
