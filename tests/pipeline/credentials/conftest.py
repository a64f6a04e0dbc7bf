import shutil

import numpy as np
import pytest

from pipeline.recorder import Recorder


@pytest.fixture(scope="session")
def identity():
    from pipeline.credentials.signing_identity import new_identity

    return new_identity()


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    """A real recording of half a second, picture and sound."""
    path = tmp_path_factory.mktemp("recorded") / "talk.mp4"
    rng = np.random.default_rng(0)
    with Recorder(path, 128, 96) as recorder:
        for _ in range(15):
            recorder.write_audio(rng.normal(0, 0.1, 800).astype(np.float32))
            recorder.write_video(rng.integers(0, 256, (96, 128, 3), dtype=np.uint8))
    return path


@pytest.fixture
def clip(recorded, tmp_path):
    """A copy of it, alone in its folder."""
    folder = tmp_path / "clips"
    folder.mkdir()
    return folder / shutil.copy(recorded, folder / "talk.mp4").name
