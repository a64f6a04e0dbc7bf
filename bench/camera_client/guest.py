"""What happens in the guest: a sender, a browser, and things that befall a camera.

`python -m bench.camera_client.guest FOLDER`, which holds frames.npy and plan.json ({"label": of the
camera, "crop": [x, y, width, height] of the face}) and gets the sender's log and what the browser
saw. As root, in a machine to throw away: the camera's driver is unloaded.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.camera_client.browser import Browser
from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX, SAMPLES_PER_FRAME

BROWSER_START_S, NOTICE_S, REPORT_S, POLL_S = 180.0, 60.0, 60.0, 0.25
# From an open camera to the first picture, without which clients do not take it for a camera.
FIRST_PICTURE_S = 1.0
# Until the browser has let go of the camera of the last look: old drivers take it for the next one.
CLIENT_GONE_S = 2.0
LONG_WATCH_S, SHORT_WATCH_S = 10.0, 6.0
CLIENT, CLIENTS = ["v4l2-ctl", "-d", "/dev/video0", "--stream-mmap", "--stream-count=2"], 40
OTHER_PROGRAM = (
    "ffmpeg -loglevel error -re -f lavfi -i testsrc=size=640x480:rate=10 -pix_fmt yuv420p -f v4l2"
)


class Guest:
    """The sender and the browser, and what is done to them."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        plan = json.loads((folder / "plan.json").read_text())
        self.acts: dict[str, Any] = {}
        self._folder = folder
        self._label: str = plan["label"]
        self._crop: list[int] = plan["crop"]
        self._browser = browser
        self._log = folder / "sender.jsonl"
        self._log.touch()
        self._sender = self._new_sender()

    def watch(self, name: str, seconds: float, keep_faces: bool = False) -> None:
        """Let the browser watch the camera."""
        self._begin_watch(name, seconds, keep_faces)
        self._end_watch(name)

    def first(self) -> None:
        """The camera is opened and watched."""
        with self._act("first"):
            self._say("start")
            self._wait_for_camera()
            self.watch("first", LONG_WATCH_S, keep_faces=True)

    def stop_and_start(self) -> None:
        """The camera is closed and opened again in front of a client that stays."""
        with self._act("stop_and_start"):
            self._begin_watch("stop_and_start", 2 * LONG_WATCH_S)
            time.sleep(LONG_WATCH_S / 2)
            self._say("stop")
            time.sleep(2)
            self._say("start")
            self._end_watch("stop_and_start")

    def start_again(self) -> None:
        """With nobody watching, closed and opened twice; then a client comes."""
        with self._act("start_again"):
            for _ in range(2):
                self._say("stop")
                time.sleep(1)
                begin = self._log.stat().st_size
                self._say("start")
                self._wait_for_camera(begin)
            self.watch("start_again", SHORT_WATCH_S)

    def kill(self) -> None:
        """The process dies in front of a client that stays; another one takes its place."""
        with self._act("killed"):
            self._begin_watch("killed", 2 * LONG_WATCH_S)
            time.sleep(LONG_WATCH_S / 2)
            self._sender.kill()
            self._sender.wait()
            begin = self._log.stat().st_size
            self._sender = self._new_sender()
            self._say("start")
            self._wait_for_camera(begin)
            self._end_watch("killed")

    def take_camera(self) -> None:
        """Another program has the camera when it is to be opened, and clients; then it ends."""
        with self._act("taken"):
            self._say("stop")
            time.sleep(1)
            other = subprocess.Popen([*OTHER_PROGRAM.split(), "/dev/video0"])
            time.sleep(5)
            begin = self._log.stat().st_size
            self._say("start")
            self._wait_for_notice(lambda name, advice: not name, begin)
            self.acts["taken"]["clients_kept_out"] = clients_kept_out()
            begin = self._log.stat().st_size
            other.terminate()
            other.wait()
            self._wait_for_camera(begin)
            self.watch("taken", SHORT_WATCH_S)

    def reload_driver(self) -> None:
        """The device vanishes while pictures are sent, and the driver is loaded again."""
        with self._act("vanished"):
            begin = self._log.stat().st_size
            Path("/dev/video0").unlink()
            self._wait_for_notice(lambda name, advice: not name, begin)
            begin = self._log.stat().st_size
            time.sleep(1)
            subprocess.run(["rmmod", "v4l2loopback"], check=True)
            time.sleep(2)
            options = ["exclusive_caps=1", "devices=1", f"card_label={self._label}"]
            subprocess.run(["modprobe", "v4l2loopback", *options], check=True)
            self._wait_for_camera(begin)
            self.watch("vanished", SHORT_WATCH_S)

    def close(self) -> None:
        """End the sender."""
        assert self._sender.stdin is not None
        self._sender.stdin.close()
        self._sender.wait()

    @contextmanager
    def _act(self, name: str) -> Iterator[None]:
        act = self.acts[name] = {"begin_s": time.time(), "fault": ""}
        try:
            yield
        except (TimeoutError, OSError, subprocess.SubprocessError) as fault:
            act["fault"] = str(fault)
        act["end_s"] = time.time()
        print(f"{name}: {act['fault'] or 'done'}", flush=True)

    def _begin_watch(self, name: str, seconds: float, keep_faces: bool = False) -> None:
        time.sleep(CLIENT_GONE_S)
        size = {"width": CAMERA_WIDTH_PX, "height": CAMERA_HEIGHT_PX}
        crop = self._crop if keep_faces else None
        self._browser.begin(
            {"name": name, "label": self._label, **size, "seconds": seconds, "crop": crop}
        )
        if not self._browser.is_open(name, REPORT_S):
            raise TimeoutError("the client could not open the camera")

    def _end_watch(self, name: str) -> None:
        report = self._browser.report(name, REPORT_S)
        if "error" in report:
            raise TimeoutError(report["error"])

    def _new_sender(self) -> subprocess.Popen[str]:
        sent = [line for line in self._log.read_bytes().splitlines() if line.startswith(b'["sent"')]
        last = json.loads(sent[-1])[2] // SAMPLES_PER_FRAME if sent else 0
        program = [sys.executable, "-m", "bench.camera_client.sender"]
        values = [self._folder / "frames.npy", self._label, self._log, str(last + 1)]
        return subprocess.Popen([*program, *values], stdin=subprocess.PIPE, text=True)

    def _say(self, word: str) -> None:
        assert self._sender.stdin is not None
        self._sender.stdin.write(f"{word}\n")
        self._sender.stdin.flush()

    def _wait_for_camera(self, begin: int = 0) -> None:
        self._wait_for_notice(lambda name, advice: bool(name), begin)
        time.sleep(FIRST_PICTURE_S)

    def _wait_for_notice(self, is_it: Callable[[str, str], bool], begin: int = 0) -> None:
        """Until the camera said something like that, behind byte `begin` of the log."""
        end_s = time.monotonic() + NOTICE_S
        while time.monotonic() < end_s:
            lines = self._log.read_bytes()[begin:].splitlines()
            said = [json.loads(line) for line in lines if line.startswith(b'["told"')]
            if any(is_it(*words[2:]) for words in said):
                return
            time.sleep(POLL_S)
        raise TimeoutError(f"the camera did not say what was due within {NOTICE_S:g} s")


def clients_kept_out() -> int:
    """How many of CLIENTS that come one after the other get no picture."""
    runs = [subprocess.run(CLIENT, check=False, capture_output=True) for _ in range(CLIENTS)]
    return sum(run.returncode != 0 or b"returned -1" in run.stderr for run in runs)


def main() -> None:
    folder = Path(sys.argv[1])
    with ExitStack() as parts:
        browser = parts.enter_context(Browser(folder))
        if not browser.wait_until_up(BROWSER_START_S):
            raise SystemExit("the browser does not start")
        guest = Guest(folder, browser)
        parts.callback(guest.close)
        guest.first()
        guest.stop_and_start()
        guest.start_again()
        guest.kill()
        guest.take_camera()
        guest.reload_driver()
        (folder / "acts.json").write_text(json.dumps(guest.acts))


if __name__ == "__main__":
    main()
