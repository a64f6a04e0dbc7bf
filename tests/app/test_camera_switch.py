import numpy as np

from app.camera_switch import CameraSwitch
from app.chain import Shown
from tests.fakes import FakeCamera, portrait


def test_the_camera_gets_the_card_at_the_pace_of_the_avatar():
    camera, card, frame = FakeCamera(), portrait(seed=2), portrait(seed=1)
    switch = CameraSwitch(camera, card)
    shown = []
    for shown_now in (Shown.AVATAR, Shown.CARD, Shown.REHEARSAL, Shown.AVATAR):
        switch.shown = shown_now
        switch.send(frame)
        shown.append(camera.last_frame)
    assert [picture is card for picture in shown] == [False, True, True, False]
    assert switch.frames_sent == 4
    assert switch.name == "Fake Camera"


def test_sound_goes_on_and_the_camera_stays_open():
    class Listening(FakeCamera):
        def send_audio(self, samples):
            self.heard = samples

    camera = Listening()
    switch = CameraSwitch(camera, portrait())
    switch.shown = Shown.CARD
    samples = np.ones(800, np.float32)
    switch.send_audio(samples)
    switch.close()
    assert camera.heard is samples
    assert not camera.closed
