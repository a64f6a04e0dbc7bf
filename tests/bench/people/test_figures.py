import numpy as np
import pytest

pytest.importorskip("moderngl")

from bench.people import figures
from bench.people.finding import FrameFinding
from bench.people.renders import RenderedPerson
from tests.bench.people.people import truth_of
from training.people.check_person import Finding

NAN = float("nan")
FINDS = [
    FrameFinding(0, 0, True, True, 0.02, 0.01, 0.016, 0.004, 0, 0),
    FrameFinding(0, 1, True, False, 0.03, NAN, 0.018, 0.006, 2, 1),
    FrameFinding(1, 0, False, True, NAN, NAN, NAN, NAN, 1, 1),
    FrameFinding(1, 1, True, True, 0.01, 0.03, 0.007, 0.011, 1, 1),
]


def person(seed: int, rejected: tuple, *truths) -> RenderedPerson:
    pictures = [np.zeros((768, 512, 3), np.uint8)] * (1 + len(truths))
    rest = truth_of(np.zeros((478, 2)))
    return RenderedPerson(seed, "bob01", "shirt", rejected, pictures, [rest, *truths])


def posed(unlit_db: tuple[float, float], draw_s: float = 0.5):
    return truth_of(
        np.zeros((478, 2)), unlit_db=np.array(unlit_db), lit_db=np.array(unlit_db) - 10,
        draw_s=np.array(draw_s),
    )  # fmt: skip


def test_faces_are_counted_by_both_detectors_and_missed_ones_are_named():
    answer = figures.faces(FINDS)
    assert (answer["found"], answer["found_by_dlib"]) == (0.75, 0.75)
    assert answer["landmark_error_percent"] == pytest.approx(2.0)
    assert answer["landmark_error_percent_at_rest"] == pytest.approx(2.0)
    assert answer["landmark_error_percent_posed"] == pytest.approx(2.0)
    assert answer["landmark_error_percent_p90"] == pytest.approx(2.8)
    assert answer["outline_error_percent"] == pytest.approx(1.6)
    assert answer["feature_error_percent"] == pytest.approx(2.0)
    assert answer["tracker_scatter_percent"] == pytest.approx(0.6)
    assert (answer["missed"], answer["missed_by_dlib"]) == (["1/0"], ["0/1"])


def test_hands_are_counted_one_by_one():
    assert figures.hands(FINDS) == {"shown": 4, "found": 0.75, "missed": ["0/1"]}
    assert figures.hands(FINDS[:1])["found"] is None


def test_flow_has_the_median_and_the_worst_of_posed_frames_by_material():
    people = [person(0, (), posed((40, 30)), posed((50, NAN))), person(1, (), posed((44, 36)))]
    answer = figures.flow(people)
    assert (answer["skin_unlit_db"], answer["skin_unlit_db_least"]) == (44, 40)
    assert (answer["cloth_unlit_db"], answer["cloth_unlit_db_least"]) == (33, 30)
    assert answer["skin_lit_db"] == 34


def test_speed_leaves_out_what_is_made_once_for_a_person():
    answer = figures.speed([person(0, (), posed((40, 40), 0.5), posed((40, 40), 0.5))])
    assert answer["colour"] == pytest.approx(2.0)
    assert answer["with_maps"] == pytest.approx(1 / 0.8)
    assert figures.speed([person(0, ())])["colour"] is None


def test_rejected_draws_are_shared_out_by_fault():
    faults = Finding("bare_scalp", 0.5, 0.3), Finding("poking", 0.1, 0.004)
    people = [person(0, (faults,)), person(1, ()), person(2, ())]
    answer = figures.check(people)
    assert answer["rejected"] == 0.25
    assert answer["faults"] == {"bare_scalp": 1, "poking": 1}
    assert answer["who"] == ["0: bare_scalp 0.5 (at most 0.3); poking 0.1 (at most 0.004)"]
