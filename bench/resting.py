"""What a run costs that nobody looks at: no window, no client of the camera.

`python -m bench.resting [--mic NAME] [--seconds 60] [--json]`: the microphone is heard and the
camera keeps its last picture, as while the window is hidden. The camera's driver is not among it.
"""

import argparse
import json
import sys
import threading
import time
from dataclasses import asdict, dataclass

from pipeline.assembly import ModelAssembly, StageOptions
from pipeline.audio_source import AudioSource
from pipeline.camera import NoCamera
from pipeline.live import Live
from pipeline.notices import Notices
from pipeline.patient_camera import PatientCamera
from pipeline.patient_microphone import patient_microphone
from pipeline.stages import Assembly, Choices

# Models are warm and the first picture is drawn.
SETTLING_S = 5.0


@dataclass(frozen=True, slots=True)
class Rest:
    """core_percent: CPU time of all threads as a share of one core; rested_frames: frames in the
    time measured; pictures: how many of those the camera was sent again"""

    core_percent: float
    rested_frames: int
    pictures: int


def measure_rest(
    assembly: Assembly,
    choices: Choices,
    source: AudioSource,
    seconds: float,
    settling_s: float = SETTLING_S,
) -> Rest:
    """Run for some seconds with nobody looking; the source is closed by who opened it."""
    camera = PatientCamera(NoCamera, lambda name, advice: None)
    live = Live(assembly, choices, camera, paced=True, is_watched=lambda: False)
    live.warm_up()
    stop = threading.Event()
    runner = threading.Thread(target=live.run, args=(source, stop))
    runner.start()
    try:
        stop.wait(settling_s)
        rested, pictures = live.statistics.rested_frames, camera.frames_sent
        began_s, worked_s = time.monotonic(), time.process_time()
        stop.wait(seconds)
        share = (time.process_time() - worked_s) / (time.monotonic() - began_s)
        rested = live.statistics.rested_frames - rested
        return Rest(round(100 * share, 2), rested, camera.frames_sent - pictures)
    finally:
        stop.set()
        runner.join()
        camera.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mic", metavar="NAME", help="microphone, as `devices` names it")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with patient_microphone(options.mic, Notices()) as source:
        assembly = ModelAssembly(StageOptions(device="cpu", in_real_time=True))
        rest = measure_rest(assembly, Choices(), source, options.seconds)
    if options.json:
        print(json.dumps(asdict(rest)))
    else:
        print(
            f"{rest.core_percent:.1f} % of a core, {rest.rested_frames} frames not drawn, "
            f"{rest.pictures} pictures repeated"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
