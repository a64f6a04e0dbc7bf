"""The requirements file: one ONNX Runtime everywhere, one torch."""

from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement

LINES = (Path(__file__).parents[2] / "requirements.txt").read_text().splitlines()
REQUIREMENTS = [Requirement(line) for line in LINES if line and not line.startswith("#")]
PLATFORMS = [
    *product(["linux"], ["x86_64", "aarch64"]),
    *product(["win32"], ["AMD64", "ARM64"]),
    *product(["darwin"], ["x86_64", "arm64"]),
]


@pytest.mark.parametrize(("system", "machine"), PLATFORMS)
def test_every_platform_gets_exactly_one_onnx_runtime(system, machine):
    surroundings = {"sys_platform": system, "platform_machine": machine}
    chosen = [
        requirement.name
        for requirement in REQUIREMENTS
        if requirement.name.startswith("onnxruntime")
        and (requirement.marker is None or requirement.marker.evaluate(surroundings))
    ]
    has_gpu_build = (system, machine) in {("linux", "x86_64"), ("win32", "AMD64")}
    assert chosen == ["onnxruntime-gpu" if has_gpu_build else "onnxruntime"]


def test_torch_is_pinned():
    (torch,) = [requirement for requirement in REQUIREMENTS if requirement.name == "torch"]
    assert str(torch.specifier) == "==2.13.0"


def test_every_other_requirement_has_a_lower_and_an_upper_bound():
    for requirement in REQUIREMENTS:
        operators = {clause.operator for clause in requirement.specifier}
        assert operators in ({"=="}, {">=", "<"}), requirement
