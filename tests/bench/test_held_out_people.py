"""Needs the assets: `pack_assets --out cache/assets.zip` of training/people/README.md."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("moderngl")

from bench.held_out_people import LEAST_SSIM
from bench.picture_scores import ssim
from training.people.gl_compute import headless_context
from training.people.held_out import drawn_small, held_out_people

PACK = Path(__file__).parents[2] / "cache" / "assets.zip"
WHOLE = np.ones((192, 128), bool)


@pytest.fixture(scope="module")
def pack() -> Path:
    if not PACK.is_file():
        pytest.skip("no pack of assets")
    try:
        headless_context().release()
    except Exception as error:
        pytest.skip(f"no OpenGL through EGL: {error}")
    return PACK


def test_held_out_people_are_drawn_as_they_were(pack):
    first, second = held_out_people()[:2]
    for person, other in ((first, second), (second, first)):
        drawn = drawn_small(person.portrait(pack, pack))
        assert ssim(drawn, person.picture, WHOLE) >= LEAST_SSIM
        assert ssim(drawn, other.picture, WHOLE) < 0.8
