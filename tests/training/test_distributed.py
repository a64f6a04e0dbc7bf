import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from training.distributed import (
    any_process,
    average_gradients,
    mean_over_processes,
    parallel,
    world,
)

PROGRAM = """
import sys
from pathlib import Path
import torch
from torch import nn
from training import checkpoint
from training.distributed import (
    any_process, average_gradients, barrier, leave, mean_over_processes, parallel, world)

here = world("cpu")
torch.manual_seed(0)
module = nn.Linear(2, 1)
wrapped = parallel(module, here)
data = torch.tensor([[1.0, 2.0], [3.0, -1.0]])[here.rank : here.rank + 1]
wrapped(data).square().sum().backward()
by_torch = module.weight.grad.clone()
torch.manual_seed(0)
other = nn.Linear(2, 1)
other(data).square().sum().backward()
average_gradients(other, here)
assert torch.allclose(other.weight.grad, by_torch)
both = nn.Linear(2, 1)
both.load_state_dict(other.state_dict())
both(torch.tensor([[1.0, 2.0], [3.0, -1.0]])).square().sum(1).mean().backward()
assert torch.allclose(both.weight.grad, by_torch, atol=1e-6)
assert mean_over_processes({"x": torch.tensor(float(here.rank))}, here)["x"] == 0.5
assert any_process(here.rank == 1, here) and not any_process(False, here)
draw = torch.Generator().manual_seed(here.rank)
folder = Path(sys.argv[1])
checkpoint.save(folder, {"x": 3}, {"draw": draw})
expected = torch.rand(1, generator=draw)
assert checkpoint.load(folder, {"draw": draw}) == {"x": 3}
assert torch.rand(1, generator=draw) == expected
barrier(here)
print("done", here.rank)
leave(here)
"""


def test_alone_nothing_is_wrapped_or_exchanged(monkeypatch):
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    here = world("cpu")
    assert (here.rank, here.size, here.device, here.first) == (0, 1, "cpu", True)
    module = nn.Linear(2, 1)
    assert parallel(module, here) is module
    module(torch.ones(1, 2)).sum().backward()
    before = module.weight.grad.clone()
    average_gradients(module, here)
    assert torch.equal(module.weight.grad, before)
    assert mean_over_processes({"x": torch.tensor(2.0)}, here)["x"] == 2.0
    assert any_process(True, here)


@pytest.mark.slow
def test_two_processes_share_gradients_means_and_checkpoints(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM)
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2"]
    command += ["--master-port=29631", str(tmp_path / "program.py"), str(tmp_path / "saved")]
    made = subprocess.run(
        command, capture_output=True, text=True, timeout=200, check=False, env=_environment()
    )
    assert made.returncode == 0, made.stderr[-2000:]
    assert made.stdout.count("done") == 2


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": root, "OMP_NUM_THREADS": "1"}
