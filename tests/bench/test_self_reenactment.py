import cv2
import numpy as np
import pytest

from bench.picture_scores import psnr_db
from bench.reenactment_score import Judge, Score, on_source
from bench.self_reenactment import imported_avatar, lines, means
from pipeline.avatar import GALLERY
from pipeline.errors import AvatarError
from pipeline.portrait.framing import cut_out
from pipeline.portrait.trackers import Trackers


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(Trackers.load())


@pytest.fixture(scope="module")
def portrait() -> np.ndarray:
    picture = cv2.imread(str(GALLERY / "maya" / "portrait.png"), cv2.IMREAD_COLOR_RGB)
    assert picture is not None
    return picture


@pytest.mark.parametrize("scale", [0.7, 1.0, 1.6])
def test_what_was_cut_out_is_laid_back_where_it_was(portrait, scale):
    source = cv2.GaussianBlur(portrait, (0, 0), 2.0)
    matrix = np.array([[scale, 0.0, 30.3], [0.0, scale, -20.6]])
    cut = cut_out(source, matrix)
    back = on_source(cut, matrix, np.zeros_like(source))
    inside = cv2.erode((back.sum(-1) > 0).astype(np.uint8), np.ones((15, 15))) > 0
    assert inside.mean() > 0.3
    assert psnr_db(back, source, inside) > 38


def test_outside_the_portrait_the_source_stays(portrait):
    matrix = np.array([[2.0, 0.0, -300.0], [0.0, 2.0, -200.0]])
    back = on_source(np.zeros_like(portrait), matrix, portrait)
    assert (back[:50, :50] == portrait[:50, :50]).all()
    assert (back[300, 250] == 0).all()


def test_the_true_picture_itself_has_no_error(judge, portrait):
    score = judge.score("same", portrait, portrait, portrait)
    assert score.psnr_db > 90
    assert score.ssim == pytest.approx(1)
    assert score.landmark_px < 0.5


def test_a_shifted_face_is_as_far_off_as_it_was_shifted(judge, portrait):
    moved = cv2.warpAffine(
        portrait, np.array([[1.0, 0, 6], [0, 1, 0]]), (512, 768), borderMode=cv2.BORDER_REPLICATE
    )
    score = judge.score("moved", moved, portrait, portrait)
    assert score.landmark_px == pytest.approx(6, abs=0.8)
    assert score.lips_px == pytest.approx(6, abs=1.2)
    assert score.psnr_db < 30


def test_a_picture_without_a_face_is_named_in_a_sentence(judge):
    with pytest.raises(AvatarError, match="No face was found"):
        judge.face(np.full((256, 256, 3), 127, np.uint8))


def test_means_are_over_all_frames():
    scores = [Score("a", 20, 0.6, 2, 3, 10), Score("b", 24, 0.8, 4, 5, 12)]
    assert means(scores) == {
        "psnr_db": 22, "ssim": 0.7, "landmark_px": 3, "lips_px": 4, "copy_psnr_db": 11
    }  # fmt: skip
    assert len(list(lines("frames", scores))) == 4


@pytest.mark.slow
def test_a_portrait_that_is_not_moved_looks_like_its_picture(judge, portrait):
    from bench.faces import face
    from bench.puppet import Puppet

    imported, avatar = imported_avatar(GALLERY / "maya" / "portrait.png")
    driven = Puppet(avatar).picture(face())
    back = on_source(driven, imported.framed.matrix, portrait)
    assert judge.score("still", back, portrait, portrait).landmark_px < 3
