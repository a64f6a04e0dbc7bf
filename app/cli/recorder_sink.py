"""A recorder in the place of the camera, for `render`."""

import numpy as np

from pipeline.recorder import Recorder


class RecorderSink:
    """Every frame and its sound go to the recorder, which belongs to who opened it."""

    def __init__(self, recorder: Recorder, with_audio: bool) -> None:
        self.name = "file"
        self.frames_sent = 0
        self._recorder = recorder
        self._with_audio = with_audio

    def send(self, frame: np.ndarray) -> None:
        self._recorder.write_video(frame)
        self.frames_sent += 1

    def send_audio(self, samples: np.ndarray) -> None:
        if self._with_audio:
            self._recorder.write_audio(samples)

    def close(self) -> None:
        """Nothing to release."""
