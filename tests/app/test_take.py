import threading

import numpy as np

from app.take import Take
from app.take_player import TakePlayer
from pipeline.speaker import SpeakerError
from tests.fakes import FakeSpeaker, portrait


def sound(value):
    return np.full(800, value, np.float32)


def test_a_picture_is_shown_with_the_sound_it_was_made_from():
    take = Take(3 / 30)
    for number in range(3):
        take.add_sound(sound(number))
        take.add_picture(np.full((720, 1280, 3), 10 * number, np.uint8))
    assert take.is_complete
    assert take.samples.tolist() == [0.0] * 800 + [1.0] * 800 + [2.0] * 800
    shown = [int(take.picture_at(time_s).max()) for time_s in (0.0, 0.02, 0.04, 0.09, 5.0)]
    assert shown == [0, 0, 10, 20, 20]
    assert take.picture_at(0.0).shape == (360, 640, 3)


def test_a_picture_that_was_skipped_leaves_the_one_before():
    take = Take(3 / 30)
    take.add_picture(portrait())
    assert take.picture_at(0.0) is None, "nothing was heard yet"
    take.add_sound(sound(0))
    take.add_picture(np.full((720, 1280, 3), 1, np.uint8))
    take.add_sound(sound(0))
    take.add_sound(sound(0))
    take.add_picture(np.full((720, 1280, 3), 3, np.uint8))
    assert [int(take.picture_at(t).max()) for t in (0.0, 0.05, 0.08)] == [1, 1, 3]


def test_it_stops_where_it_is_complete():
    take = Take(2 / 30)
    for number in range(9):
        take.add_sound(sound(number))
        take.add_picture(np.full((720, 1280, 3), number, np.uint8))
    assert len(take.samples) == 1600
    assert take.progress == 1.0
    assert int(take.picture_at(9.0).max()) == 1


def complete_take():
    take = Take(6 / 30)
    for number in range(6):
        take.add_sound(sound(0.1))
        take.add_picture(np.full((72, 128, 3), number, np.uint8))
    return take


def test_a_take_is_heard_whole_and_its_pictures_follow(qtbot, session, fake):
    player = session.play(complete_take())
    with qtbot.waitSignal(player.ended) as ended:
        pass
    assert ended.args == [""]
    assert fake.speaker.samples == 6 * 800
    assert player.position_s >= 0.2
    player.wait(1000)


def test_without_a_loudspeaker_the_pictures_are_shown_in_their_time(qtbot, session, fake):
    fake.speaker = None
    player = session.play(complete_take())
    with qtbot.waitSignal(player.ended) as ended:
        pass
    assert ended.args == ["No loudspeaker was found."]
    assert player.position_s >= 0.2
    player.wait(1000)


def test_pictures_wait_for_a_loudspeaker_that_begins_late(qtbot, session, fake):
    begins = threading.Event()

    class Late(FakeSpeaker):
        latency_s = 0.04

        def write(self, samples):
            if self.samples >= 0.04 * 24_000:
                begins.wait(5)
            super().write(samples)

    fake.speaker = Late()
    player = session.play(complete_take())
    qtbot.waitUntil(lambda: fake.speaker.samples >= 0.04 * 24_000)
    qtbot.wait(60)
    assert player.position_s == 0.0, "its buffer is full, nothing is heard"
    begins.set()
    qtbot.waitUntil(lambda: 0.0 < player.position_s < 0.2)
    with qtbot.waitSignal(player.ended):
        pass
    assert player.position_s >= 0.2
    player.wait(1000)


def test_a_loudspeaker_that_goes_away_leaves_the_pictures(qtbot, session, fake):
    class Gone(FakeSpeaker):
        def write(self, samples):
            if self.samples >= 2 * 480:
                raise SpeakerError("The loudspeaker went away.")
            super().write(samples)

    fake.speaker = Gone()
    player = session.play(complete_take())
    with qtbot.waitSignal(player.ended) as ended:
        pass
    assert ended.args == ["The loudspeaker went away."]
    assert player.position_s >= 0.2
    player.wait(1000)


def test_a_stopped_player_is_silent_at_once(qtbot, fake):
    player = TakePlayer(complete_take(), fake.open_speaker)
    player.start()
    qtbot.waitUntil(lambda: fake.speaker.samples > 0)
    player.stop()
    assert player.isFinished()
    assert fake.speaker.samples < 6 * 800
