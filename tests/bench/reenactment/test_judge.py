import shutil

import cv2
import numpy as np
import pytest

from bench.puppet import Puppet
from bench.reenactment.clip import Clip, label_path, picture_path
from bench.reenactment.figures import Figures
from bench.reenactment.judge import Judge
from bench.reenactment.motions import motion_of
from bench.reenactment.people import STRANGERS, PersonScore, means, score_clip
from bench.reenactment.rows import Row, StillPicture
from pipeline.avatar import GALLERY, read_avatar
from pipeline.renderer import Renderer
from training.people.label import Label

CHOSEN = [100, 101, 160]
JUDGE = Judge(None, None)


@pytest.fixture(scope="module")
def clip(tmp_path_factory) -> Clip:
    """A clip whose truth is what the explicit renderer draws."""
    folder = tmp_path_factory.mktemp("clip") / "maya"
    shutil.copytree(GALLERY / "maya", folder)
    clip = Clip("maya", folder, motion_of(0), CHOSEN)
    puppet = Puppet(read_avatar(folder))
    label = np.zeros((768, 512), np.uint8)
    label[150:300, 180:330] = Label.FACE
    for index in CHOSEN:
        pixels = puppet.picture(*clip.motion[index])
        cv2.imwrite(str(picture_path(folder, index)), pixels[..., ::-1])
        cv2.imwrite(str(label_path(folder, index)), label)
    return clip


def judged(clip: Clip, *rows: Row) -> list[Figures]:
    return list(JUDGE.rows(list(rows), clip, lambda *_: None).values())


def test_a_row_is_held_against_the_truth_of_the_same_moment(clip):
    figures, still = judged(clip, Row("explicit", Renderer), Row("still", StillPicture))
    assert figures["psnr_db"] > 100
    assert figures["face_ssim"] == pytest.approx(1)
    assert figures["flicker_levels"] == figures["unsteady_levels"] == 0
    assert still["psnr_db"] < 30
    assert still["face_psnr_db"] < still["psnr_db"]
    assert still["unsteady_levels"] > 0


def test_what_is_wrong_counts_most_where_gates_are_open(clip):
    (still,) = judged(clip, Row("still", StillPicture))
    assert still["gates_psnr_db"] < still["psnr_db"]
    assert {"gate_mouth_psnr_db", "gate_hands_psnr_db", "gate_rims_ssim"} <= set(still)


def test_a_row_is_driven_by_what_it_is_told(clip):
    def held(moves):
        return moves[:1] * len(moves)

    (held_still,) = judged(clip, Row("held", Renderer, held))
    assert 15 < held_still["psnr_db"] < 60


class Restless(Renderer):
    """Every second frame is brighter."""

    bright = False

    def step(self, field) -> np.ndarray:
        self.bright = not self.bright
        return np.clip(super().step(field).astype(int) + 4 * self.bright, 0, 255).astype(np.uint8)


def test_a_restless_renderer_flickers(clip):
    (figures,) = judged(clip, Row("restless", Restless))
    assert figures["flicker_levels"] == pytest.approx(4, abs=0.5)


def test_all_rows_are_scored_on_a_person_and_kept_side_by_side(clip, tmp_path):
    rows = [Row("still", StillPicture), Row("explicit", Renderer)]
    scored = score_clip(clip, rows, JUDGE, tmp_path)
    assert list(scored.rows) == ["still", "explicit"]
    assert scored.rows["explicit"]["psnr_db"] > scored.rows["still"]["psnr_db"]
    kept = sorted(tmp_path.glob("*.png"))
    assert [path.name for path in kept] == ["maya_100.png", "maya_160.png"]
    strip = cv2.imread(str(kept[0]))
    assert strip is not None
    assert strip.shape == (768, 4 * 512, 3)
    portrait, truth, still, explicit = np.split(strip, 4, axis=1)
    assert (portrait == still).all()
    assert (truth == explicit).all()
    assert (portrait != truth).any()


def test_everybody_counts_the_same_and_strangers_have_a_row():
    one = PersonScore("a", {"x": {"psnr_db": 20.0, "jod": 8.0}}, np.array([1.0, 0.0]))
    other = PersonScore("b", {"x": {"psnr_db": 30.0}}, np.array([1.0, 1.0]))
    rows = means([one, other])
    assert rows["x"] == {"psnr_db": 25.0, "jod": 8.0}
    assert rows[STRANGERS]["identity"] == pytest.approx(np.sqrt(0.5))
    assert STRANGERS not in means([one])
