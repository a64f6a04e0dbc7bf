"""Faces in recorded frames."""

import numpy as np
import pytest

from bench.camera_client.recording import FrameKeeper, cropped, face_crop, lip_gaps
from pipeline.avatar import list_avatars, load_avatar
from pipeline.portrait.trackers import Trackers


@pytest.fixture(scope="module")
def frames():
    """Two frames, in the second of which the portrait stands further to the right."""
    portrait = load_avatar(list_avatars()[0].name).portrait[24:-24]
    frames = np.zeros((2, 720, 1280, 3), np.uint8)
    frames[0, :, 384:896] = frames[1, :, 424:936] = portrait
    return frames


@pytest.fixture(scope="module")
def trackers():
    return Trackers.load(threads=1)


def test_the_crop_holds_the_face_of_every_frame_on_the_grid_of_chroma(frames, trackers):
    crop = face_crop(frames, trackers)
    assert all(edge % 8 == 0 for edge in crop)
    x, y, width, height = crop
    for frame in frames:
        box = trackers.faces(frame)[0]
        assert x < box.left_px
        assert y < box.top_px
        assert box.left_px + box.width_px < x + width
        assert box.top_px + box.height_px < y + height
    pictures = cropped(frames, crop)
    assert pictures.shape == (2, height, width, 3)
    assert np.isfinite(lip_gaps(pictures, trackers)).all()


def test_frames_without_a_face_are_told(trackers):
    blank = np.zeros((2, 720, 1280, 3), np.uint8)
    assert np.isnan(lip_gaps(blank, trackers)).all()
    with pytest.raises(ValueError, match="no face"):
        face_crop(blank, trackers)


def test_frames_are_kept_with_the_loudness_of_their_sound():
    keeper, frame = FrameKeeper(), np.zeros((720, 1280, 3), np.uint8)
    for level in (0.0, 0.1):
        keeper.send_audio(np.full(800, level, np.float32))
        keeper.send(frame)
        frame += 1
    assert keeper.loudness_db == [-50.0, pytest.approx(-20.0)]
    assert [kept.max() for kept in keeper.frames] == [0, 1]
