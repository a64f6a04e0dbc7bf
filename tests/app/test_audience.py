"""Who may see the picture."""

import pytest

from app.audience import LOOK_S, Audience


class Camera:
    watched = False
    closed = False
    asked = 0

    def is_watched(self):
        self.asked += 1
        return self.watched

    def close(self):
        self.closed = True


@pytest.fixture
def now():
    return [100.0]


def audience_of(now, camera=None, recording=False):
    audience = Audience(camera, lambda: recording, lambda: now[0])
    now[0] += 10 * LOOK_S
    return audience


def test_without_camera_and_window_nobody_is_there(now):
    assert not audience_of(now).is_there()


def test_the_window_is_there_as_long_as_it_asks_for_pictures(now):
    audience = audience_of(now)
    audience.look()
    assert audience.is_there()
    now[0] += 1.1 * LOOK_S
    assert not audience.is_there()


def test_clients_of_the_camera_are_there(now):
    camera = Camera()
    audience = audience_of(now, camera)
    assert not audience.is_there()
    camera.watched = True
    assert audience.is_there()
    audience.close()
    assert camera.closed


def test_the_camera_is_asked_also_while_the_window_looks(now):
    camera = Camera()
    audience = audience_of(now, camera)
    audience.look()
    assert audience.is_there()
    assert camera.asked == 1


def test_a_recording_wants_every_picture(now):
    assert audience_of(now, recording=True).is_there()
