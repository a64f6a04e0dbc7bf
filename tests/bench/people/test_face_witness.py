import numpy as np
import pytest

pytest.importorskip("scipy")
pytest.importorskip("moderngl")

from bench.people.face_witness import counterparts, seen_face
from pipeline.portrait.trackers import Trackers
from tests.bench.people.people import person_of


@pytest.fixture(scope="module")
def trackers() -> Trackers:
    return Trackers.load(threads=1)


def test_every_point_has_its_counterpart():
    other = counterparts()
    assert np.array_equal(other[other], np.arange(478))
    assert other[[33, 61, 10, 468, 470]].tolist() == [263, 291, 10, 473, 475]


def test_a_picture_and_its_mirror_image_get_mirrored_answers(trackers):
    picture = person_of("maya").pictures[0]
    (face,) = trackers.faces(picture)
    seen = seen_face(picture, face, trackers)
    there = np.ascontiguousarray(picture[:, ::-1])
    (face,) = trackers.faces(there)
    mirrored = seen_face(there, face, trackers)
    back = np.array([picture.shape[1], 0]) + mirrored.points[counterparts()] * [-1, 1]
    iod_px = np.linalg.norm(seen.points[468] - seen.points[473])
    away = np.linalg.norm(back - seen.points, axis=1) / iod_px
    assert np.allclose(away * iod_px, 2 * seen.scatter, atol=1)
    assert np.median(away) < 0.03


def test_points_are_those_of_the_second_look_at_the_picture_itself(trackers):
    picture = person_of("maya").pictures[0]
    (face,) = trackers.faces(picture)
    seen = seen_face(picture, face, trackers)
    again = trackers.face_landmarks(picture, trackers.face_landmarks(picture, face))
    assert np.allclose(again.points[:, :2], seen.points, atol=1e-3)
    iod_px = np.linalg.norm(seen.points[468] - seen.points[473])
    assert 0.001 < np.median(seen.scatter) / iod_px < 0.03
