import numpy as np

from pipeline.names import VISEME_INDEX, VISEMES
from training.viseme_score import VISIBLE, VISIBLE_OF, frame_visemes, score_visemes, visible

TRACK = [("sil", 0.0, 0.1), ("PP", 0.1, 0.2), ("aa", 0.2, 0.4), ("FF", 0.4, 0.5)]


def posterior(names: list[str]) -> np.ndarray:
    result = np.full((len(names), len(VISEMES)), 0.01)
    result[np.arange(len(names)), [VISEME_INDEX[name] for name in names]] = 0.8
    return result


def test_every_viseme_has_one_visible_class():
    assert len(VISIBLE) == 10
    assert sorted(v for members in VISIBLE.values() for v in members) == sorted(VISEMES)
    assert VISIBLE_OF[VISEME_INDEX["kk"]] == VISIBLE_OF[VISEME_INDEX["TH"]]


def test_frames_belong_to_what_their_middle_hears():
    seen = frame_visemes(TRACK, 17)
    assert [VISEMES[k] for k in seen] == (
        ["sil"] * 3 + ["PP"] * 3 + ["aa"] * 6 + ["FF"] * 3 + ["sil"] * 2
    )


def test_visemes_that_look_alike_add_up():
    told = np.zeros((1, len(VISEMES)))
    told[0, [VISEME_INDEX["DD"], VISEME_INDEX["nn"], VISEME_INDEX["SS"]]] = 0.3, 0.3, 0.4
    assert list(VISIBLE)[visible(told)[0]] == "tongue"


def test_perfect_hearing_scores_one():
    names = [VISEMES[k] for k in frame_visemes(TRACK, 15)]
    score = score_visemes([TRACK], [posterior(names)])
    assert (score.micro, score.macro, score.pp_recall, score.ff_precision) == (1, 1, 1, 1)
    assert (score.pp_segments, score.ff_segments) == (1, 1)


def test_rare_classes_count_as_much_as_common_ones_in_the_mean():
    names = ["sil"] * 6 + ["aa"] * 6 + ["FF"] * 3
    score = score_visemes([TRACK], [posterior(names)])
    assert score.micro == 0.8
    assert score.macro == 0.75
    assert (score.pp_recall, score.pp_segments) == (0, 0)
    assert np.isnan(score.pp_precision)
