import numpy as np

from bench.motion.learned_styles import coordinates, slices
from pipeline.motion_file import Motion
from pipeline.stream_types import BodyFrame
from pipeline.style import BUILT_IN_STYLES, list_styles, load_style
from tests.pipeline.voices import face


def test_every_preset_has_a_place_of_its_own_within_the_unit_cube():
    places = [coordinates(load_style(name)) for name in list_styles([BUILT_IN_STYLES])]
    assert all((place >= 0).all() and (place <= 1).all() for place in places)
    apart = [np.abs(a - b).mean() for k, a in enumerate(places) for b in places[:k]]
    assert min(apart) > 0.02


def test_slices_are_whole_and_start_behind_the_settling():
    body = BodyFrame(0, np.zeros((49, 3), np.float32), np.zeros(16, np.float32))
    motion = Motion([(face(index), body) for index in range(570)])
    (only,) = slices(motion)
    assert [shown.frame for shown, _ in only.frames()] == list(range(60, 540))
