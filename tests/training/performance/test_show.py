from pathlib import Path

import av
import cv2
import numpy as np
import pytest

pytest.importorskip("soundfile")

import soundfile

from pipeline.hand_pose import Slot
from pipeline.motion_space import HANDS
from tests.training.performance.scores import talk
from tests.training.performance.utterances import spoken_shard
from training.performance.mesh_picture import MeshPicture
from training.performance.perform import perform
from training.performance.presets import preset
from training.performance.show import mesh_frame, show


def test_raised_hands_are_seen_before_the_chest():
    played = perform(talk(), preset("presenter"), 1.5, 1)
    height = played.body[:, HANDS].reshape(-1, 2, 23)[:, :, Slot.UP].min(axis=1)
    mesh = MeshPicture("maya", scale=0.25)
    lowest, highest = (mesh_frame(mesh, played, int(f(height))) for f in (np.argmin, np.argmax))
    assert highest.shape == (192, 128, 3)
    chest = slice(120, 170)
    skin = [(p[chest, 20:108, 0].astype(int) - p[chest, 20:108, 2] > 20) for p in (lowest, highest)]
    assert skin[1].sum() > skin[0].sum() + 200


def test_a_sound_becomes_a_sheet_of_pictures(tmp_path: Path):
    samples, _ = spoken_shard(2.0)
    soundfile.write(tmp_path / "talk.wav", 0.5 * samples, 24_000)
    played = show(tmp_path / "talk.wav", tmp_path / "sheet.png", "natural", seconds=1.0)
    assert len(played.face) == 30
    sheet = cv2.imread(str(tmp_path / "sheet.png"))
    assert sheet is not None
    assert sheet.shape == (384, 8 * 256, 3)


@pytest.mark.slow
def test_a_sound_becomes_a_video_with_it(tmp_path: Path):
    samples, _ = spoken_shard(2.0)
    soundfile.write(tmp_path / "talk.wav", 0.5 * samples, 24_000)
    show(tmp_path / "talk.wav", tmp_path / "talk.mp4", "natural", seconds=0.5)
    with av.open(str(tmp_path / "talk.mp4")) as movie:
        assert sum(1 for _ in movie.decode(video=0)) == 15
        assert len(movie.streams.audio) == 1
