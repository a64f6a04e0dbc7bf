"""Makes the tracker models of the product from MediaPipe's, converted to ONNX.

Weights are stored as float16, which the originals are published in, behind a cast to float32 that
ONNX Runtime folds away when it loads a model: speed and results stay those of float32.
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
    "person": ("selfie_segmentation_std.onnx", {"activation_10": "probability"}),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--onnx", type=Path, required=True, help="folder of the converted models")
    parser.add_argument("--out", type=Path, default=MODELS / "trackers")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, (file, outputs) in SOURCES.items():
        model = shrunk(onnx.load(options.onnx / file), outputs)
        onnx.checker.check_model(model)
        path = options.out / f"{name}.onnx"
        path.write_bytes(model.SerializeToString())
        print(f"{path.name}: {path.stat().st_size / 2**20:.2f} MiB")
    config = {"kind": "trackers", "models": {name: f"{name}.onnx" for name in SOURCES}}
    (options.out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    write_checksums([options.out])


def shrunk(model: onnx.ModelProto, outputs: dict[str, str]) -> onnx.ModelProto:
    """The model with these outputs alone, renamed, and its weights as float16.

    outputs: new names by old names
    """
    graph = _pruned(model.graph, outputs)
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < SMALLEST_HALVED:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    made.ir_version = 8
    return made


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
