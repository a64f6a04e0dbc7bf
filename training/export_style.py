"""Turns the averaged weights of a style encoder into its model folder.

`python -m training.export_style cache/style_run/average.safetensors` writes
resources/models/style and its checksums into resources/models.json.
"""

import argparse
from pathlib import Path

from safetensors.torch import load_file

from pipeline.knobs import KNOBS
from pipeline.model_folder import CHECKSUMS, MODELS
from pipeline.networks.sizes import StyleEncoderSizes
from pipeline.networks.style_encoder import CHANGE_GAIN, KERNEL, LAYERS, LEAST_VARIANCE, STRIDE
from pipeline.style_observation import OBSERVATION_SIZE
from training.checksums import write_checksums
from training.export_speech import write_model
from training.onnx_graph import OnnxGraph


def style_graph(weights: Path, sizes: StyleEncoderSizes) -> OnnxGraph:
    """networks.StyleEncoder, operation by operation; any number of frames."""
    graph = OnnxGraph(weights)
    motion = graph.input("motion", [1, "frames", sizes.channels])
    plain = graph.node("Sub", motion, graph.weight("mean"))
    plain = graph.node("Div", plain, graph.weight("scale"))
    last, axis = graph.integers(2**31 - 1), graph.integers(1)
    later = graph.node("Slice", plain, graph.integers(1), last, axis)
    earlier = graph.node("Slice", plain, graph.integers(0), graph.integers(-1), axis)
    change = graph.node("Pad", graph.node("Sub", later, earlier), graph.integers(0, 1, 0, 0, 0, 0))
    change = graph.node("Mul", change, graph.number(CHANGE_GAIN))
    both = graph.node("Concat", plain, change, axis=2)
    both = graph.node("Transpose", both, perm=[0, 2, 1])
    found = both
    for layer in range(LAYERS):
        name = f"convolutions.{layer}"
        found = graph.silu(graph.convolution(found, name, STRIDE, padding=KERNEL // 2))
    pooled = [*_mean_and_spread(graph, found), *_mean_and_spread(graph, both)]
    read = graph.silu(graph.linear(graph.node("Concat", *pooled, axis=1), "read"))
    knobs = graph.node("Sigmoid", graph.linear(read, "knobs"))
    graph.output(knobs, "knobs", [1, sizes.knobs])
    return graph


def _mean_and_spread(graph: OnnxGraph, value: str) -> tuple[str, str]:
    mean = graph.node("ReduceMean", value, axes=[2], keepdims=1)
    away = graph.node("Sub", value, mean)
    variance = graph.node("ReduceMean", graph.node("Mul", away, away), axes=[2], keepdims=0)
    spread = graph.node("Sqrt", graph.node("Add", variance, graph.number(LEAST_VARIANCE)))
    return graph.node("Squeeze", mean, graph.integers(2)), spread


def export(weights: Path, models: Path, checksums: Path) -> None:
    """The model folder `style` from the weights of one run."""
    sizes = StyleEncoderSizes(channels=OBSERVATION_SIZE, knobs=len(KNOBS))
    write_model(models / "style", "style_encoder", sizes, load_file(weights), style_graph)
    write_checksums([models / "style"], checksums)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--checksums", type=Path, default=CHECKSUMS)
    options = parser.parse_args()
    export(options.weights, options.models, options.checksums)


if __name__ == "__main__":
    main()
