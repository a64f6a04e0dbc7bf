"""Turns the averaged weights of a run of the renderer into the model folders of the product.

`python -m training.export_renderer cache/renderer_1/average.safetensors` writes painters, implicit
and lite_painter into resources/models and their checksums into resources/models.json.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from pipeline.face_crop import FACE_PX
from pipeline.model_folder import CHECKSUMS, MODELS
from pipeline.names import IMPLICIT_SIZE
from pipeline.networks.lite_painter import CHANGES, GATES, of_face
from pipeline.networks.painter import LIGHT, SKIN_COLOUR
from pipeline.networks.sizes import ImplicitSizes, LitePainterSizes, PaintersSizes
from training.checksums import write_checksums
from training.onnx_graph import OnnxGraph
from training.painter_graph import frame_graph, source_graph
from training.picture_graph import PictureGraph

Build = Callable[[Path, Any], OnnxGraph]


@dataclass(frozen=True, slots=True)
class Part:
    """prefix: of its weights in a run; kind: also the folder's name; graphs: by entry of
    config.json"""

    prefix: str
    kind: str
    sizes: Any
    graphs: dict[str, Build]
    small: bool = True


def lite_graph(weights: Path, sizes: LitePainterSizes) -> PictureGraph:
    """networks.LitePainter, operation by operation."""
    graph, half, count = PictureGraph(weights), FACE_PX // 2, len(GATES)
    face = graph.input("face", [1, 3, FACE_PX, FACE_PX])
    gates = graph.input("gates", [1, count, half, half])
    skin = graph.input("skin", [1, 3])
    x = graph.residual(_lite_stem(graph, face, gates, skin, sizes.width), "fine")
    deep = graph.convolved(graph.silu(x), "down", stride=2, padding=1)
    for block in range(2):
        deep = graph.residual(deep, f"coarse.{block}")
    x = graph.residual(graph.node("Add", x, graph.repeated(graph.convolved(deep, "up"))), "refine")
    said = graph.node("Tanh", graph.shuffled(graph.convolved(x, "changes", padding=1), 2))
    gates = graph.node("Mul", gates, graph.other_than_teeth(gates, graph.pooled(face), skin))
    light = graph.node("Mul", graph.channels(said, 0, 1), graph.bound(gates, of_face(LIGHT)))
    light = graph.node("Sub", graph.node("Exp", light), graph.number(1.0))
    there = graph.node("Reshape", skin, graph.integers(1, 3, 1, 1))
    reach = graph.node("Mul", graph.bound(gates, of_face(SKIN_COLOUR)), there)
    colour = graph.node("Mul", graph.channels(said, 1), reach)
    changes = graph.node("Concat", light, colour, axis=1)
    graph.output(changes, "changes", [1, CHANGES, half, half])
    return graph


def _lite_stem(graph: PictureGraph, face: str, gates: str, skin: str, width: int) -> str:
    """The first layer. It sees the squares that pixel_unshuffle would make channels of, so that
    nothing is moved about; what it sees of skin, from which colours are counted, is a constant."""
    weight, pixels = graph.weight("stem.weight"), 3 * 16
    seen, opened = (
        graph.node(
            "Reshape", graph.node("Slice", weight, *(graph.integers(k) for k in (first, last, 1))),
            graph.integers(width, channels, size, size),
        )
        for first, last, channels, size in (
            (0, pixels, 3, 4), (pixels, pixels + 4 * len(GATES), len(GATES), 2),
        )
    )  # fmt: skip
    seen = graph.times(seen, 2.0)
    of_skin = graph.node("ReduceSum", seen, graph.integers(2, 3), keepdims=0)
    of_skin = graph.node("MatMul", skin, graph.node("Transpose", of_skin, perm=[1, 0]))
    of_skin = graph.node("Reshape", of_skin, graph.integers(1, width, 1, 1))
    x = graph.node("Conv", gates, opened, graph.weight("stem.bias"), strides=[2, 2])
    x = graph.node("Add", graph.node("Conv", face, seen, strides=[4, 4]), x)
    return graph.node("Sub", x, of_skin)


def implicit_graph(weights: Path, sizes: ImplicitSizes) -> OnnxGraph:
    """networks.ImplicitOffset, operation by operation."""
    graph = OnnxGraph(weights)
    motion = graph.input("motion", [1, sizes.motion_size])
    x = graph.silu(graph.linear(motion, "first"))
    x = graph.node("Add", x, graph.silu(graph.linear(x, "second")))
    graph.output(graph.node("Tanh", graph.linear(x, "last")), "implicit", [1, IMPLICIT_SIZE])
    return graph


PARTS = (
    Part("painters", "painters", PaintersSizes(),
         {"graph": frame_graph, "source_graph": source_graph}, small=False),
    Part("implicit", "implicit", ImplicitSizes(), {"graph": implicit_graph}),
    Part("lite", "lite_painter", LitePainterSizes(), {"graph": lite_graph}),
)  # fmt: skip
GRAPHS = {"graph": "model.onnx", "source_graph": "source.onnx"}


def export(
    part: Part, weights: dict[str, torch.Tensor], models: Path, checksums: Path, sizes: Any = None
) -> None:
    """Writes the model folder of a part.

    weights: named as its module names them; sizes: of a model of other sizes than the product's
    """
    folder, sizes = models / part.kind, sizes or part.sizes
    folder.mkdir(parents=True, exist_ok=True)
    half = {name: value.half().contiguous() for name, value in weights.items()}
    if fault := [name for name, value in half.items() if not value.isfinite().all()]:
        raise ValueError(f"{fault[0]} of {part.kind} does not fit into half precision")
    save_file(half, folder / "weights.safetensors")
    for entry, build in part.graphs.items():
        build(folder / "weights.safetensors", sizes).save(folder / GRAPHS[entry])
    config = {
        "kind": part.kind,
        "sizes": asdict(sizes),
        **{entry: GRAPHS[entry] for entry in part.graphs},
        "weights": "weights.safetensors",
        "small": part.small,
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    write_checksums([folder], checksums)


def of_part(weights: dict[str, torch.Tensor], part: Part) -> dict[str, torch.Tensor]:
    """What of all weights of a run belongs to a part. Raises ValueError where nothing does."""
    prefix = f"{part.prefix}."
    own = {
        name.removeprefix(prefix): value
        for name, value in weights.items()
        if name.startswith(prefix)
    }
    if not own:
        raise ValueError(f"there are no weights {prefix}*: was this written by the renderer's run?")
    return own


def halfway(
    weights: dict[str, torch.Tensor], begun_with: dict[str, torch.Tensor]
) -> dict[str, torch.Tensor]:
    """Means of a run's weights and those that it began with: they forget less of what these did
    well ("WiSE-FT", arXiv 2109.01903). Raises ValueError where they are not of the same network."""
    if weights.keys() != begun_with.keys():
        raise ValueError("weights of another network cannot be met halfway")
    return {name: (value.float() + begun_with[name].float()) / 2 for name, value in weights.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument(
        "--halfway-from", type=Path, metavar="MODELS",
        help="folder of the models that the run began with: painters are the mean of both",
    )  # fmt: skip
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--checksums", type=Path, default=CHECKSUMS)
    options = parser.parse_args()
    weights = load_file(options.weights)
    for part in PARTS:
        own = of_part(weights, part)
        if options.halfway_from and part.kind == "painters":
            own = halfway(own, load_file(options.halfway_from / part.kind / "weights.safetensors"))
        export(part, own, options.models, options.checksums)


if __name__ == "__main__":
    main()
