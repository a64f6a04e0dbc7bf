"""Headless Chromium as a client of the camera; runs where the camera is."""

import functools
import http.server
import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

CHROMIUM = (
    "chromium",
    "--headless=new",
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-extensions",
    "--disable-default-apps",
    "--mute-audio",
    "--no-default-browser-check",
)
TASK_WAIT_S = 1.0


class Browser:
    """Opens `client.html`, hands it one task after the other and keeps what it posts in `folder`.

    A task: name, label of the camera, width, height, seconds, and crop [x, y, width, height] px of
    the part of every frame to be kept, null for none.

    program: the command that opens the address given to it last
    """

    def __init__(self, folder: Path, program: Sequence[str] = CHROMIUM) -> None:
        self._folder = folder
        self._program = program
        self._tasks: queue.Queue[dict[str, Any]] = queue.Queue()
        self._asked = threading.Event()
        self._posted: dict[str, threading.Event] = {}

    def __enter__(self) -> Self:
        handler = functools.partial(_Page, self)
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._profile = tempfile.mkdtemp()
        address = f"http://127.0.0.1:{self._server.server_port}/"
        self._process = subprocess.Popen(
            [*self._program, f"--user-data-dir={self._profile}", address],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self

    def __exit__(self, *exception: object) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._server.shutdown()
        self._server.server_close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def wait_until_up(self, timeout_s: float) -> bool:
        """Whether the page runs in time."""
        return self._asked.wait(timeout_s)

    def begin(self, task: dict[str, Any]) -> None:
        """Let the page do this."""
        for name in (f"/opened/{task['name']}", f"/{task['name']}.json"):
            self._posted[name] = threading.Event()
        self._tasks.put(task)

    def is_open(self, name: str, timeout_s: float) -> bool:
        """Whether the task of this name has its camera in time."""
        return self._posted[f"/opened/{name}"].wait(timeout_s)

    def report(self, name: str, timeout_s: float) -> dict[str, Any]:
        """What the page says about the task of this name; `error` where it could not be done."""
        if not self._posted[f"/{name}.json"].wait(timeout_s):
            return {"error": f"no report within {timeout_s:g} s"}
        return json.loads((self._folder / f"{name}.json").read_text())

    def next_task(self) -> dict[str, Any]:
        """For the page: what to do; {} where there is nothing yet."""
        self._asked.set()
        try:
            return self._tasks.get(timeout=TASK_WAIT_S)
        except queue.Empty:
            return {}

    def take(self, path: str, body: bytes) -> None:
        """From the page: something it made."""
        if body:
            (self._folder / Path(path).name).write_bytes(body)
        if path in self._posted:
            self._posted[path].set()


class _Page(http.server.BaseHTTPRequestHandler):
    def __init__(self, browser: Browser, *arguments: Any) -> None:
        self._browser = browser
        super().__init__(*arguments)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing of interest."""

    def do_GET(self) -> None:
        if self.path == "/task":
            self._answer("application/json", json.dumps(self._browser.next_task()).encode())
        elif self.path == "/":
            self._answer("text/html", Path(__file__).with_name("client.html").read_bytes())
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        self._browser.take(self.path, self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        with suppress(ConnectionError):  # the browser was ended meanwhile
            self.end_headers()
            self.wfile.write(body)
