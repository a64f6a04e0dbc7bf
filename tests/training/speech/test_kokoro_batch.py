import random

import pytest

pytest.importorskip("soundfile")
from training.speech import kokoro_batch, kokoro_lines
from training.speech.corpus import plan
from training.speech.plan import FIRST_KOKORO, FIRST_VARIED


def test_a_model_comes_whole_out_of_its_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(kokoro_batch, "PIECE_BYTES", 1000)
    model = tmp_path / "model.onnx"
    model.write_bytes(random.Random(0).randbytes(4500))
    pieces = kokoro_batch.split_model(model, tmp_path)
    assert len(pieces) == 5
    assert all(piece.stat().st_size <= 1000 for piece in pieces)
    kokoro_batch.join_model(tmp_path, tmp_path / "there" / "model.onnx")
    assert (tmp_path / "there" / "model.onnx").read_bytes() == model.read_bytes()


def test_a_model_without_pieces_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="pieces"):
        kokoro_batch.join_model(tmp_path, tmp_path / "model.onnx")


def test_its_shards_do_not_collide_with_those_of_the_plan():
    assert not any(FIRST_KOKORO <= job.number < FIRST_VARIED for job in plan())


def test_more_hours_than_it_has_numbers_for_are_refused(tmp_path):
    with pytest.raises(ValueError, match="of 100"):
        kokoro_lines.write_lines(tmp_path / "batch", tmp_path, hours=7)
    assert not (tmp_path / "batch").exists()
