"""Makes the tracker models of the product from MediaPipe's, converted to ONNX.

Weights are stored as float16, which the originals are published in, or as int8 with a scale for
each output channel where that moves no point noticeably. They stand behind nodes that make them
float32 and that ONNX Runtime folds away when it loads a model: its speed stays that of float32.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from pipeline.model_folder import MODELS
from training.checksums import write_checksums

SMALLEST_HALVED = 16
SMALLEST_IN_BYTES = 4096
IN_BYTES = ("hand", "palm_detector")

# What a model is called here, its file of origin, its outputs that are used: ours by theirs.
SOURCES: dict[str, tuple[str, dict[str, str]]] = {
    "face_detector": (
        "face_detection_short_range.onnx",
        {"regressors": "boxes", "classificators": "logits"},
    ),
    "face_mesh": (
        "face_landmark_with_attention_std.onnx",
        {
            "output_mesh_identity": "mesh",
            "output_lips": "lips",
            "output_left_eye": "first_eye",
            "output_right_eye": "second_eye",
            "output_left_iris": "first_iris",
            "output_right_iris": "second_iris",
            "conv_faceflag": "logit",
        },
    ),
    "body": (
        "pose_landmark_full.onnx",
        {
            "Identity": "points",
            "Identity_1": "score",
            "Identity_3": "heat",
            "Identity_4": "world",
        },
    ),
    "palm_detector": ("palm_detection_full.onnx", {"Identity": "boxes", "Identity_1": "logits"}),
    "hand": (
        "hand_landmark_full.onnx",
        {"Identity": "points", "Identity_1": "score", "Identity_2": "right"},
    ),
    "person": ("selfie_segmentation_std.onnx", {"activation_10": "probability"}),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--onnx", type=Path, required=True, help="folder of the converted models")
    parser.add_argument("--out", type=Path, default=MODELS / "trackers")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, (file, outputs) in SOURCES.items():
        model = shrunk(onnx.load(options.onnx / file), outputs, in_bytes=name in IN_BYTES)
        onnx.checker.check_model(model)
        path = options.out / f"{name}.onnx"
        path.write_bytes(model.SerializeToString())
        print(f"{path.name}: {path.stat().st_size / 2**20:.2f} MiB")
    config = {"kind": "trackers", "models": {name: f"{name}.onnx" for name in SOURCES}}
    (options.out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    write_checksums([options.out])


def shrunk(
    model: onnx.ModelProto, outputs: dict[str, str], *, in_bytes: bool = False
) -> onnx.ModelProto:
    """The model with these outputs alone, renamed, and its weights as float16.

    outputs: new names by old names; in_bytes: large kernels of convolutions as int8
    """
    graph = _pruned(model.graph, outputs)
    kernels = {node.input[1] for node in graph.node if node.op_type == "Conv"}
    tensors, nodes = [], []
    for tensor in graph.initializer:
        values, name = numpy_helper.to_array(tensor), tensor.name
        if values.dtype != np.float32 or values.size < SMALLEST_HALVED:
            tensors.append(tensor)
        elif in_bytes and name in kernels and values.size >= SMALLEST_IN_BYTES:
            small, scale = _bytes_and_scale(values)
            tensors.append(numpy_helper.from_array(small, f"{name}_bytes"))
            tensors.append(numpy_helper.from_array(scale, f"{name}_scale"))
            nodes.append(_cast(f"{name}_bytes", f"{name}_wide"))
            nodes.append(helper.make_node("Mul", [f"{name}_wide", f"{name}_scale"], [name]))
        else:
            tensors.append(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
            nodes.append(_cast(f"{name}_half", name))
    made = helper.make_graph([*nodes, *graph.node], graph.name, graph.input, graph.output, tensors)
    slim = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])
    slim.ir_version = 8
    return slim


def _cast(old: str, new: str) -> onnx.NodeProto:
    return helper.make_node("Cast", [old], [new], to=TensorProto.FLOAT)


def _bytes_and_scale(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A kernel (O, ...) as int8, and the scales (O, 1, ...) of the least squared error."""
    rows = kernel.reshape(len(kernel), -1)
    widest = np.maximum(np.abs(rows).max(1, keepdims=True), 1e-12) / 127
    best, least = widest, np.full((len(rows), 1), np.inf, np.float32)
    for part in np.linspace(0.6, 1.0, 21, dtype=np.float32):
        scale = widest * part
        error = ((_as_bytes(rows, scale) * scale - rows) ** 2).sum(1, keepdims=True)
        best, least = np.where(error < least, scale, best), np.minimum(error, least)
    small = _as_bytes(rows, best).astype(np.int8).reshape(kernel.shape)
    return small, best.astype(np.float32).reshape(-1, *[1] * (kernel.ndim - 1))


def _as_bytes(rows: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return np.clip(np.round(rows / scale), -127, 127)


def _pruned(graph: onnx.GraphProto, outputs: dict[str, str]) -> onnx.GraphProto:
    needed, nodes = set(outputs), []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            needed.update(node.input)
            nodes.append(node)
    kept = [tensor for tensor in graph.initializer if tensor.name in needed]
    ends = []
    for old, new in outputs.items():
        nodes.insert(0, helper.make_node("Identity", [old], [new]))
        shape = next(value for value in graph.output if value.name == old)
        ends.append(onnx.ValueInfoProto())
        ends[-1].CopyFrom(shape)
        ends[-1].name = new
    picture = onnx.ValueInfoProto()
    picture.CopyFrom(graph.input[0])
    picture.name = "picture"
    nodes.append(helper.make_node("Identity", ["picture"], [graph.input[0].name]))
    return helper.make_graph(nodes[::-1], graph.name, [picture], ends, kept)


if __name__ == "__main__":
    main()
