"""Figures from what came."""

import cv2
import numpy as np
import pytest

from bench.camera_client.report import (
    SenderLog,
    Watched,
    act_report,
    arrival,
    faces_of,
    is_good,
    lag_of,
)


def watched(samples, period_s=0.05):
    return Watched.of([(code, code, 1e6 + 1e3 * period_s * n) for n, code in enumerate(samples)])


def sent(samples, period_s=0.05, age_s=0.02):
    return {sample: 1e3 + period_s * n - age_s for n, sample in enumerate(samples)}


def test_distinct_frames_in_order_are_good():
    samples = range(0, 40 * 800, 800)
    figures = arrival(watched(samples), sent(samples))
    assert (figures["frames"], figures["distinct"], figures["steps_back"]) == (40, 40, 0)
    assert figures["age_ms"] == {"p50": 20.0, "p95": 20.0}
    assert figures["longest_gap_s"] == 0.05
    assert is_good(figures)


@pytest.mark.parametrize(
    "samples",
    [
        range(40, 0, -1),
        [0] * 40,
        range(19),
        [*range(1, 41), 99],
    ],
    ids=["out of order", "always the same", "too few", "never sent"],
)
def test_other_frames_are_not(samples):
    assert not is_good(arrival(watched(samples), sent(range(60))))


def test_a_frame_that_comes_again_is_as_old_as_when_it_came_first():
    frames = [(0, 0, 1e6), (0, 0, 1e6 + 900), (1, 1, 1e6 + 1000)]
    figures = arrival(Watched.of(frames), {0: 999.99, 1: 1000.98})
    assert (figures["frames"], figures["distinct"]) == (3, 2)
    assert figures["age_ms"] == {"p50": 15.0, "p95": 19.5}


def test_frames_put_together_from_two_are_left_out_and_few_are_suffered():
    frames = [(code, code, 1e6 + 50.0 * code) for code in range(120)]
    frames[7] = (7, 6, 1e6)
    came = Watched.of(frames)
    assert came.torn == [7]
    figures = arrival(came, sent(range(120)))
    assert (figures["frames"], figures["torn"]) == (119, 1)
    assert is_good(figures)
    assert not is_good(arrival(Watched.of([*frames, *[(5, 6, 1e6)] * 6]), sent(range(120))))


def test_nothing_that_came_is_not_good_either():
    assert not is_good(arrival(watched([]), {}))


ACT = {"begin_s": 1000.0, "end_s": 1010.0, "fault": ""}
SEEN = {"label": "Desk", "cameras": ["Desk"], "seconds": 3.0, "sizes": ["1280x720"]} | {
    "formats": ["I420"],
    "events": [],
    "frames": [(code, code, 1e6 + 50.0 * code) for code in range(60)],
}
LOG = SenderLog([(1000.0 + 0.05 * n, n) for n in range(60)], [(1000.5, "Desk", "")], [])


def test_an_act_that_goes_well_says_what_was_seen_and_told():
    figures = act_report(ACT, SEEN, LOG)
    assert figures["passed"]
    assert (figures["label"], figures["distinct"]) == ("Desk", 60)
    assert figures["notices"] == [[0.5, "Desk"]]
    assert figures["frames_after_last_notice"] == 49


@pytest.mark.parametrize(
    ("act", "seen"),
    [
        ({"fault": "the camera did not say what was due"}, {}),
        ({"clients_kept_out": 1}, {}),
        ({}, {"frames": SEEN["frames"][:25]}),
    ],
    ids=["fault", "clients of another program", "no picture after the camera came back"],
)
def test_an_act_that_goes_wrong_does_not_pass(act, seen):
    assert not act_report(ACT | act, SEEN | seen, LOG)["passed"]


def test_a_client_whose_stream_was_ended_by_the_driver_knows_it():
    few = {"frames": SEEN["frames"][:25], "events": [["ended", 1e6 + 1300.0]]}
    assert act_report(ACT, SEEN | few, LOG)["passed"]


def test_what_the_browser_could_not_do_is_the_fault_of_the_act():
    figures = act_report(ACT, {"error": "NotFoundError"}, LOG)
    assert (figures["passed"], figures["fault"]) == (False, "NotFoundError")


def test_a_killed_sender_leaves_a_log_that_can_be_read(tmp_path):
    path = tmp_path / "sender.jsonl"
    path.write_text(
        '["told", 1.0, "Desk", ""]\n["sent", 2.0, 800]\n["watched", 3.0, true]\n["sent", 4.0'
    )
    log = SenderLog.read(path)
    assert log == SenderLog([(2.0, 800)], [(1.0, "Desk", "")], [(3.0, True)])
    assert log.during(1.5, 2.5) == SenderLog([(2.0, 800)], [], [])


def test_pictures_of_a_client_become_rgb_again():
    faces = np.stack([np.full((16, 24, 3), shade, np.uint8) for shade in (10, 200)])
    i420 = b"".join(cv2.cvtColor(face, cv2.COLOR_RGB2YUV_I420).tobytes() for face in faces)
    np.testing.assert_allclose(faces_of(i420, 24, 16).astype(int), faces, atol=2)


@pytest.mark.parametrize("lag", [-4, 0, 3])
def test_the_lag_between_lips_and_sound_is_found_from_some_frames(lag):
    loudness_db = np.cumsum(np.random.default_rng(1).normal(size=90))
    places = np.sort(np.random.default_rng(2).permutation(90)[:50])
    gaps = loudness_db[np.clip(places - lag, 0, 89)]
    found = lag_of(gaps, places, loudness_db)
    assert found["correlation"] == 1.0
    assert found["lag_frames"] == pytest.approx(lag, abs=0.2)
