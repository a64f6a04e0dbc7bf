from bench.soak_faults import Fault, read_log

GONE = Fault("camera gone", "no camera: ", lambda: None)
LOAD = Fault("processor load", "is busy", lambda: None, over="has time again")


def test_a_fault_is_named_by_a_line_of_its_own():
    assert GONE.is_named("", "no camera: load its driver\n")
    assert not GONE.is_named("no camera: x\n", "no camera: x\nother\n"), "that was an earlier one"


def test_a_state_that_lasts_is_named_by_the_line_with_which_it_began():
    assert LOAD.is_named("is busy\n", "is busy\n")
    assert not LOAD.is_named("is busy\nhas time again\n", "is busy\nhas time again\n")
    assert LOAD.is_named("", "is busy\nhas time again\n"), "it began and ended meanwhile"


def test_what_was_rotated_away_is_read_first(tmp_path):
    for name, text in (("soak.log", "3"), ("soak.log.1", "2"), ("soak.log.2", "1")):
        (tmp_path / name).write_text(text)
    assert read_log(tmp_path / "soak.log") == "123"
