"""Which networks a comparison is about."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.model_folder import MODELS

# Of each part, how its weights are called in a training run, and the folder in which it ships.
FOLDERS = {"painters": "painters", "implicit": "implicit", "lite": "lite_painter"}


@dataclass(frozen=True, slots=True)
class Weights:
    """file: average.safetensors of training.renderer, None for the models that ship; device: of the
    painters, "cpu" or "cuda"."""

    file: Path | None = None
    device: str = "cpu"

    @property
    def exist(self) -> bool:
        """Were any given, or do some ship?"""
        return self.file is not None or all(
            (shipped(part) / "config.json").is_file() for part in FOLDERS
        )


def shipped(part: str) -> Path:
    """The model folder of a part."""
    return MODELS / FOLDERS[part]
