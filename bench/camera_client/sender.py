"""Sends recorded frames through the application's camera; runs where the camera is.

`python -m bench.camera_client.sender FRAMES.npy LABEL LOG.jsonl FIRST`, then words on standard
input: start and stop open and close the camera, the end of the input ends it all. The frames are
repeated without end, counted from FIRST; the code of a frame is the sample index of the sound at
which it is due. The log tells what was sent and said, and whether the driver says that somebody
looks.
"""

import json
import queue
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from bench.camera_client.frame_code import coded
from pipeline.camera import open_camera
from pipeline.camera_watch import CameraWatch
from pipeline.pacer import Pacer
from pipeline.patient_camera import PatientCamera
from pipeline.rates import FPS, SAMPLES_PER_FRAME


class Sender:
    """The frames, the camera that they go to, and the log."""

    def __init__(self, frames: np.ndarray, label: str, log_path: Path) -> None:
        self._frames = frames
        self._label = label
        self._log = log_path.open("a", buffering=1)
        self._words: queue.Queue[str] = queue.Queue()
        self._camera: PatientCamera | None = None
        self._watch = CameraWatch(lambda: self._camera.name if self._camera else "")
        self._watched: bool | None = None

    def run(self, lines: Iterable[str], frame: int = 0) -> None:
        """Send from this frame on, 30 a second, until the words in `lines` end; once."""
        threading.Thread(target=self._listen, args=(lines,), daemon=True).start()
        pacer = Pacer(FPS)
        while True:
            frame += 1 + pacer.wait().skipped_frames
            if not self._words.empty() and not self._obey(self._words.get()):
                break
            self._show(frame)
        self._watch.close()
        self._stop()
        self._log.close()

    def _show(self, frame: int) -> None:
        if self._camera is None:
            return
        sample = frame * SAMPLES_PER_FRAME
        picture = coded(self._frames[frame % len(self._frames)], sample)
        self._note("sent", sample)
        self._camera.send(picture)
        watched = self._watch.is_watched()
        if watched != self._watched:
            self._watched = watched
            self._note("watched", watched)

    def _obey(self, word: str) -> bool:
        if word == "start":
            self._camera = PatientCamera(
                lambda: open_camera(self._label),
                lambda name, advice: self._note("told", name, advice),
            )
        elif word == "stop":
            self._stop()
        return word != "end"

    def _stop(self) -> None:
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.close()
            self._note("closed", camera.frames_sent)

    def _listen(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._words.put(line.strip())
        self._words.put("end")

    def _note(self, what: str, *values: object) -> None:
        self._log.write(json.dumps([what, time.time(), *values]) + "\n")


if __name__ == "__main__":
    sender = Sender(np.load(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    sender.run(sys.stdin, int(sys.argv[4]))
