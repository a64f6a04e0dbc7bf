import cv2
import numpy as np
import pytest

from bench.portrait import shortfalls
from bench.reenactment.__main__ import main
from bench.reenactment.photographs import COLUMNS, photographs
from pipeline.avatar import GALLERY
from pipeline.errors import AvatarError

FOLLOWS = {"jaw": 0.95, "blink": 0.95, "yaw": 0.99, "pitch": 0.98}


def test_pictures_and_avatars_of_a_folder_are_found_by_name(tmp_path):
    for name in ("b.jpg", "a.png"):
        cv2.imwrite(str(tmp_path / name), np.zeros((8, 8, 3), np.uint8))
    (tmp_path / "notes.md").write_text("none")
    assert [path.name for path in photographs(tmp_path)] == ["a.png", "b.jpg"]
    assert GALLERY / "maya" in photographs(GALLERY)


def test_an_empty_folder_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(AvatarError, match="no pictures"):
        photographs(tmp_path)


def test_a_renderer_that_repaints_what_is_good_misses_its_limit():
    own = {"outside_db": 41.0, "mouth_db": 20.0, "eyes_db": 30.0, "rim_db": 25.0}
    good = {"follows": FOLLOWS, "identity": 0.3, "background_px": 0.1, "own": own, "untracked": 0}
    assert shortfalls(good, COLUMNS) == []
    assert shortfalls(good | {"own": own | {"outside_db": 33.0}}, COLUMNS) == ["own dB"]
    assert shortfalls(good | {"untracked": 2}, COLUMNS) == ["untracked"]


def test_the_command_ends_with_2_and_a_sentence_for_an_unknown_row(tmp_path, capsys):
    assert main(["photographs", "--folder", str(tmp_path), "--rows", "best"]) == 2
    assert "There is no row 'best'" in capsys.readouterr().err
