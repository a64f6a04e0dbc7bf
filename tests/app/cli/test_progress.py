"""The progress bar."""

import io

import pytest

from app.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def now():
    return [100.0]


def test_nothing_is_shown_when_not_on_a_terminal(now):
    stream = io.StringIO()
    progress = Progress(10, "frames", stream, lambda: now[0])
    now[0] += 60
    progress.update(5)
    progress.clear()
    assert stream.getvalue() == ""


def test_short_work_shows_no_bar(now):
    stream = Terminal()
    progress = Progress(10, "frames", stream, lambda: now[0])
    for done in range(10):
        now[0] += 0.19
        progress.update(done)
    progress.clear()
    assert stream.getvalue() == ""


def test_long_work_shows_share_and_time_left(now):
    stream = Terminal()
    progress = Progress(10, "frames", stream, lambda: now[0])
    now[0] += 5
    progress.update(5)
    assert " 50% 5/10 frames, 5 s left" in stream.getvalue()
    progress.clear()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_the_bar_is_drawn_ten_times_a_second_at_most(now):
    stream = Terminal()
    progress = Progress(1000, "frames", stream, lambda: now[0])
    now[0] += 3
    for done in range(1000):
        now[0] += 0.001
        progress.update(done)
    assert stream.getvalue().count("\r") <= 12


def test_work_of_unknown_length_zero_does_not_divide_by_zero(now):
    stream = Terminal()
    progress = Progress(0, "frames", stream, lambda: now[0])
    now[0] += 3
    progress.update(0)
    assert "0%" in stream.getvalue()
