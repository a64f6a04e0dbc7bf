from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.names import JOINT_INDEX
from pipeline.rasterizer import rasterize
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.template import Part as Region
from pipeline.template import SourcePose, load_template
from tests.training.people.test_pose import character_of
from training.people.camera import portrait_camera
from training.people.character import Character, Kind, Part
from training.people.label import CLOTH_LABELS, FACE_LABELS, SKIN_LABELS, Label
from training.people.lighting import AreaLight, Lighting, tone_mapped
from training.people.look import Look
from training.people.material import Material
from training.people.pose import PosedCharacter, actions_from, hanging_arms, posed

moderngl = pytest.importorskip("moderngl")

from training.people.ground_truth import (  # noqa: E402
    GroundTruth,
    GroundTruthRenderer,
    pixel_centres,
)
from training.people.renderer import Renderer, Shot  # noqa: E402

CAMERA = portrait_camera(np.array([0.0, -0.10, 0.05]), 0.70)
# A soft key and an even dome, the same in every frame.
LIGHT = Lighting(
    (AreaLight(0.5, 0.5, 0.4, (0.5, 0.5, 0.5)), AreaLight(-0.8, 0.1, 0.6, (0.2, 0.2, 0.2))),
    (0.5, 0.5, 0.5), (0.5, 0.5, 0.5), (0.5, 0.5, 0.5),
)  # fmt: skip
# The left hand before the breast bone.
RAISED_ARM = {
    "upperarm01.L": (-0.34, -0.38, -0.13),
    "lowerarm01.L": (-0.62, -1.22, -0.52),
}
HALF = 0.5
SHEET_M = np.array([[0.13, 0.12, 0.0], [0.2, 0.12, 0.0], [0.2, -0.03, 0.0], [0.13, -0.03, 0.0]])


def textures() -> dict[str, np.ndarray]:
    """Soft patterns for skin and cloth; a sheet of hair that covers half of what it hides."""
    rng = np.random.default_rng(2)
    cloud = cv2.resize(rng.uniform(60, 220, (48, 48, 3)), (512, 512), interpolation=cv2.INTER_CUBIC)
    pattern = np.dstack([np.clip(cloud, 0, 255), np.full((512, 512), 255.0)]).astype(np.uint8)
    hair = np.full((64, 64, 4), 255 * HALF, np.uint8)
    return {"skin": pattern, "cloth": pattern[::-1], "hair": hair}


def dressed() -> Character:
    """The mean template: torso and arms are its clothes, and a sheet of hair hangs beside it."""
    model = load_template()
    bare = character_of(model, np.zeros(len(model.identity_names), np.float32))
    count, head = len(bare.rest), model.joint_names.index("head")
    rest = np.concatenate([bare.rest, SHEET_M.astype(np.float32)])
    uv = (rest[:, :2] * [0.5, 0.7] + [0.5, 0.7]).astype(np.float32)
    clothed = np.isin(model.part, (Region.TORSO, Region.UPPER_ARM, Region.FOREARM))
    every, still = np.arange(count), np.zeros((count, 3), np.float32)
    parts = [
        Part(Kind.SKIN, every, uv[:count], model.triangles[~clothed], still, "skin"),
        Part(Kind.CLOTH, every, uv[:count], model.triangles[clothed], still, "cloth"),
        Part(
            Kind.HAIR, np.arange(count, count + 4), np.full((4, 2), 0.5, np.float32),
            np.array([[0, 1, 2], [0, 2, 3]]), np.tile(np.array([0, -1, 0], np.float32), (4, 1)),
            "hair",
        ),
    ]  # fmt: skip
    joint = np.zeros((4, 8), np.int32)
    joint[:, 0] = head
    weight = np.eye(1, 8, dtype=np.float32).repeat(4, 0)
    return replace(
        bare, rest=rest, parts=parts, normal_of=np.arange(count + 4),
        weight=np.concatenate([bare.weight, weight]), joint=np.concatenate([bare.joint, joint]),
    )  # fmt: skip


def sitting(character: Character, raised: bool = False, turn=(0.0, 0.0, 0.0), **actions):
    """Arms hanging or the left hand before the chest; turn: yaw, pitch, roll in radians."""
    joints = hanging_arms(character.body.skeleton, 0.2)
    for name, rotation in RAISED_ARM.items() if raised else ():
        joints[JOINT_INDEX[name]] = rotation
    gaze = np.zeros((2, 2), np.float32)
    pose = SourcePose(actions_from(actions), np.array(turn, np.float32), gaze, joints)
    return posed(character, pose)


def shot(pose: PosedCharacter, camera=CAMERA) -> Shot:
    return Shot(pose, Look(oil=0.0), camera, LIGHT)


def camera_points(truth: GroundTruth, camera) -> np.ndarray:
    """(768, 512, 3) metres: the surface at every pixel in the camera's axes."""
    ray = (pixel_centres() - camera.centre_px) / camera.focal_px
    return np.dstack([ray, np.ones(ray.shape[:2])]) * truth.depth_m[..., None]


@pytest.fixture(scope="module")
def character() -> Character:
    return dressed()


@pytest.fixture(scope="module")
def colour() -> Renderer:
    try:
        return Renderer(textures(), supersample=1)
    except Exception as error:
        pytest.skip(f"no OpenGL through EGL: {error}")


@pytest.fixture(scope="module")
def truths(colour) -> GroundTruthRenderer:
    return GroundTruthRenderer(textures(), colour.context)


@pytest.fixture(scope="module")
def resting_radiance(colour, character) -> np.ndarray:
    return colour.render(shot(sitting(character)), passes=2)


@pytest.fixture(scope="module")
def static(truths, character) -> GroundTruth:
    still = shot(sitting(character))
    return truths.draw(still, still)


@pytest.fixture(scope="module")
def raised(truths, character) -> GroundTruth:
    """From hanging arms to a hand before the chest."""
    return truths.draw(shot(sitting(character)), shot(sitting(character, raised=True)))


@pytest.fixture(scope="module")
def lowered(truths, character) -> GroundTruth:
    """From a hand before the chest to hanging arms."""
    return truths.draw(shot(sitting(character, raised=True)), shot(sitting(character)))


def test_a_static_person_has_no_flow_and_is_seen_whole(static):
    assert np.abs(static.flow_px).max() < 0.01
    person = np.isin(static.label, SKIN_LABELS + CLOTH_LABELS)
    assert person.sum() > 100_000
    assert static.visible[person].mean() > 0.999
    assert static.visible[static.matte == 0].all()


def test_a_rigid_shift_gives_the_flow_that_the_camera_makes_of_it(truths, character):
    here = sitting(character)
    shift = np.array([0.03, -0.02, 0.04])
    moved = replace(
        here, vertices=here.vertices + shift.astype(np.float32), eye_centre=here.eye_centre + shift
    )
    truth = truths.draw(shot(here), shot(moved))
    person = truth.label > 0
    before = camera_points(truth, CAMERA)[person] - CAMERA.rotation @ shift
    expected = before[:, :2] / before[:, 2:] * CAMERA.focal_px + CAMERA.centre_px
    assert np.abs(truth.source_px[person] - expected).max() < 0.02
    assert np.abs(truth.flow_px[person]).mean() > 10


def test_flow_leads_into_the_picture_of_another_camera(truths, character):
    still = sitting(character)
    place = CAMERA.translation + np.array([0.05, 0.01, 0.1])
    other = replace(CAMERA, focal_px=CAMERA.focal_px * 0.9, translation=place)
    truth = truths.draw(shot(still, other), shot(still))
    person = truth.label > 0
    world = (camera_points(truth, CAMERA)[person] - CAMERA.translation) @ CAMERA.rotation
    assert np.abs(truth.source_px[person] - other.project(world)[0]).max() < 0.02


def test_the_source_warped_by_the_flow_is_the_driving_frame(
    colour, truths, character, resting_radiance
):
    source = shot(sitting(character))
    driving = shot(sitting(character, turn=(0.12, 0.05, 0.03), jawOpen=0.3, browInnerUp=0.5))
    truth = truths.draw(source, driving)
    before, after = (
        tone_mapped(each[..., :3], 1.0).astype(np.float32)
        for each in (resting_radiance, colour.render(driving, passes=2))
    )
    warped = cv2.remap(before, truth.source_px - 0.5, None, cv2.INTER_LINEAR)
    for labels in (SKIN_LABELS, CLOTH_LABELS):
        shown = truth.visible & np.isin(truth.label, labels)
        psnr = -10 * np.log10(np.mean((warped - after)[shown] ** 2))
        assert shown.sum() > 20_000
        assert psnr >= 30, f"{psnr:.1f} dB"
    turned = np.isin(truth.label, (Label.FACE,))
    assert np.mean((before - after)[turned] ** 2) > 10 * np.mean((warped - after)[turned] ** 2)


def test_what_a_hand_hid_in_the_source_is_marked(raised, lowered):
    hand = np.isin(raised.label, (Label.LEFT_HAND, Label.LEFT_SLEEVE)).astype(np.uint8)
    column, row = np.floor(lowered.source_px).astype(int).transpose(2, 0, 1)
    inside = (column >= 0) & (column < FRAME_WIDTH_PX) & (row >= 0) & (row < FRAME_HEIGHT_PX)
    at = np.clip(row, 0, FRAME_HEIGHT_PX - 1), np.clip(column, 0, FRAME_WIDTH_PX - 1)
    chest = (lowered.label == Label.CLOTH) & inside
    well_behind = chest & (cv2.erode(hand, np.ones((3, 3)))[at] > 0)
    well_beside = chest & (cv2.dilate(hand, np.ones((5, 5)))[at] == 0)
    assert well_behind.sum() > 2000
    assert lowered.visible[well_behind].mean() < 0.002
    assert lowered.visible[well_beside].mean() > 0.97
    assert not lowered.visible[(lowered.label > 0) & ~inside].any()


def test_another_rasteriser_finds_the_same_depth_flow_and_occlusion(character, lowered):
    model = load_template()
    source, driving = (sitting(character, raised).vertices for raised in (True, False))
    size = FRAME_WIDTH_PX, FRAME_HEIGHT_PX
    before, after = (
        rasterize(*CAMERA.project(each), model.triangles, *size) for each in (source, driving)
    )
    body = np.isin(lowered.label, SKIN_LABELS + CLOTH_LABELS) & after.covered
    same = body.copy()
    same[body] = np.abs(lowered.depth_m[body] - after.depth[body]) < 1e-3
    assert same.sum() > 0.999 * body.sum()
    pixel, depth = CAMERA.project(after.interpolate(model.triangles, source)[same])
    assert np.quantile(np.abs(lowered.source_px[same] - pixel).max(1), 0.999) < 0.1
    column, row = np.floor(pixel).astype(int).T
    inside = (column >= 0) & (column < FRAME_WIDTH_PX) & (row >= 0) & (row < FRAME_HEIGHT_PX)
    at = row.clip(0, FRAME_HEIGHT_PX - 1), column.clip(0, FRAME_WIDTH_PX - 1)
    farthest = cv2.dilate(np.minimum(before.depth, 9), np.ones((3, 3)))[at]
    nearest = cv2.erode(np.minimum(before.depth, 9), np.ones((3, 3)))[at]
    hidden, free = inside & (farthest < depth - 0.01), inside & (nearest > depth - 0.003)
    assert hidden.sum() > 10_000
    assert free.sum() > 100_000
    visible = lowered.visible[same]
    assert visible[hidden].mean() < 0.001
    assert visible[free].mean() > 0.99
    assert visible[~inside].mean() < 0.001


def test_visible_landmarks_lie_on_the_face(static, truths, character):
    points = static.landmarks
    assert points.pixel.shape == (478, 2)
    column, row = np.floor(points.pixel[points.visible]).astype(int).T
    on_face = np.isin(static.label, FACE_LABELS).astype(np.uint8)
    assert on_face[row, column].mean() > 0.98
    assert cv2.dilate(on_face, np.ones((3, 3)))[row, column].all()
    assert points.visible.mean() > 0.8
    right, left = points.pixel[468], points.pixel[473]
    assert right[0] < left[0]
    side = truths.draw(shot(sitting(character)), shot(sitting(character, turn=(1.2, 0.0, 0.0))))
    assert 0.3 < side.landmarks.visible.mean() < 0.75


def test_template_vertices_behind_the_hand_are_hidden(raised, static):
    model = load_template()
    torso = np.unique(model.triangles[model.part == Region.TORSO])
    column, row = np.floor(static.vertices.pixel).astype(int).T
    inside = (row >= 0) & (row < FRAME_HEIGHT_PX) & (column >= 0) & (column < FRAME_WIDTH_PX)
    row, column = row.clip(0, FRAME_HEIGHT_PX - 1), column.clip(0, FRAME_WIDTH_PX - 1)
    hand = inside & np.isin(raised.label[row, column], (Label.LEFT_HAND, Label.LEFT_SLEEVE))
    gone = static.vertices.visible & ~raised.vertices.visible
    chest = torso[hand[torso] & static.vertices.visible[torso] & (column[torso] < 290)]
    assert len(chest) > 20
    assert gone[chest].mean() > 0.9


def test_the_throat_is_neck_and_the_chin_is_face(static):
    chin = static.landmarks.pixel[152].astype(int)
    assert static.label[chin[1] - 5, chin[0]] == Label.FACE
    assert static.label[chin[1] + 20, chin[0]] == Label.NECK


@pytest.mark.parametrize(("opacity", "seen"), [(0.06, False), (0.9, True)])
def test_a_dark_lens_is_a_surface_and_a_clear_one_is_none(truths, character, opacity, seen):
    lens = replace(
        character.parts[2], kind=Kind.LENS, texture="",
        material=Material((0.02, 0.02, 0.02), opacity=opacity),
    )  # fmt: skip
    glazed = replace(character, parts=[*character.parts[:2], lens])
    still = shot(sitting(glazed))
    truth = truths.draw(still, still)
    assert (truth.label == Label.LENS).any() == seen
    assert (truth.kind == Kind.LENS).any() == seen
    assert np.abs(truth.flow_px[truth.visible]).max() < 1e-3


def test_normals_are_unit_and_face_the_camera(static):
    person = static.label > 0
    length = np.linalg.norm(static.normal, axis=-1)
    assert np.allclose(length[person], 1, atol=1e-3)
    assert (length[~person] == 0).all()
    assert (static.normal[person][:, 2] < 0.2).mean() > 0.99


def test_the_matte_is_the_coverage_of_the_colour_even_behind_hair(resting_radiance, static):
    painted = resting_radiance[..., 3]
    assert np.abs(painted - static.matte).mean() < 0.01
    sheet = SHEET_M.mean(0)[None]
    column, row = np.floor(CAMERA.project(sheet)[0][0]).astype(int)
    patch = static.matte[row - 5 : row + 5, column - 5 : column + 5]
    assert np.allclose(patch, HALF, atol=0.07)
    assert abs(painted[row - 5 : row + 5, column - 5 : column + 5].mean() - HALF) < 0.15
