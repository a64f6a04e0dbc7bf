"""The list of checksums in resources/models.json, kept by whatever exports a model."""

import json
from pathlib import Path

from pipeline.model_folder import CHECKSUMS, sha256_of


def write_checksums(models: list[Path], checksums: Path = CHECKSUMS) -> None:
    """Refreshes the entries of these model folders, leaves others alone. Cards are prose."""
    known = json.loads(checksums.read_text()) if checksums.exists() else {}
    for folder in models:
        for path in folder.iterdir():
            if path.suffix != ".md":
                known[f"{folder.name}/{path.name}"] = sha256_of(path)
    text = json.dumps(dict(sorted(known.items())), indent=2)
    checksums.write_text(text + "\n", encoding="utf-8")
