from types import SimpleNamespace

import numpy as np
import pytest
import torch

from pipeline.hand_pose import POSE_SIZE
from pipeline.motion_space import HANDS
from tests.training.motion.stand_ins import FRAMES, LOOKS, data, performance, write_files
from training.distributed import World
from training.motion import motion_data, statistics
from training.motion.load_data import load_data, moves_of
from training.motion.motion_data import Places
from training.motion.train import PRESETS, MotionLearner
from training.performance.gestures import Phase


def place(performance: int, row: int, lookahead: int) -> Places:
    return Places(*(torch.tensor([k]) for k in (performance, row, lookahead, 1)))


def test_features_run_ahead_by_the_look_ahead():
    table = data("face")
    crop = table.crop(place(2, 2 * FRAMES + 10, 3), 20)
    torch.testing.assert_close(crop.asked["feature"][0], table.features[1, 13:33])
    assert crop.asked["lookahead"][0, 0].tolist() == [0, 0, 0, 1, 0]
    played = torch.from_numpy(performance(2)["face"]).float()
    torch.testing.assert_close(crop.motion[0], played[8:30])
    torch.testing.assert_close(crop.previous[0], played[9:29])
    torch.testing.assert_close(crop.velocity[0], played[9:29] - played[8:28])


def test_the_body_sees_the_face_of_its_frame_and_one_knob_more():
    table = data("body")
    crop = table.crop(place(1, FRAMES + 10, 0), 5)
    face = torch.from_numpy(performance(1)["face"]).float()
    torch.testing.assert_close(crop.asked["face"][0], face[10:15])
    assert crop.asked["style"].shape == (1, 1, 15)
    assert crop.asked["style"][0, 0, -1] == 1.0
    assert "lookahead" not in crop.asked


def test_crops_stay_within_their_performance():
    table = data("face")
    generator = torch.Generator().manual_seed(0)
    for _ in range(20):
        places = table.places(50, 100, generator)
        start = places.row - table.first[places.performance]
        assert start.min() >= motion_data.BEFORE
        assert (start + 100 + motion_data.MOST_LOOKAHEAD).max() <= FRAMES
    assert places.lookahead.unique().tolist() == [0, 1, 2, 3, 4]


def test_statistics_do_not_reach_across_performances(monkeypatch):
    monkeypatch.setattr(statistics, "_CHUNK_ROWS", 57)
    table = data("body")
    here = World(0, 1, "cpu")
    network = MotionLearner(LOOKS["body"], PRESETS["test"], table, here).network
    played = np.stack([performance(k)["body"] for k in range(4)]).astype(np.float64)
    change = np.diff(played, axis=1)
    now, last = change[:, 1:], change[:, :-1]
    damping = (now * last).sum((0, 1)) / (now**2).sum((0, 1))
    left = now - damping * last
    np.testing.assert_allclose(network.mean, played.mean((0, 1)), atol=1e-6)
    np.testing.assert_allclose(network.deviation, played.std((0, 1)), rtol=1e-4)
    np.testing.assert_allclose(network.damping, damping, rtol=1e-4)
    np.testing.assert_allclose(network.innovation, np.sqrt((left**2).mean((0, 1))), rtol=1e-4)
    np.testing.assert_array_equal(network.high, played.max((0, 1)).astype(np.float32))


def test_shards_without_performance_are_skipped(tmp_path):
    write_files(tmp_path)
    features, performances = tmp_path / "features", tmp_path / "performances"
    options = SimpleNamespace(features=features, performances=performances)
    here = World(0, 1, "cpu")
    (performances / "001.npz").unlink()
    table = load_data(LOOKS["body"], options, here, held_out=False)
    assert len(table.frames) == 4
    assert table.feature_row.tolist() == [0, 0, FRAMES, FRAMES]
    torch.testing.assert_close(table.body[3 * FRAMES :], torch.from_numpy(performance(21)["body"]))
    for path in performances.iterdir():
        path.unlink()
    with pytest.raises(ValueError, match="no shard"):
        load_data(LOOKS["body"], options, here, held_out=False)


def test_an_onset_is_known_the_frame_after():
    table = data("body")
    places = table.places(3, 40, torch.Generator().manual_seed(0))
    crop = table.crop(places, 40)
    assert crop.onset is not None
    assert crop.onset.any()
    torch.testing.assert_close(crop.asked["onset"][:, 1:], crop.onset[:, :-1])
    row = places.row[0]
    torch.testing.assert_close(crop.asked["onset"][0, 0], table.onset[row - 1].float())


def test_goals_change_where_moves_begin_and_are_told_from_the_pose_of_rest():
    moves = np.zeros((5, 3 + 2 * POSE_SIZE), np.float32)
    moves[:, 0] = [0, 1, 1, 1, 1]
    moves[:, 1] = [0.0, 0.0, 0.51, 1.0, 9.0]
    moves[:, 2] = [Phase.REST, Phase.REST, Phase.PREPARATION, Phase.STROKE, Phase.RETRACTION]
    moves[:, 3] = [0.5, 0.1, 0.4, 0.3, 0.1]
    found = moves_of(moves, 1, 60)
    assert np.argwhere(found["onset"].numpy()).tolist() == [[15, 0], [30, 1]]
    way = (found["goals"][found["goal"].long()])[:, HANDS.start]
    torch.testing.assert_close(
        way[[0, 14, 15, 29, 30, 59]], torch.tensor([0, 0, 0.3, 0.3, 0.2, 0.2])
    )
    assert float(found["rest"][HANDS.start]) == pytest.approx(0.1)


def test_a_body_is_told_its_pose_of_rest_and_goals_a_frame_late():
    table = data("body")
    places = table.places(5, 40, torch.Generator().manual_seed(0))
    crop = table.crop(places, 40)
    assert crop.asked["rest"].shape == (5, 1, 52)
    torch.testing.assert_close(crop.asked["rest"][:, 0], table.rest[places.performance])
    assert not crop.asked["rest"][..., : HANDS.start].any()
    torch.testing.assert_close(crop.asked["goal"][:, 1:], crop.goal[:, :-1])
    changed = (crop.goal[:, 1:] != crop.goal[:, :-1]).any(2)
    assert changed.any()
    assert not (changed & ~(crop.onset[:, 1:] > 0).any(2)).any()
    assert "rest" not in data("face").draw(2, 40, torch.Generator().manual_seed(0)).asked
