"""Writes ONNX graphs whose weights stay in a safetensors file, as float16, shared with torch."""

import json
import struct
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

OPSET = 17
_DTYPES = {"F16": TensorProto.FLOAT16, "F32": TensorProto.FLOAT}


class OnnxGraph:
    """A graph under construction; every method adds a node and returns the name of its result.

    Weights are named as in the safetensors file and reach the nodes through a cast to float32,
    which ONNX Runtime folds away when it loads the model.
    """

    def __init__(self, weights: Path):
        with weights.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            self._header = json.loads(file.read(length))
        self._weights, self._data_start = weights, 8 + length
        self._nodes: list = []
        self._initializers: list = []
        self._inputs: list = []
        self._outputs: list = []
        self._ready: dict[str, str] = {}

    def input(self, name: str, shape: list[int | str]) -> str:
        self._inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return name

    def output(self, value: str, name: str, shape: list[int | str]) -> None:
        self._nodes.append(helper.make_node("Identity", [value], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def node(self, kind: str, *inputs: str, outputs: int = 1, **attributes) -> str:
        """One operation; with several outputs, their names joined by a space."""
        names = [f"{kind.lower()}_{len(self._nodes)}_{k}" for k in range(outputs)]
        self._nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return " ".join(names)

    def integers(self, *values: int) -> str:
        """A constant of int64."""
        name = f"integers_{len(self._initializers)}"
        array = np.array(values, np.int64)
        self._initializers.append(onnx.numpy_helper.from_array(array, name))
        return name

    def number(self, value: float) -> str:
        """A constant scalar of float32."""
        name = f"number_{len(self._initializers)}"
        array = np.array(value, np.float32)
        self._initializers.append(onnx.numpy_helper.from_array(array, name))
        return name

    def array(self, value: np.ndarray) -> str:
        """A constant array, in its own type."""
        name = f"array_{len(self._initializers)}"
        self._initializers.append(onnx.numpy_helper.from_array(value, name))
        return name

    def weight(self, name: str) -> str:
        """A weight as float32."""
        if name not in self._ready:
            entry = self._header[name]
            tensor = TensorProto(name=name, dims=entry["shape"], data_type=_DTYPES[entry["dtype"]])
            tensor.data_location = TensorProto.EXTERNAL
            begin, end = entry["data_offsets"]
            place = {
                "location": self._weights.name,
                "offset": self._data_start + begin,
                "length": end - begin,
            }
            for key, value in place.items():
                tensor.external_data.add(key=key, value=str(value))
            self._initializers.append(tensor)
            self._ready[name] = self.node("Cast", name, to=TensorProto.FLOAT)
        return self._ready[name]

    def linear(self, value: str, name: str) -> str:
        """torch.nn.Linear on the last axis."""
        turned = self.node("Transpose", self.weight(f"{name}.weight"), perm=[1, 0])
        return self.node("Add", self.node("MatMul", value, turned), self.weight(f"{name}.bias"))

    def convolution(self, value: str, name: str, stride: int = 1, padding: int = 0) -> str:
        """torch.nn.Conv1d on (B, C, T), zeros at both ends."""
        return self.node(
            "Conv", value, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"),
            strides=[stride], pads=[padding, padding],
        )  # fmt: skip

    def silu(self, value: str) -> str:
        return self.node("Mul", value, self.node("Sigmoid", value))

    def gru(self, value: str, hidden: str, name: str, size: int) -> tuple[str, str]:
        """torch.nn.GRU of one layer, batch first: the sequence and the last hidden (1, B, D)."""
        gates = [self._onnx_order(f"{name}.{part}_l0") for part in ("weight_ih", "weight_hh")]
        biases = [self._onnx_order(f"{name}.{part}_l0") for part in ("bias_ih", "bias_hh")]
        front = self.integers(0)
        inputs = [
            self.node("Transpose", value, perm=[1, 0, 2]),
            *(self.node("Unsqueeze", gate, front) for gate in gates),
            self.node("Unsqueeze", self.node("Concat", *biases, axis=0), front),
            "",
            hidden,
        ]
        sequence, last = self.node(
            "GRU", *inputs, outputs=2, hidden_size=size, linear_before_reset=1
        ).split()
        plain = self.node("Squeeze", sequence, self.integers(1))
        return self.node("Transpose", plain, perm=[1, 0, 2]), last

    def _onnx_order(self, name: str) -> str:
        """torch stacks the gates reset, update, new; ONNX update, reset, new."""
        reset, update, new = self.node("Split", self.weight(name), outputs=3, axis=0).split()
        return self.node("Concat", update, reset, new, axis=0)

    def save(self, path: Path) -> None:
        """Writes the graph beside its weights and checks it."""
        graph = helper.make_graph(
            self._nodes, path.stem, self._inputs, self._outputs, self._initializers
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = 8
        path.write_bytes(model.SerializeToString())
        onnx.checker.check_model(path)
