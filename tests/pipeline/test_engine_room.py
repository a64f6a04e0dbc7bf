"""Engines made of small stages, by a builder that the test lets finish."""

import threading

import pytest

from pipeline.comeback import FIRST_PAUSE_S, LONGEST_PAUSE_S
from pipeline.engine_builder import BackgroundBuilder
from pipeline.engine_room import EngineRoom
from pipeline.errors import AvatarError, ModelError
from pipeline.notices import Notices
from pipeline.recovery import LONGEST_PAUSE_S as PAUSE_S
from pipeline.stages import Choices
from tests.pipeline.fakes import FakeClock
from tests.pipeline.small_stages import SmallAssembly

DARK, LIGHT, NOBODY = (Choices(name, "calm") for name in ("dark", "light", "nobody"))
BROKEN = RuntimeError("CUDA error: unspecified launch failure")


class SlowBuilder:
    """Makes what was begun when the test says so."""

    def __init__(self) -> None:
        self._make = self._made = None

    @property
    def is_busy(self) -> bool:
        return self._make is not None or self._made is not None

    def begin(self, make) -> None:
        assert not self.is_busy
        self._make = make

    def finish(self) -> None:
        make, self._make = self._make, None
        try:
            self._made = make()
        except Exception as fault:
            self._made = fault

    def take(self):
        made, self._made = self._made, None
        return made


class Room:
    """A room with all that it works with."""

    def __init__(self) -> None:
        self.assembly = SmallAssembly()
        self.assembly.provider = "torch cuda"
        self.clock = FakeClock()
        self.notices = Notices()
        self.builder = SlowBuilder()
        self.room = EngineRoom(
            self.assembly, DARK, clock=self.clock, notices=self.notices, in_real_time=True,
            builder=self.builder,
        )  # fmt: skip

    def fail_for_good(self) -> None:
        """The engine fails, and again when it goes on."""
        self.room.fail(BROKEN)
        self.room.follow()
        self.room.fail(BROKEN)

    def follow(self) -> bool:
        return self.room.follow()

    def follow_until_made(self) -> bool:
        assert not self.room.follow()
        self.builder.finish()
        return self.room.follow()


@pytest.fixture
def place(caplog):
    caplog.set_level("CRITICAL")
    return Room()


def test_a_choice_is_made_beside_the_loop_and_taken_over_without_a_new_start(place):
    room = place.room
    room.wanted = LIGHT
    assert not place.follow()
    assert room.engine.choices == DARK, "it is still being made"
    place.builder.finish()
    assert not place.follow(), "states go on"
    assert room.engine.choices == LIGHT


def test_a_choice_that_cannot_be_had_is_told_once_and_changes_nothing(place):
    place.room.wanted = NOBODY
    place.follow_until_made()
    assert place.room.engine.choices == DARK
    (sentence,) = place.notices.sentences()
    assert sentence == "There is no avatar nobody. The avatar stays as it is."
    place.follow()
    assert not place.builder.is_busy
    place.room.wanted = LIGHT
    place.follow_until_made()
    assert place.notices.sentences() == ()


def test_a_fault_that_passes_costs_one_picture(place):
    place.room.fail(BROKEN)
    assert not place.room.is_down
    assert place.follow(), "states start anew"
    assert not place.follow(), "once"
    assert not place.builder.is_busy
    assert not place.room.has_failed


def test_a_fault_that_stays_is_mended_beside_the_loop(place):
    place.fail_for_good()
    assert place.room.is_down
    assert place.follow_until_made(), "states start anew"
    assert not place.room.is_down
    assert place.assembly.renewals == [False]
    assert place.notices.sentences() == ()
    assert place.room.has_failed


def test_a_third_fault_steps_down_and_says_so(place):
    place.fail_for_good()
    place.follow_until_made()
    place.room.fail(BROKEN)
    place.follow_until_made()
    assert place.assembly.renewals == [False, True]
    assert "lite on small now, because lite on torch cuda failed" in place.notices.sentences()[0]


def test_an_attempt_that_fails_is_followed_by_others_after_a_pause(place):
    place.assembly.renewal_faults = [BROKEN, ModelError("The file weights is damaged."), BROKEN]
    place.fail_for_good()
    place.follow_until_made()
    place.follow_until_made()
    assert "The file weights is damaged." in place.notices.sentences()[0]
    for _ in range(2):
        assert not place.follow()
        assert not place.builder.is_busy, "it pauses"
        place.clock.advance(2.0)
        place.follow_until_made()
    assert not place.room.is_down
    assert place.assembly.renewals == [False, True, True, True]


def test_what_was_being_made_of_a_failed_engine_is_not_used(place):
    place.room.wanted = LIGHT
    place.follow()
    place.fail_for_good()
    place.builder.finish()
    assert not place.follow()
    assert place.room.is_down
    assert place.follow_until_made()
    assert place.assembly.renewals == [False]


def test_an_engine_that_does_not_survive_its_first_pictures_gives_way_to_a_humbler_one(place):
    place.assembly.bar.faults.append(BROKEN)
    place.room.warm_up()
    assert place.assembly.renewals == [True]
    assert "lite on small now" in place.notices.sentences()[0]


def test_not_in_real_time_faults_are_raised():
    room = EngineRoom(
        SmallAssembly(), DARK, clock=FakeClock(), notices=Notices(), in_real_time=False
    )
    with pytest.raises(RuntimeError, match="CUDA"):
        room.fail(BROKEN)
    room.wanted = NOBODY
    with pytest.raises(AvatarError):
        room.follow()


def test_the_builder_works_on_a_thread_and_hands_over_once():
    builder, gate = BackgroundBuilder(), threading.Event()
    threads = []

    def make():
        threads.append(threading.current_thread())
        gate.wait(5)
        raise BROKEN

    builder.begin(make)
    assert builder.take() is None
    assert builder.is_busy
    gate.set()
    threads[0].join(5)
    assert builder.take() is BROKEN
    assert builder.take() is None
    assert not builder.is_busy


def step_down(place) -> None:
    """The engine fails until a humbler one takes its place."""
    while not place.assembly.is_humbler:
        place.room.fail(BROKEN)
        if place.room.is_down:
            place.clock.advance(PAUSE_S)
            place.follow_until_made()
        else:
            place.follow()


def test_what_was_asked_for_comes_back_beside_the_loop(place):
    step_down(place)
    place.clock.advance(FIRST_PAUSE_S - 1)
    place.follow()
    assert not place.builder.is_busy
    place.clock.advance(1)
    assert not place.follow_until_made(), "states go on"
    assert place.room.engine.title == "lite on torch cuda"
    assert place.notices.sentences() == ()
    place.clock.advance(10 * LONGEST_PAUSE_S)
    place.follow()
    assert not place.builder.is_busy


def test_while_it_cannot_be_had_the_humbler_one_goes_on_and_pauses_grow(place):
    step_down(place)
    said = place.notices.sentences()
    place.assembly.renewal_faults = [BROKEN, BROKEN]
    for pause_s in (FIRST_PAUSE_S, 2 * FIRST_PAUSE_S):
        place.clock.advance(pause_s - 1)
        place.follow()
        assert not place.builder.is_busy
        place.clock.advance(1)
        place.follow_until_made()
        assert not place.room.is_down
        assert place.room.engine.title == "lite on small"
        assert place.notices.sentences() == said
    place.clock.advance(4 * FIRST_PAUSE_S)
    place.follow_until_made()
    assert place.room.engine.title == "lite on torch cuda"


def test_one_that_fails_again_soon_waits_longer(place):
    step_down(place)
    place.clock.advance(FIRST_PAUSE_S)
    place.follow_until_made()
    step_down(place)
    place.clock.advance(FIRST_PAUSE_S)
    place.follow()
    assert not place.builder.is_busy
    place.clock.advance(FIRST_PAUSE_S)
    place.follow()
    assert place.builder.is_busy
