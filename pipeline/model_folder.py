"""A model on disk: config.json, a graph, weights; nothing else is believed about it."""

import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.networks.sizes import KINDS

MODELS = Path(__file__).resolve().parent.parent / "resources" / "models"
CHECKSUMS = MODELS.parent / "models.json"
_KEYS = {"kind", "sizes", "graph", "weights", "small"}
_OPTIONAL_KEYS = {"source_graph"}


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model whose configuration is valid and whose files are unchanged.

    kind: key of networks.sizes.KINDS; sizes: the instance it names
    graph: ONNX file without weights; weights: safetensors file, float16
    small: a step takes less than starting it on a GPU does, so `auto` stays on the CPU
    source_graph: what is computed once per avatar, of the same weights; None as a rule
    """

    path: Path
    kind: str
    sizes: Any
    graph: Path
    weights: Path
    small: bool
    source_graph: Path | None = None


def open_model(path: Path, checksums: Path = CHECKSUMS) -> ModelFolder:
    """Reads and checks a model folder.

    checksums: JSON of {"<folder name>/<file name>": sha256}

    Raises:
        ModelError: the folder, a file or an entry is missing, unknown or changed
    """
    config = _config(path)
    if unknown := sorted(set(config) - _KEYS - _OPTIONAL_KEYS):
        raise ModelError(f"The model {path.name} has an unknown entry {unknown[0][:80]!r}.")
    if missing := sorted(_KEYS - set(config)):
        raise ModelError(f"The model {path.name} lacks the entry {missing[0]!r} in config.json.")
    if not isinstance(config["kind"], str) or config["kind"] not in KINDS:
        raise ModelError(f"The model {path.name} is of an unknown kind {config['kind']!r}.")
    if not isinstance(config["small"], bool):
        raise ModelError(f"The entry 'small' of the model {path.name} must be true or false.")
    keys = ("graph", "weights", *sorted(_OPTIONAL_KEYS & set(config)))
    files = {key: _file(path, config, key) for key in keys}
    check_sums(path, ["config.json", *(file.name for file in files.values())], checksums)
    sizes = _sizes(path, KINDS[config["kind"]], config["sizes"])
    return ModelFolder(path, config["kind"], sizes, small=config["small"], **files)


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _config(path: Path) -> dict[str, Any]:
    try:
        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
    except OSError as fault:
        raise ModelError(
            "There is no model in {path}; install the application again.", path=path
        ) from fault
    except ValueError as fault:
        raise ModelError(
            "The config.json of the model {name} is damaged; install the application again.",
            name=path.name,
        ) from fault
    if not isinstance(config, dict):
        raise ModelError(f"The config.json of the model {path.name} must hold one JSON object.")
    return config


def _file(path: Path, config: dict[str, Any], key: str) -> Path:
    name = config[key]
    if not isinstance(name, str) or Path(name).name != name or name in ("", ".", ".."):
        raise ModelError(f"The entry {key!r} of the model {path.name} must be a plain file name.")
    if not (path / name).is_file():
        raise ModelError(
            "The model {model} lacks its file {name}; install it again.", model=path.name, name=name
        )
    return path / name


def check_sums(path: Path, names: list[str], checksums: Path = CHECKSUMS) -> None:
    """Compares files of a model folder with the list of checksums.

    Raises:
        ModelError: a file is missing, unlisted or changed
    """
    try:
        known = json.loads(checksums.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ModelError(f"The list of models {checksums} cannot be read.") from fault
    for name in names:
        key = f"{path.name}/{name}"
        if key not in known:
            raise ModelError(f"The file {key} is not in the list of models {checksums.name}.")
        if not (path / name).is_file() or known[key] != sha256_of(path / name):
            raise ModelError(
                "The file {key} is missing or damaged; install the application again.", key=key
            )


def _sizes(path: Path, kind: type, values: Any) -> Any:
    if not isinstance(values, dict):
        raise ModelError(f"The entry 'sizes' of the model {path.name} must be a JSON object.")
    if unknown := sorted(set(values) - {field.name for field in fields(kind)}):
        raise ModelError(f"The sizes of the model {path.name} have an unknown {unknown[0]!r}.")
    checked: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            checked[key] = tuple(value)
        elif isinstance(value, int) and not isinstance(value, bool) and value > 0:
            checked[key] = value
        else:
            raise ModelError(f"The size {key!r} of the model {path.name} is not usable.")
    return kind(**checked)
