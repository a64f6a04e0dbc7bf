"""Who may see the picture of a run: the window, clients of the camera, a recording."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.camera_watch import CameraWatch

# The preview asks thirty times a second while it can be seen.
LOOK_S = 0.5


class Audience:
    """Where nobody looks, nothing is drawn.

    camera: None where pictures go to no camera; is_recording: asked from the run's thread
    """

    def __init__(
        self,
        camera: "CameraWatch | None",
        is_recording: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._camera = camera
        self._is_recording = is_recording
        self._clock = clock
        self._looked_s = clock()

    def look(self) -> None:
        """Somebody took a picture to show it; from any thread."""
        self._looked_s = self._clock()

    def is_there(self) -> bool:
        """Whether the next picture may be seen; from the run's thread."""
        # Asked whatever else is true: a watch that is not asked holds on to a device that went, and
        # its driver could not be loaded again.
        is_watched = self._camera is not None and self._camera.is_watched()
        return is_watched or self._clock() - self._looked_s < LOOK_S or self._is_recording()

    def close(self) -> None:
        """The run is over."""
        if self._camera is not None:
            self._camera.close()
