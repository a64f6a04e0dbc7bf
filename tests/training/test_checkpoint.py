import random

import numpy as np
import pytest
import torch
from torch import nn

from training import checkpoint


def draws(generators: dict) -> list[float]:
    return [
        random.random(),
        float(np.random.rand()),
        float(torch.rand(1)),
        float(torch.rand(1, generator=generators["torch"])),
        float(generators["numpy"].random()),
    ]


@pytest.fixture
def generators() -> dict:
    return {"torch": torch.Generator().manual_seed(1), "numpy": np.random.default_rng(2)}


def test_what_was_saved_is_loaded_and_chance_goes_on_where_it_was(tmp_path, generators):
    state = {"weights": torch.randn(5), "seen": 7, "names": ["a", "b"], "inner": {"x": 0.5}}
    draws(generators)
    checkpoint.save(tmp_path, state, generators)
    expected = draws(generators)
    draws(generators)
    loaded = checkpoint.load(tmp_path, generators)
    assert draws(generators) == expected
    torch.testing.assert_close(loaded.pop("weights"), state.pop("weights"), rtol=0, atol=0)
    assert loaded == state


def test_a_resumed_optimizer_steps_as_the_uninterrupted_one(tmp_path):
    def step(module, optimizer):
        optimizer.zero_grad()
        module(torch.randn(4, 3)).square().mean().backward()
        optimizer.step()

    torch.manual_seed(0)
    module = nn.Linear(3, 2)
    optimizer = torch.optim.AdamW(module.parameters(), 0.1)
    step(module, optimizer)
    state = {"module": module.state_dict(), "optimizer": optimizer.state_dict()}
    checkpoint.save(tmp_path, state)
    step(module, optimizer)
    other = nn.Linear(3, 2)
    second = torch.optim.AdamW(other.parameters(), 0.1)
    loaded = checkpoint.load(tmp_path)
    other.load_state_dict(loaded["module"])
    second.load_state_dict(loaded["optimizer"])
    step(other, second)
    torch.testing.assert_close(other.weight, module.weight, rtol=0, atol=0)


def test_large_states_are_split_and_old_parts_are_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoint, "PART_BYTES", 1000)
    checkpoint.save(tmp_path, {"x": torch.zeros(2000)})
    first = set(tmp_path.glob("*.part"))
    assert len(first) > 5
    assert max(path.stat().st_size for path in first) == 1000
    checkpoint.save(tmp_path, {"x": torch.ones(2000)})
    assert not first & set(tmp_path.glob("*.part"))
    assert checkpoint.load(tmp_path)["x"].sum() == 2000


def test_an_interrupted_save_leaves_the_previous_checkpoint_whole(tmp_path, monkeypatch):
    checkpoint.save(tmp_path, {"x": 1})

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(checkpoint.os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        checkpoint.save(tmp_path, {"x": 2})
    assert checkpoint.load(tmp_path)["x"] == 1


def test_a_damaged_part_is_noticed(tmp_path):
    checkpoint.save(tmp_path, {"x": 1})
    part = next(tmp_path.glob("*.part"))
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    with pytest.raises(ValueError, match="damaged"):
        checkpoint.load(tmp_path)


def test_a_folder_without_a_checkpoint_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        checkpoint.load(tmp_path)
