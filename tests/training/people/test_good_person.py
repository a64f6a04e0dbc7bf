import pytest

pytest.importorskip("moderngl")

from training.people.check_person import Finding
from training.people.good_person import first_without_faults

FAULTS = {"bald": [Finding("bare_scalp", 0.6, 0.3)], "poked": [Finding("poking", 0.1, 0.004)]}


def faults(draw: str) -> list[Finding]:
    return FAULTS.get(draw, [])


def test_the_first_draw_without_faults_is_taken_and_no_other_is_made():
    draws = iter(["bald", "poked", "whole", "whole too"])
    person, rejected = first_without_faults(draws, faults)
    assert person == "whole"
    assert [finding.name for found in rejected for finding in found] == ["bare_scalp", "poking"]
    assert next(draws) == "whole too"


def test_whoever_is_whole_at_once_was_never_rejected():
    assert first_without_faults(["whole"], faults) == ("whole", ())


def test_a_seed_that_gives_nobody_whole_says_what_was_wrong():
    with pytest.raises(RuntimeError, match=r"2 draws.*bare_scalp"):
        first_without_faults(["bald", "poked"], faults)
