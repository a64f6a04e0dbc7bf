"""Painters that say something although they learned nothing, and what they are given."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from pipeline.model_folder import MODELS, ModelFolder, open_model
from pipeline.names import IMPLICIT_SIZE
from pipeline.networks.implicit import ImplicitOffset
from pipeline.networks.lite_painter import LitePainter
from pipeline.networks.painters import Painters
from pipeline.networks.sizes import ImplicitSizes, LitePainterSizes, PaintersSizes
from pipeline.onnx_network import OnnxNetwork
from pipeline.painters_choice import choose_painters
from pipeline.painters_engine import FrameMaps, Subject, painters_ship
from pipeline.torch_network import TorchNetwork

SMALL = PaintersSizes(8, 4, 1, 8, 4, 1)


def random_weights(sizes: PaintersSizes = SMALL) -> dict[str, torch.Tensor]:
    """As training.renderer.train writes them: of all parts, with heads that do not begin at zero;
    the same on each call."""
    torch.manual_seed(3)
    painters = Painters(sizes)
    parts = {
        "painters": painters,
        "implicit": ImplicitOffset(ImplicitSizes()),
        "lite": (lite := LitePainter(LitePainterSizes())),
    }
    heads = [head for painter in (painters.generator, painters.face) for head in
             (painter.changes, painter.shift)]  # fmt: skip
    for head in (*heads, lite.changes):
        torch.nn.init.normal_(head.weight, std=0.3)
    return {
        f"{part}.{name}": value
        for part, module in parts.items()
        for name, value in module.state_dict().items()
    } | {"observer.last.bias": torch.zeros(IMPLICIT_SIZE)}


def subject(seed: int = 0) -> Subject:
    """A portrait of smooth blotches."""
    draw = np.random.default_rng(seed)
    matte = np.zeros((768, 512), np.uint8)
    matte[100:, 100:400] = 255
    skin = np.array([0.8, 0.6, 0.5], np.float32)
    return Subject(_blotches(draw), matte, skin, _blotches(draw))


def frame_maps(seed: int = 1, opened: float = 1.0) -> FrameMaps:
    """A frame that asks for changes everywhere; opened: how far gates are."""
    draw = np.random.default_rng(seed)
    gates = draw.random((384, 256, 6)) * opened * 255
    hands = draw.random((384, 256, 4)) * 255
    return FrameMaps(
        _blotches(draw), gates.astype(np.uint8), hands.astype(np.uint8),
        draw.normal(0, 8, (192, 128, 2)).astype(np.float32), (128, 64),
        draw.uniform(-1, 1, IMPLICIT_SIZE).astype(np.float32),
    )  # fmt: skip


def _blotches(draw: np.random.Generator) -> np.ndarray:
    coarse = draw.integers(0, 256, (24, 16, 3), dtype=np.uint8)
    return coarse.repeat(32, 0).repeat(32, 1)


def torch_model(
    folder: Path, prefix: str = "painters", kind: str = "painters", sizes: Any = SMALL
) -> ModelFolder:
    """A model of a part of random_weights for torch alone: it has no graphs."""
    known = random_weights(sizes) if kind == "painters" else random_weights()
    weights = {
        name.removeprefix(f"{prefix}."): value.half().contiguous()
        for name, value in known.items()
        if name.startswith(f"{prefix}.")
    }
    save_file(weights, folder / f"{kind}.safetensors")
    files = folder / "model.onnx", folder / f"{kind}.safetensors"
    return ModelFolder(folder, kind, sizes, *files, small=False)


def exported(folder: Path) -> Path:
    """Model folders of random_weights as they ship, and their list models.json; where onnx is."""
    pytest.importorskip("onnx")
    from training.export_renderer import PARTS, export, of_part

    weights = random_weights()
    for part in PARTS:
        sizes = {"sizes": SMALL} if part.kind == "painters" else {}
        export(part, of_part(weights, part), folder, folder / "models.json", **sizes)
    return folder


def ship_painters(tmp_path_factory, patch: pytest.MonkeyPatch) -> None:
    """See to it that the assembly finds painters: where none ship, those of random_weights."""
    if painters_ship():
        return
    models = exported(tmp_path_factory.mktemp("models"))
    listed = partial(open_model, checksums=models / "models.json")
    patch.setattr("pipeline.assembly.MODELS", _Both(models))
    patch.setattr("pipeline.painters_engine.open_model", listed)
    patch.setattr("pipeline.network.open_model", _Either(models))
    choose = partial(choose_painters, folder=models / "painters")
    patch.setattr("pipeline.assembly.choose_painters", choose)


class _Both:
    """Two folders of models in one: those of the product, and others."""

    def __init__(self, others: Path) -> None:
        self._others = others

    def __truediv__(self, name: str) -> Path:
        other = self._others / name
        return other if other.is_dir() else MODELS / name


class _Either:
    """open_model by either list of checksums."""

    def __init__(self, others: Path) -> None:
        self._others = others

    def __call__(self, path: Path) -> ModelFolder:
        known = {"checksums": self._others / "models.json"} if path.parent == self._others else {}
        return open_model(path, **known)


def small_part_on_both_engines(model: ModelFolder) -> list[tuple[np.ndarray, np.ndarray]]:
    """What ONNX Runtime and torch make of the same noise: each output of both."""
    draw = np.random.default_rng(2)
    shapes = {"motion": (1, 309)}
    if model.kind == "lite_painter":
        shapes = {"face": (1, 3, 256, 256), "gates": (1, 3, 128, 128), "skin": (1, 3)}
    inputs = {key: draw.random(shape, np.float32) for key, shape in shapes.items()}
    one, two = OnnxNetwork(model).run(inputs), TorchNetwork(model, "cpu").run(inputs)
    assert one.keys() == two.keys()
    return [(value, two[key]) for key, value in one.items()]
