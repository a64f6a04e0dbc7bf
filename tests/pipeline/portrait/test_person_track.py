"""One person is followed, through cuts, company and absence."""

import cv2
import numpy as np
import pytest

from pipeline.avatar import load_avatar
from pipeline.portrait.person_track import follow_person
from pipeline.portrait.trackers import Trackers
from pipeline.rates import FPS


@pytest.fixture(scope="module")
def trackers():
    return Trackers.load(threads=1)


@pytest.fixture(scope="module")
def faces():
    return {name: load_avatar(name).portrait for name in ("maya", "leon")}


def film(*pictures, fps=FPS):
    return [(index / fps, picture) for index, picture in enumerate(pictures)]


def moved(picture, right_px):
    return cv2.warpAffine(picture, np.array([[1.0, 0.0, right_px], [0.0, 1.0, 0.0]]),
                          picture.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)  # fmt: skip


def middle_px(frame):
    return frame.face.points[:468, 0].mean()


def test_a_moving_face_is_followed(faces, trackers):
    made = list(follow_person(film(*(moved(faces["maya"], 4 * k) for k in range(8))), trackers))
    assert np.diff([middle_px(frame) for frame in made]) == pytest.approx(np.full(7, 4.0), abs=1.0)
    assert [frame.shot for frame in made] == [0] * 8
    assert made[0].body is not None


def test_a_cut_begins_a_new_shot(faces, trackers):
    cut = film(*[faces["maya"]] * 4, *[faces["leon"]] * 4)
    made = list(follow_person(cut, trackers))
    assert [frame.shot for frame in made] == [0] * 4 + [1] * 4
    assert all(frame.face is not None for frame in made)


def test_the_larger_of_two_is_followed_and_both_are_counted(faces, trackers):
    small = cv2.resize(faces["leon"], None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    both = np.full((768, 900, 3), 120, np.uint8)
    both[:, :512], both[200 : 200 + len(small), 540 : 540 + small.shape[1]] = faces["maya"], small
    made = list(follow_person(film(both, both), trackers))
    assert made[0].face_count == 2
    assert middle_px(made[1]) < 512


def test_a_face_that_goes_is_lost_and_found_again(faces, trackers):
    away = np.full_like(faces["maya"], 110)
    gradual = [cv2.addWeighted(faces["maya"], 1 - k / 6, away, k / 6, 0) for k in range(7)]
    pictures = [faces["maya"]] * 2 + gradual + [away] * 3 + gradual[::-1] + [faces["maya"]] * 3
    made = list(follow_person(film(*pictures), trackers))
    assert made[0].face is not None
    assert made[10].face is None
    assert made[-1].face is not None


def test_frames_beyond_the_rate_of_the_stream_are_left_out(faces, trackers):
    made = list(follow_person(film(*[faces["maya"]] * 8, fps=60), trackers))
    assert [round(frame.time_s * 60) for frame in made] == [0, 2, 4, 6]
