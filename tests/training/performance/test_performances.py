import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("soundfile")

import soundfile

from pipeline.motion_space import BODY_SIZE, FACE_SIZE
from tests.training.performance.utterances import spoken_shard
from training.performance.performances import drawn_gesture, drawn_style, performances
from training.performance.presets import PRESETS, preset


@pytest.fixture
def shards(tmp_path: Path) -> list[Path]:
    paths = []
    for number in range(2):
        samples, clips = spoken_shard(12.0, seed=number)
        path = tmp_path / f"{number:03d}.json"
        path.write_text(json.dumps({"clips": clips}))
        soundfile.write(
            path.with_suffix(".opus"), 0.5 * samples, 24_000, format="OGG", subtype="OPUS"
        )
        paths.append(path)
    return paths


def test_every_shard_is_performed_several_times_in_different_styles(shards, tmp_path):
    out = tmp_path / "made"
    made = list(performances(shards, 3, 1, out))
    assert [path.name for path in made] == ["000.npz", "001.npz"]
    with np.load(made[0]) as file:
        frames = file["state"].shape[0]
        assert frames == 360
        assert file["face"].shape == (3, frames, FACE_SIZE)
        assert file["body"].shape == (3, frames, BODY_SIZE)
        assert file["closed"].shape == (3, frames)
        assert file["face"].dtype == file["body"].dtype == file["closed"].dtype == np.float16
        assert file["state"].dtype == np.uint8
        assert file["style"].shape == (3, 14)
        assert file["gesture"].shape == (3,)
        assert np.abs(np.diff(file["style"], axis=0)).max(axis=1).min() > 0.0
        assert np.all((file["strokes"][:, 1] - file["strokes"][:, 2]) < 0.08)
        assert not np.array_equal(file["body"][0], file["body"][1])
    assert [path.name for path in sorted(out.iterdir())] == ["000.npz", "001.npz"]


def test_finished_shards_are_left_alone(shards, tmp_path):
    out = tmp_path / "made"
    first = next(performances(shards[:1], 2, 1, out)).read_bytes()
    assert [path.name for path in performances(shards, 2, 1, out)] == ["001.npz"]
    assert (out / "000.npz").read_bytes() == first


def test_a_shard_is_performed_the_same_again(shards, tmp_path):
    one, two = (next(performances(shards[:1], 2, 1, tmp_path / n)) for n in ("one", "two"))
    with np.load(one) as first, np.load(two) as second:
        for name in first.files:
            np.testing.assert_array_equal(first[name], second[name])


def test_no_shard_is_begun_when_the_time_is_over(shards, tmp_path):
    assert list(performances(shards, 2, 1, tmp_path / "made", seconds=0.0)) == []


@pytest.mark.slow
def test_several_processes_share_the_shards(shards, tmp_path):
    assert len(list(performances(shards, 1, 2, tmp_path / "made"))) == 2


def test_styles_are_near_presets_or_anywhere():
    draw = np.random.default_rng(0)
    styles = np.stack([drawn_style(draw) for _ in range(400)])
    assert styles.min() >= 0.0
    assert styles.max() <= 1.0
    points = np.array([preset(name) for name in PRESETS])
    away = np.abs(styles[:, None] - points).max(axis=2).min(axis=1)
    assert (away < 0.2).mean() == pytest.approx(0.4, abs=0.08)
    gestures = np.array([drawn_gesture(draw) for _ in range(400)])
    assert (gestures == 1.0).mean() == pytest.approx(0.6, abs=0.08)
    assert 0.0 <= gestures.min() < 0.2
    assert 1.8 < gestures.max() <= 2.0
