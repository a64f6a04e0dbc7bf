from pathlib import Path

import cv2
import numpy as np
import pytest

from bench.reenactment.clip import Clip, Subset, label_path, picture_path
from bench.reenactment.motions import FRAMES


def test_the_whole_set_is_every_frame_of_all_people():
    assert Subset().frames == list(range(FRAMES))
    assert str(Subset()) == "16 people, all 240 frames of each"


@pytest.mark.parametrize(("every", "burst", "first"), [(60, 1, [30, 90]), (60, 2, [30, 31, 90])])
def test_a_subset_is_spread_over_the_clip(every, burst, first):
    subset = Subset(4, every, burst)
    assert subset.frames[: len(first)] == first
    assert len(subset.frames) == burst * FRAMES // every
    assert str(subset).startswith(f"4 people, {4 * burst} frames of each")


def test_frames_that_follow_each_other_make_a_run():
    clip = Clip("a", Path(), [], Subset(1, 60, 3).frames)
    assert clip.runs() == [[30, 31, 32], [90, 91, 92], [150, 151, 152], [210, 211, 212]]
    assert Clip("a", Path(), [], [4, 8]).runs() == [[4], [8]]


def test_pictures_and_labels_are_read_as_they_were_written(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 255, (768, 512, 3)).astype(np.uint8)
    cv2.imwrite(str(picture_path(tmp_path, 7)), pixels[..., ::-1])
    cv2.imwrite(str(label_path(tmp_path, 7)), pixels[..., 0] % 30)
    clip = Clip("a", tmp_path, [], [7])
    assert (clip.picture(7) == pixels).all()
    assert (clip.label(7) == pixels[..., 0] % 30).all()
