import numpy as np
import pytest

pytest.importorskip("moderngl")

from bench.identity_witness import IdentityWitness
from bench.people.variety import distances, variety
from tests.bench.people.people import person_of


def test_every_pair_has_its_distance_nearest_first():
    points = {"a": np.zeros(3), "b": np.array([3.0, 4, 0]), "c": np.array([0.0, 0, 1])}
    pairs = distances(points)
    assert [pair[:2] for pair in pairs] == [("a", "c"), ("a", "b"), ("b", "c")]
    assert [pair[2] for pair in pairs] == pytest.approx([1, 5, 26**0.5])


@pytest.mark.slow
def test_three_people_are_further_apart_than_one_from_themselves():
    pytest.importorskip("dlib")
    people = [person_of(name, seed) for seed, name in enumerate(("maya", "leon", "amara"))]
    again = person_of("maya", 3)
    answer = variety([*people, again], IdentityWitness())
    assert answer["alike"][0] == (0, 3, 0.0)
    assert variety(people, IdentityWitness())["least"] > 0.6
    assert np.isnan(answer["same_person"])
