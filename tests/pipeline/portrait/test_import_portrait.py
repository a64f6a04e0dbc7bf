import cv2
import numpy as np
import pytest

from pipeline.avatar import GALLERY
from pipeline.errors import AvatarError, MediaError
from pipeline.portrait.face_choice import choose_face
from pipeline.portrait.import_portrait import STEPS, import_portrait
from tests.pipeline.portrait.imported import as_picture, imported, landmarks, pixels, write
from tests.pipeline.portrait.tracked import trackers


def test_the_portrait_is_fitted_to_its_landmarks():
    residuals = imported().fit.residuals
    assert residuals.face_after < 0.025
    assert residuals.shoulders is not None
    assert residuals.shoulders < 0.05


def test_person_and_background_are_told_apart():
    matte = imported().layers.matte
    assert matte[300, 256] > 250
    assert matte[40, 20] < 5


@pytest.mark.slow
def test_a_cut_out_keeps_its_alpha_as_the_matte(tmp_path):
    alpha = imported().layers.matte
    scene = np.dstack([pixels()[..., ::-1], alpha])
    cv2.imwrite(str(tmp_path / "cut.png"), scene)
    result = import_portrait(tmp_path / "cut.png", trackers=trackers())
    assert result.framed.alpha is not None
    np.testing.assert_array_equal(result.layers.matte, result.framed.alpha)


def test_progress_counts_the_steps_and_can_stop_the_import(tmp_path):
    seen = []

    def stop_after_the_face(done):
        seen.append(done)
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_portrait(
            GALLERY / "leon" / "portrait.png", on_progress=stop_after_the_face, trackers=trackers()
        )
    assert seen == [1, 2]
    assert len(STEPS) == 5


def group():
    """Maya, Leon and Amara side by side; Leon is nearer to the camera."""
    faces = [
        cv2.imread(str(GALLERY / n / "portrait.png"), cv2.IMREAD_COLOR_RGB)
        for n in ("maya", "amara")
    ]
    small = [cv2.resize(face, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA) for face in faces]
    padded = [np.pad(face, ((307, 0), (0, 0), (0, 0)), mode="edge")[-768:] for face in small]
    return np.concatenate([padded[0], pixels(), padded[1]], axis=1)


def test_of_several_faces_the_largest_is_taken_or_the_one_asked_for():
    scene = as_picture(group())
    largest = choose_face(scene, trackers())
    assert (largest.number, largest.count) == (2, 3)
    first, third = (choose_face(scene, trackers(), number) for number in (1, 3))
    noses = [chosen.landmarks.points[1, 0] for chosen in (first, largest, third)]
    assert noses[0] < 307 < noses[1] < 819 < noses[2]


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_face_that_is_not_there_is_one_sentence(number):
    with pytest.raises(AvatarError, match="there are 3, counted"):
        choose_face(as_picture(group()), trackers(), number)


def test_a_picture_without_a_face_suggests_points(tmp_path):
    wall = np.tile(np.arange(256, dtype=np.uint8)[:, None, None], (1, 200, 3))
    with pytest.raises(AvatarError, match=r"No face was found.*--points"):
        import_portrait(write(tmp_path, "wall.png", wall), trackers=trackers())


def test_a_damaged_picture_is_told_before_anything_is_tracked(tmp_path):
    (tmp_path / "a.png").write_bytes(b"nothing")
    with pytest.raises(MediaError):
        import_portrait(tmp_path / "a.png")


@pytest.mark.slow
@pytest.mark.parametrize("side", [0, 1, 2])
def test_whatever_part_of_the_person_is_shown_becomes_an_avatar(tmp_path, side):
    crop = (pixels()[40:330, 120:400], pixels()[:, 150:], pixels()[90:500])[side]
    result = import_portrait(write(tmp_path, "crop.png", crop), trackers=trackers())
    assert result.fit.residuals.face_after < 0.025
    assert {finding.code for finding in result.findings} <= {"head_cut", "no_shoulders"}


def test_a_face_beside_the_eyes_of_the_file_is_found_again_in_the_portrait():
    placed = imported().framed.place(landmarks().points)
    apart = np.linalg.norm(imported().face.points[:468, :2] - placed[:468, :2], axis=1)
    assert np.median(apart) < 2
