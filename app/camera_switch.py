"""The camera of a run, which can show the card in the place of the avatar."""

from typing import TYPE_CHECKING

import numpy as np

from app.chain import Shown
from app.take import Take

if TYPE_CHECKING:
    from pipeline.camera import Camera


class CameraSwitch:
    """A camera that gets the avatar, or the card at the same pace; nothing has to be restarted.

    card: (720, 1280, 3) uint8; shown, take: replaced by another thread, followed at the next frame;
    the take gets the avatar whatever is shown
    """

    def __init__(self, camera: "Camera", card: np.ndarray) -> None:
        self._camera = camera
        self.card = card
        self.shown = Shown.AVATAR
        self.take: Take | None = None

    @property
    def name(self) -> str:
        return self._camera.name

    @property
    def frames_sent(self) -> int:
        return self._camera.frames_sent

    def send(self, frame: np.ndarray) -> None:
        """Hand on the frame, or the card. Raises CameraError when the camera is gone."""
        take = self.take
        if take is not None:
            take.add_picture(frame)
        self._camera.send(frame if self.shown is Shown.AVATAR else self.card)

    def send_audio(self, samples: np.ndarray) -> None:
        """Hand on (n,) float32 at 24 kHz."""
        take = self.take
        if take is not None:
            take.add_sound(samples)
        self._camera.send_audio(samples)

    def close(self) -> None:
        """The camera belongs to who opened it."""
