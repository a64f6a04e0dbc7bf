import numpy as np

from bench.resting import measure_rest
from pipeline.played_file import PlayedSound
from pipeline.stages import Choices
from tests.pipeline.small_stages import SmallAssembly


def test_while_nobody_looks_frames_are_counted_and_hardly_a_picture_is_sent():
    sound = PlayedSound(np.full(48_000, 0.1, np.float32), "tone")
    with sound:
        rest = measure_rest(SmallAssembly(1), Choices("dark", "calm"), sound, 0.6, settling_s=0.4)
    assert 5 <= rest.rested_frames <= 60
    assert rest.pictures <= 9
    assert 0 < rest.core_percent < 100
