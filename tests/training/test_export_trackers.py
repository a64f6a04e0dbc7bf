import numpy as np
import onnxruntime
import pytest

onnx = pytest.importorskip("onnx")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from training.export_trackers import shrunk  # noqa: E402


def _model() -> "onnx.ModelProto":
    """Two convolutions one after the other, and an output more than is needed."""
    random = np.random.default_rng(0)
    weights = {
        "first": random.normal(0, 0.1, (32, 3, 7, 7)),
        "second": random.normal(0, 0.05, (8, 32, 5, 5)),
        "spare": random.normal(0, 1, (1, 8, 3, 3)),
    }
    nodes = [
        helper.make_node("Conv", ["x", "first"], ["a"]),
        helper.make_node("Conv", ["a", "second"], ["b"]),
        helper.make_node("Conv", ["b", "spare"], ["c"]),
    ]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        for name, shape in (("b", [1, 8, 6, 6]), ("c", [1, 1, 4, 4]))
    ]
    start = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 16, 16])
    tensors = [numpy_helper.from_array(v.astype(np.float32), k) for k, v in weights.items()]
    graph = helper.make_graph(nodes, "test", [start], ends, tensors)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    made.ir_version = 8
    return made


def _answers(model: onnx.ModelProto, picture: np.ndarray) -> dict[str, np.ndarray]:
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    names = [output.name for output in session.get_outputs()]
    values = session.run(names, {session.get_inputs()[0].name: picture})
    return {name: np.asarray(value) for name, value in zip(names, values, strict=True)}


@pytest.mark.parametrize(
    ("in_bytes", "part", "tolerance"), [(False, 0.52, 5e-4), (True, 0.3, 0.02)]
)
def test_a_shrunk_model_answers_the_same(in_bytes, part, tolerance):
    picture = np.random.default_rng(1).normal(size=(1, 3, 16, 16)).astype(np.float32)
    expected = _answers(_model(), picture)["b"]
    small = shrunk(_model(), {"b": "points"}, in_bytes=in_bytes)
    found = _answers(small, picture)
    assert list(found) == ["points"]
    assert np.abs(found["points"] - expected).max() < tolerance * np.abs(expected).max()
    assert small.ByteSize() < part * _model().ByteSize()
    assert "spare" not in {tensor.name.split("_")[0] for tensor in small.graph.initializer}
