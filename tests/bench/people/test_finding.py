from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("moderngl")

from bench.people import finding
from bench.people.finding import DlibDetector, find_person, landmark_error
from pipeline.errors import ModelError
from pipeline.portrait.trackers import Trackers
from tests.bench.people.people import person_of, truth_of


@pytest.fixture(scope="module")
def trackers() -> Trackers:
    return Trackers.load(threads=1)


@pytest.fixture(scope="module")
def maya():
    return person_of("maya")


def test_the_face_of_the_gallery_is_found_and_its_points_lie_near_the_templates(maya, trackers):
    (find,) = find_person(maya, trackers, None)
    assert find.found
    assert find.found_by_dlib is None
    assert 0.005 < find.landmark_error < 0.04
    assert 0.005 < find.feature_error < 0.025
    assert find.landmark_error < find.outline_error < 0.1
    assert 0.001 < find.tracker_scatter < find.landmark_error
    assert find.hands_shown == find.hands_found == 0


def test_a_face_elsewhere_is_not_this_one(maya, trackers):
    moved = truth_of(maya.truths[0].landmark_px + np.array([0, 300]))
    (find,) = find_person(replace(maya, truths=[moved]), trackers, None)
    assert not find.found
    assert np.isnan(find.landmark_error)


def test_a_hand_that_nobody_sees_is_not_found(maya, trackers):
    hand = np.random.default_rng(0).uniform(100, 200, (2, 21, 2))
    truth = replace(maya.truths[0], hand_px=hand, shown=np.array([True, False]))
    (find,) = find_person(replace(maya, truths=[truth]), trackers, None)
    assert (find.hands_shown, find.hands_found) == (1, 0)


def test_the_error_is_a_median_over_visible_points_in_inter_ocular_distances():
    points = np.random.default_rng(1).uniform(0, 500, (478, 2))
    visible = np.arange(478) < 400
    seen = points + np.where(visible[:, None], [3.0, 4.0], [300.0, 0.0])
    truth = truth_of(points, visible=visible)
    assert landmark_error(seen, truth, 50.0) == pytest.approx(0.1)
    assert landmark_error(seen, truth, 50.0, (3, 5, 470)) == pytest.approx(0.1)
    assert np.isnan(landmark_error(seen, truth, 50.0, (470, 471)))


def test_without_its_packages_the_second_detector_says_what_to_install(monkeypatch):
    monkeypatch.setattr(finding, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="pip install dlib-bin"):
        DlibDetector()


@pytest.mark.slow
def test_dlib_finds_the_face_too(maya):
    pytest.importorskip("dlib")
    (centre,) = DlibDetector().centres(maya.pictures[0])
    truth = maya.truths[0].landmark_px
    assert np.linalg.norm(centre - truth.mean(0)) < 0.5 * np.linalg.norm(truth[10] - truth[152])
