from dataclasses import replace

import cv2
import numpy as np
import pytest

pytest.importorskip("moderngl")

from bench.people.flow import flow_psnr_db
from training.people.character import Kind
from training.people.ground_truth import GroundTruth, pixel_centres

SHIFT = np.array([7.0, -3.0], np.float32)


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    """Linear colours and kinds: the upper half is skin, the lower cloth."""
    noise = np.random.default_rng(0).uniform(0.1, 0.5, (96, 64, 3)).astype(np.float32)
    colour = cv2.resize(noise, (512, 768), interpolation=cv2.INTER_CUBIC)
    kind = np.where(np.arange(768) < 384, int(Kind.SKIN), int(Kind.CLOTH))
    return np.dstack([colour, np.repeat(kind[:, None], 512, 1)]).astype(np.float32)


@pytest.fixture(scope="module")
def moved(picture) -> np.ndarray:
    return np.roll(picture, (-int(SHIFT[1]), -int(SHIFT[0])), (0, 1))


def truth(kind: np.ndarray) -> GroundTruth:
    """Everything came from SHIFT away; what has left the picture is hidden."""
    source = pixel_centres() + SHIFT
    inside = ((source >= 0) & (source < [512, 768])).all(-1)
    empty = np.zeros(0)
    return GroundTruth(
        source, inside, empty, kind.astype(np.uint8), empty, empty, empty, empty, empty, empty,
    )  # fmt: skip


def scores(picture, moved, **changes) -> np.ndarray:
    pictures = tuple((255 * each[..., :3]).astype(np.uint8) for each in (picture, moved))
    exact = replace(truth(moved[..., 3]), **changes)
    return flow_psnr_db(exact, (picture, moved), pictures)


def test_the_true_flow_leaves_no_error_and_a_wrong_one_does(picture, moved):
    assert (scores(picture, moved) > 60).all()
    assert (scores(picture, moved, source_px=pixel_centres()) < 30).all()


def test_mixed_pixels_do_not_count(picture, moved):
    blended = moved.copy()
    blended[::2, :, :3] = 0
    blended[::2, :, 3] = 3.5
    assert (scores(picture, blended)[0] > 60).all()


def test_a_material_that_is_hardly_seen_has_no_figure(picture, moved):
    bare = np.full_like(moved[..., 3], Kind.SKIN)
    assert np.isnan(scores(picture, moved, kind=bare.astype(np.uint8))[:, 1]).all()
