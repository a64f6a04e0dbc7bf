"""Checkpoints: everything a run needs to go on exactly, in files of at most 15 MiB.

A folder holds `index.json` and the parts it names. The index is replaced last and at once, so an
interrupted `save` leaves the previous checkpoint whole.
"""

import hashlib
import io
import json
import os
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist

PART_BYTES = 15 * 2**20
INDEX = "index.json"

Generators = Mapping[str, torch.Generator | np.random.Generator]


def save(folder: Path, state: Mapping[str, Any], generators: Generators | None = None) -> None:
    """Writes a checkpoint; among several processes all call it and the first one writes.

    state: nested dicts and lists of tensors, numbers and strings
    generators: those the run draws from; the global ones (Python, numpy, torch) are added
    """
    mine = random_states(generators or {})
    everyone = [mine]
    if dist.is_initialized():
        everyone = [{} for _ in range(dist.get_world_size())]
        dist.all_gather_object(everyone, mine)
    if not dist.is_initialized() or dist.get_rank() == 0:
        _write(folder, {"state": dict(state), "random": everyone})
    if dist.is_initialized():
        dist.barrier()


def load(folder: Path, generators: Generators | None = None) -> dict[str, Any]:
    """The state of a checkpoint, tensors on the CPU; sets the global and the given generators.

    A process that was not there when the checkpoint was made keeps its own random states.

    Raises:
        FileNotFoundError: there is no checkpoint in the folder
        ValueError: a part is damaged
    """
    index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    parts = []
    for entry in index["parts"]:
        data = (folder / entry["name"]).read_bytes()
        if hashlib.sha256(data).hexdigest() != entry["sha256"]:
            raise ValueError(f"the part {entry['name']} of the checkpoint {folder} is damaged")
        parts.append(data)
    content = torch.load(io.BytesIO(b"".join(parts)), map_location="cpu", weights_only=True)
    rank = dist.get_rank() if dist.is_initialized() else 0
    if rank < len(content["random"]):
        set_random_states(content["random"][rank], generators or {})
    return content["state"]


def random_states(generators: Generators) -> dict[str, Any]:
    """States of the global generators and of the given ones, for `set_random_states`."""
    version, words, gauss = random.getstate()
    return {
        "python": [version, list(words), gauss],
        "numpy": _plain(np.random.get_state(legacy=False)),
        "torch": torch.get_rng_state(),
        "cuda": torch.cuda.get_rng_state() if torch.cuda.is_initialized() else None,
        "own": {
            name: g.get_state() if isinstance(g, torch.Generator) else _plain(g.bit_generator.state)
            for name, g in generators.items()
        },
    }


def set_random_states(states: Mapping[str, Any], generators: Generators) -> None:
    """Puts all generators back to where `random_states` found them."""
    version, words, gauss = states["python"]
    random.setstate((version, tuple(words), gauss))
    np.random.set_state(_with_arrays(states["numpy"]))
    torch.set_rng_state(states["torch"])
    if states["cuda"] is not None and torch.cuda.is_available():
        torch.cuda.set_rng_state(states["cuda"])
    for name, generator in generators.items():
        own = states["own"][name]
        if isinstance(generator, torch.Generator):
            generator.set_state(own)
        else:
            generator.bit_generator.state = _with_arrays(own)


def _plain(value: Any) -> Any:
    """numpy's arrays as lists: a checkpoint holds nothing that needs numpy to be read."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return value.tolist()
    return value


def _with_arrays(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _with_arrays(item) for key, item in value.items()}
    return np.array(value, np.uint32) if isinstance(value, list) else value


def _write(folder: Path, content: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    torch.save(content, buffer)
    data = buffer.getvalue()
    version = hashlib.sha256(data).hexdigest()[:12]
    parts = []
    for number, start in enumerate(range(0, len(data), PART_BYTES)):
        part, name = data[start : start + PART_BYTES], f"{version}-{number:03d}.part"
        (folder / name).write_bytes(part)
        parts.append({"name": name, "sha256": hashlib.sha256(part).hexdigest()})
    fresh = folder / f"{INDEX}.new"
    fresh.write_text(json.dumps({"parts": parts}, indent=1) + "\n", encoding="utf-8")
    os.replace(fresh, folder / INDEX)
    kept = {entry["name"] for entry in parts}
    for old in folder.glob("*.part"):
        if old.name not in kept:
            old.unlink()
