"""What the guest gets."""

import json
import subprocess
import sys

import numpy as np

from bench.camera_client import kit
from bench.camera_client.recording import Recording


def test_the_guest_gets_code_that_runs_alone_and_what_it_has_to_send(tmp_path):
    (tmp_path / "site").mkdir()
    frames = np.arange(2 * 720 * 1280 * 3, dtype=np.uint8).reshape(2, 720, 1280, 3)
    recording = Recording(frames, np.zeros(2), (8, 16, 24, 32))
    kit.fill(tmp_path, recording, "Studio")
    np.testing.assert_array_equal(np.load(tmp_path / "run" / "frames.npy"), frames)
    plan = json.loads((tmp_path / "run" / "plan.json").read_text())
    assert plan == {"label": "Studio", "crop": [8, 16, 24, 32]}
    code = "import bench.camera_client.guest, bench.camera_client.sender, sys; print(sys.path[0])"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "code", check=True, capture_output=True
    )
    assert loaded.stderr == b""
