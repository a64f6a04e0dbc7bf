"""Turns the averaged weights of a motion transformer into its model folder.

`python -m training.export_motion --part face cache/face_2/average.safetensors` writes
resources/models/face_motion and its checksums into resources/models.json.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from pipeline.model_folder import CHECKSUMS, MODELS
from pipeline.networks.motion_block import NORM_FLOOR
from pipeline.networks.motion_transformer import LEVEL_WAVES, MASKED, MotionTransformer
from pipeline.networks.sizes import MotionTransformerSizes
from training.checksums import write_checksums
from training.motion.parts import PARTS
from training.onnx_graph import OnnxGraph


class _Step:
    """networks.MotionTransformer.forward for one stream, operation by operation."""

    def __init__(self, weights: Path, sizes: MotionTransformerSizes, constants: dict):
        self.graph, self.sizes, self.constants = OnnxGraph(weights), sizes, constants

    def build(self) -> OnnxGraph:
        graph, sizes = self.graph, self.sizes
        size, window = sizes.motion_size, sizes.window_frames
        previous = graph.input("previous", [1, 1, size])
        noise = graph.input("noise", [1, 1, sizes.noise_size])
        shapes: dict[str, list[int | str]] = {
            name: [*shape] for name, (shape, _) in sizes.init_state().items()
        }
        state = {name: graph.input(name, shape) for name, shape in shapes.items()}
        token, manner = self._context(previous, state)
        if sizes.onsets:
            drawn = self._cut(noise, size, size + sizes.onsets, 2)
            goal_noise = self._cut(noise, size + sizes.onsets, sizes.noise_size, 2)
            noise = self._cut(noise, 0, size, 2)
        noisy = graph.linear(graph.node("Mul", noise, self._chosen()), "from_noise")
        x = graph.node("Concat", token, graph.node("Add", token, noisy), axis=1)
        modulation, last = self._modulations(manner)
        bias = self._bias(state["valid"])
        keys, values = [], []
        for layer in range(sizes.layers):
            x, key, value = self._block(layer, x, modulation, bias, state)
            keys.append(key)
            values.append(value)
        x = self._modulated(x, *graph.node("Split", last, outputs=2, axis=2).split())
        certain, chance = graph.node("Split", x, outputs=2, axis=1).split()
        motion = self._motion(certain, chance, previous, state["velocity"])
        graph.output(motion, "motion", [1, 1, size])
        if sizes.closed:
            graph.output(graph.linear(certain, "to_closed"), "closed", [1, 1, 1])
        if sizes.onsets:
            begins = graph.node("Greater", graph.linear(certain, "to_onset"), drawn)
            onset = graph.node("Where", begins, self._constant("one"), self._constant("zero"))
            graph.output(onset, "next_onset", [1, 1, sizes.onsets])
            goal = self._goal(certain, onset, goal_noise, state["goal"])
            graph.output(goal, "next_goal", [1, 1, size])
        graph.output(graph.node("Sub", motion, previous), "next_velocity", [1, 1, size])
        for name, parts in (("next_keys", keys), ("next_values", values)):
            graph.output(graph.node("Concat", *parts, axis=0), name, shapes["keys"])
        later = self._cut(state["valid"], 1, window, 1)
        valid = graph.node("Concat", later, self._constant("one"), axis=1)
        graph.output(valid, "next_valid", [1, window - 1])
        return graph

    def _context(self, previous: str, state: dict[str, str]) -> tuple[str, str]:
        graph, sizes = self.graph, self.sizes
        token = self._matrix(graph.input("feature", [1, 1, sizes.feature_size]), "from_feature")
        if sizes.face_size:
            face = graph.input("face", [1, 1, sizes.face_size])
            face = graph.node("Sub", face, graph.weight("face_mean"))
            face = graph.node("Div", face, graph.weight("face_deviation"))
            token = graph.node("Add", token, self._matrix(face, "from_face"))
        if sizes.onsets:
            token = graph.node("Add", token, self._matrix(state["onset"], "from_onset"))
            goal = graph.node("Div", state["goal"], graph.weight("deviation"))
            token = graph.node("Add", token, self._matrix(goal, "from_goal"))
        if sizes.rests:
            rest = self._normalised(graph.input("rest", [1, 1, sizes.motion_size]))
            token = graph.node("Add", token, self._matrix(rest, "from_rest"))
        manners = [graph.input("style", [1, 1, sizes.style_size])]
        manners.append(graph.input("state", [1, 1, sizes.states]))
        if sizes.lookaheads:
            manners.append(graph.input("lookahead", [1, 1, sizes.lookaheads]))
        manner = self._matrix(graph.node("Concat", *manners, axis=2), "from_manner")
        place = self._normalised(previous)
        speed = graph.node("Div", state["velocity"], graph.weight("speed"))
        both = [graph.node("Mul", part, self._chosen()) for part in (place, speed)]
        motion = graph.linear(graph.node("Concat", *both, axis=2), "from_motion")
        return graph.node("Add", token, motion), manner

    def _goal(self, thought: str, onset: str, noise: str, last: str) -> str:
        graph = self.graph
        given = graph.node("Concat", thought, onset, noise, axis=2)
        goal = graph.linear(graph.silu(graph.linear(given, "goal_thought")), "to_goal")
        goal = graph.node("Mul", goal, graph.weight("deviation"))
        begins = graph.node("ReduceMax", onset, axes=[2], keepdims=1)
        way = graph.node("Mul", begins, graph.node("Sub", goal, last))
        return graph.node("Add", last, way)

    def _normalised(self, motion: str) -> str:
        graph = self.graph
        off = graph.node("Sub", motion, graph.weight("mean"))
        return graph.node("Div", off, graph.weight("deviation"))

    def _modulations(self, manner: str) -> tuple[str, str]:
        """(1, 2, 6 D) of the blocks and (1, 2, 2 D) of the end."""
        graph = self.graph
        level = graph.linear(self._constant("level_waves"), "from_level")
        condition = graph.silu(graph.node("Add", level, manner))
        condition = graph.silu(graph.linear(condition, "condition"))
        return graph.linear(condition, "modulation"), graph.linear(condition, "last")

    def _block(
        self, layer: int, x: str, modulation: str, bias: str, state: dict[str, str]
    ) -> tuple[str, str, str]:
        graph, sizes, name = self.graph, self.sizes, f"blocks.{layer}"
        heads, width, window = sizes.heads, sizes.width, sizes.window_frames
        table = graph.node("Reshape", graph.weight(f"{name}.table"), graph.integers(1, 1, -1))
        parts = graph.node("Split", graph.node("Add", modulation, table), outputs=6, axis=2).split()
        qkv = graph.linear(self._modulated(x, *parts[:2]), f"{name}.qkv")
        shape = graph.integers(1, 2, heads, width // heads)
        query, key, value = (
            graph.node("Transpose", graph.node("Reshape", part, shape), perm=[0, 2, 1, 3])
            for part in graph.node("Split", qkv, outputs=3, axis=2).split()
        )
        past = [
            graph.node("Squeeze", self._cut(state[n], layer, layer + 1, 0), graph.integers(0))
            for n in ("keys", "values")
        ]
        keys = graph.node("Concat", past[0], key, axis=2)
        values = graph.node("Concat", past[1], value, axis=2)
        query = self._rotated(query, "new")
        turned = graph.node("Transpose", self._rotated(keys, "all"), perm=[0, 1, 3, 2])
        logits = graph.node("Mul", graph.node("MatMul", query, turned), self._constant("sharpness"))
        shares = graph.node("Softmax", graph.node("Add", logits, bias), axis=-1)
        seen = graph.node("Transpose", graph.node("MatMul", shares, values), perm=[0, 2, 1, 3])
        seen = graph.linear(graph.node("Reshape", seen, graph.integers(1, 2, width)), f"{name}.out")
        x = graph.node("Add", x, graph.node("Mul", parts[2], seen))
        inner = graph.silu(graph.linear(self._modulated(x, *parts[3:5]), f"{name}.grow"))
        inner = graph.linear(inner, f"{name}.shrink")
        x = graph.node("Add", x, graph.node("Mul", parts[5], inner))
        kept_keys, kept_values = (
            graph.node("Unsqueeze", self._cut(a, 1, window, 2), graph.integers(0))
            for a in (keys, values)
        )
        return x, kept_keys, kept_values

    def _motion(self, certain: str, chance: str, previous: str, velocity: str) -> str:
        graph = self.graph
        heard = graph.node("Mul", graph.linear(certain, "to_heard"), graph.weight("deviation"))
        heard = graph.node("Add", heard, graph.weight("mean"))
        gate = graph.node("Sigmoid", graph.linear(chance, "to_gate"))
        moved = graph.node("Mul", graph.linear(chance, "to_innovation"), gate)
        moved = graph.node("Mul", moved, graph.weight("innovation"))
        going = graph.node("Mul", velocity, graph.weight("damping"))
        free = graph.node("Add", graph.node("Add", previous, going), moved)
        motion = graph.node(
            "Add",
            graph.node("Mul", heard, graph.weight("heard")),
            graph.node("Mul", free, self._chosen()),
        )
        lowest = graph.node("Max", motion, graph.weight("low"))
        return graph.node("Min", lowest, graph.weight("high"))

    def _bias(self, valid: str) -> str:
        """(1, 1, 1, W - 1) and what the two new tokens see of each other: (1, 1, 2, W + 1)."""
        graph = self.graph
        past = graph.node("Sub", valid, self._constant("one"))
        past = graph.node("Mul", past, self._constant("unmasked"))
        past = graph.node("Unsqueeze", past, graph.integers(0, 1))
        past = graph.node("Concat", past, past, axis=2)
        return graph.node("Concat", past, self._constant("new_bias"), axis=3)

    def _rotated(self, x: str, which: str) -> str:
        graph = self.graph
        one, two = graph.node("Split", x, outputs=2, axis=3).split()
        cosine, sine = (self._constant(f"{which}_{wave}") for wave in ("cosine", "sine"))
        first = graph.node("Sub", graph.node("Mul", one, cosine), graph.node("Mul", two, sine))
        second = graph.node("Add", graph.node("Mul", one, sine), graph.node("Mul", two, cosine))
        return graph.node("Concat", first, second, axis=3)

    def _modulated(self, x: str, shift: str, scale: str) -> str:
        graph = self.graph
        ones, zeros = self._constant("width_ones"), self._constant("width_zeros")
        plain = graph.node("LayerNormalization", x, ones, zeros, axis=-1, epsilon=NORM_FLOOR)
        grown = graph.node("Add", graph.node("Mul", plain, scale), plain)
        return graph.node("Add", grown, shift)

    def _chosen(self) -> str:
        return self.graph.node("Sub", self._constant("one"), self.graph.weight("heard"))

    def _cut(self, x: str, first: int, stop: int, axis: int) -> str:
        graph = self.graph
        return graph.node(
            "Slice", x, graph.integers(first), graph.integers(stop), graph.integers(axis)
        )

    def _matrix(self, x: str, name: str) -> str:
        graph = self.graph
        turned = graph.node("Transpose", graph.weight(f"{name}.weight"), perm=[1, 0])
        return graph.node("MatMul", x, turned)

    def _constant(self, name: str) -> str:
        return self.graph.array(self.constants[name])


def step_constants(network: MotionTransformer) -> dict[str, np.ndarray]:
    """Arrays of the step that follow from the sizes alone."""
    sizes = network.sizes
    window, width = sizes.window_frames, sizes.width
    cosine, sine = network.rotations(0, window + 1).numpy()
    phase = np.array([0.0, 1.0])[:, None] * np.arange(LEVEL_WAVES) * (np.pi / 2)
    constants = {
        "one": np.ones((1, 1)),
        "zero": np.zeros((1, 1, 1)),
        "unmasked": np.full((1, 1), -MASKED),
        "new_bias": np.array([[[[0.0, MASKED], [0.0, 0.0]]]]),
        "sharpness": np.full((1,), (width // sizes.heads) ** -0.5),
        "level_waves": np.concatenate([np.sin(phase), np.cos(phase)], axis=1)[None],
        "all_cosine": cosine,
        "all_sine": sine,
        "new_cosine": cosine[window - 1 :],
        "new_sine": sine[window - 1 :],
        "width_ones": np.ones(width),
        "width_zeros": np.zeros(width),
    }
    return {name: value.astype(np.float32) for name, value in constants.items()}


def stored(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """What the product needs: weights as float16, statistics as float32."""
    return {
        name: (value.half() if "." in name else value.float()).contiguous()
        for name, value in weights.items()
    }


def export(
    part: str, weights: dict[str, torch.Tensor], sizes: MotionTransformerSizes, models: Path,
    checksums: Path,
) -> None:  # fmt: skip
    """The model folder <part>_motion."""
    folder = models / f"{part}_motion"
    folder.mkdir(parents=True, exist_ok=True)
    save_file(stored(weights), folder / "weights.safetensors")
    constants = step_constants(MotionTransformer(sizes))
    graph = _Step(folder / "weights.safetensors", sizes, constants).build()
    graph.save(folder / "model.onnx")
    config = {
        "kind": "motion_transformer",
        "sizes": {name: value for name, value in asdict(sizes).items() if value},
        "graph": "model.onnx",
        "weights": "weights.safetensors",
        "small": True,
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    write_checksums([folder], checksums)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--part", choices=PARTS, required=True)
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--checksums", type=Path, default=CHECKSUMS)
    options = parser.parse_args()
    sizes = PARTS[options.part].sizes
    export(options.part, load_file(options.weights), sizes, options.models, options.checksums)


if __name__ == "__main__":
    main()
