import json
import shutil

import numpy as np
import pytest

from pipeline.errors import ModelError
from pipeline.portrait.tracker_models import FOLDER, TrackerModels


def test_the_folder_stays_within_its_size():
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 14 * 2**20


def test_every_listed_model_has_its_file():
    files = json.loads((FOLDER / "config.json").read_text())["models"].values()
    assert {file.name for file in FOLDER.glob("*.onnx")} == set(files)


def test_a_missing_folder_says_so(tmp_path):
    with pytest.raises(ModelError, match="no model in"):
        TrackerModels(tmp_path / "trackers")


def test_a_damaged_configuration_says_so(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "trackers")
    (folder / "config.json").write_text("{")
    with pytest.raises(ModelError, match="damaged"):
        TrackerModels(folder)


def test_a_changed_network_is_refused_when_it_is_first_used(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "trackers")
    (folder / "person.onnx").write_bytes(b"changed")
    models = TrackerModels(folder)
    with pytest.raises(ModelError, match=r"person\.onnx is missing or damaged"):
        models.run("person", np.zeros((256, 256, 3), np.float32))
