from pathlib import Path

from bench.reenactment import weights
from bench.reenactment.weights import FOLDERS, Weights


def test_weights_exist_where_a_run_is_named_or_all_parts_ship(tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "MODELS", tmp_path)
    assert Weights(Path("average.safetensors")).exist
    assert not Weights().exist
    for folder in FOLDERS.values():
        assert not Weights().exist
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "config.json").touch()
    assert Weights().exist
