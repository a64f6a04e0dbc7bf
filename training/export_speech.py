"""Turns a run's averaged weights into the model folders of the product.

`python -m training.export_speech cache/speech_run` writes resources/models/speech and its checksums
into resources/models.json.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from pipeline.model_folder import CHECKSUMS, MODELS
from pipeline.networks.sizes import SpeechEncoderSizes
from pipeline.rates import HOPS_PER_FRAME
from training.checksums import write_checksums
from training.onnx_graph import OnnxGraph


def speech_graph(weights: Path, sizes: SpeechEncoderSizes) -> OnnxGraph:
    """networks.SpeechEncoder, operation by operation."""
    graph, size, layers = OnnxGraph(weights), sizes.feature_size, sizes.recurrent_layers
    mel = graph.input("mel", [1, "hops", sizes.mel_channels])
    past = graph.input("mel_past", [1, sizes.past_hops, sizes.mel_channels])
    hidden = graph.input("hidden", [layers, 1, size])
    seen = graph.node("Concat", past, mel, axis=1)
    end = graph.integers(2**31 - 1)
    x = graph.silu(graph.convolution(graph.node("Transpose", seen, perm=[0, 2, 1]), "conv1"))
    for name in ("conv2", *(f"deeper.{k}" for k in range(sizes.convolutions - 2))):
        late = graph.node("Slice", x, graph.integers(sizes.skipped_hops), end, graph.integers(2))
        x = graph.node("Add", late, graph.silu(graph.convolution(x, name)))
    x = graph.silu(graph.convolution(x, "conv3", stride=HOPS_PER_FRAME))
    y, total, last = graph.node("Transpose", x, perm=[0, 2, 1]), "", []
    starts = graph.node("Split", hidden, outputs=layers, axis=0).split()
    for layer, start in enumerate(starts):
        y, state = graph.gru(y, start, f"gru{layer + 1}", size)
        y = total = graph.node("Add", total, y) if total else y
        last.append(state)
    norm = (graph.weight("norm.weight"), graph.weight("norm.bias"))
    feature = graph.node("LayerNormalization", total, *norm, axis=-1, epsilon=1e-5)
    graph.output(feature, "feature", [1, "frames", size])
    for head in sizes.heads:
        graph.output(graph.linear(feature, head), head, [1, "frames", sizes.head_width(head)])
    newest = graph.node("Slice", seen, graph.integers(-sizes.past_hops), end, graph.integers(1))
    graph.output(newest, "next_mel_past", [1, sizes.past_hops, sizes.mel_channels])
    graph.output(graph.node("Concat", *last, axis=0), "next_hidden", [layers, 1, size])
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


def export_speech(
    weights: dict[str, torch.Tensor], sizes: SpeechEncoderSizes, models: Path, checksums: Path
) -> None:
    """The model folder of the speech encoder."""
    write_model(models / "speech", "speech_encoder", sizes, weights, speech_graph)
    write_checksums([models / "speech"], checksums)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="folder of train_speech")
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--checksums", type=Path, default=CHECKSUMS)
    options = parser.parse_args()
    config = json.loads((options.run / "sizes.json").read_text(encoding="utf-8"))
    sizes = SpeechEncoderSizes(**{**config, "heads": tuple(config["heads"])})
    weights = load_file(options.run / "average.safetensors")
    export_speech(weights, sizes, options.models, options.checksums)


if __name__ == "__main__":
    main()
