import json
import sys
from dataclasses import asdict

import pytest

from bench.examination import Examination, Examiner
from bench.portrait import examine_all, main, medians, shortfalls, table
from bench.puppet import Puppet
from pipeline.avatar import GALLERY, read_avatar
from pipeline.portrait.trackers import Trackers

FINE = {"jaw": 0.97, "blink": 0.95, "yaw": 0.99, "pitch": 0.98}
GAIN = dict.fromkeys(FINE, 0.9)


def result(name: str, **changes) -> dict:
    figures = Examination(0.7, 3.0, FINE, FINE, FINE, GAIN, 0.3, 0.45, 0.1, 0.4, 0.01, 0)
    return {"photo": name, "import_wall_s": 4.0, "import_cpu_s": 3.0} | asdict(figures) | changes


def test_a_good_result_misses_nothing():
    assert shortfalls(result("a.png")) == []


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({"import_wall_s": 5.1}, "import s"),
        ({"landmark_pct": 2.6}, "landm %"),
        ({"shoulder_pct": 5.2}, "should %"),
        ({"follows": FINE | {"blink": 0.89}}, "blink"),
        ({"identity": 0.41}, "identity"),
        ({"background_px": 0.51}, "backgr px"),
    ],
)
def test_each_limit_is_held(change, missed):
    assert shortfalls(result("a.png", **change)) == [missed]


def test_what_was_not_measured_is_not_missed_and_not_averaged():
    hidden = result("a.png", shoulder_pct=None, identity=None)
    assert shortfalls(hidden) == []
    middle = medians([hidden, result("b.png", shoulder_pct=7.0)])
    assert middle["should %"] == 7.0


def test_medians_leave_refused_photographs_out():
    results = [result("a.png", landmark_pct=1.0), {"photo": "b.png", "refused": "No face."}]
    assert medians(results)["landm %"] == 1.0
    text = table(results)
    assert "refused: No face." in text
    assert text.splitlines()[-1].startswith("median")


def test_a_missed_limit_is_marked_in_the_table():
    assert "6*" in table([result("a.png", shoulder_pct=6.0)])
    assert "*" not in table([result("a.png")])


def test_a_picture_that_cannot_be_read_is_refused_in_a_sentence(tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    (refused,) = examine_all([broken], Examiner(Trackers.load(), None), None)
    assert refused["photo"] == "broken.png"
    assert refused["refused"].endswith(".")
    assert "Traceback" not in refused["refused"]


def test_the_command_ends_with_2_when_nothing_can_be_used(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(
        sys, "argv", ["portrait", str(tmp_path / "none.png"), "--no-identity", "--json"]
    )
    assert main() == 2
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert "refused" in answer["photos"][0]


@pytest.mark.slow
def test_an_avatar_of_the_gallery_follows_its_commands():
    examined = Examiner(Trackers.load(), None).examine(Puppet(read_avatar(GALLERY / "leon")))
    assert min(examined.follows.values()) > 0.8
    assert examined.untracked == 0
    assert examined.identity is None
    assert examined.background_px is not None
