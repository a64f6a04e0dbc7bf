"""Face and body on exported motion transformers, small ones with random weights."""

import numpy as np
import pytest
import torch

pytest.importorskip("onnx")

from pipeline.body_motion import BodyMotion, resting_body
from pipeline.face_motion import FaceMotion
from pipeline.model_folder import open_model
from pipeline.motion_settings import MotionSettings
from pipeline.motion_space import BODY_SIZE, FACE_SIZE, MOUTH_INDICES
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.sizes import MotionTransformerSizes
from pipeline.onnx_network import OnnxNetwork
from pipeline.style import load_style
from pipeline.template import load_template
from tests.pipeline.voices import conversation
from training.export_motion import export

SMALL = {"layers": 2, "width": 16, "heads": 2, "hidden": 24, "window_frames": 12}
SIZES = {
    "face": MotionTransformerSizes(lookaheads=5, closed=1, **SMALL),
    "body": MotionTransformerSizes(style_size=15, face_size=FACE_SIZE, **SMALL),
}


def random_weights(part: str) -> dict[str, torch.Tensor]:
    """Of a network that moves and whose mouth is heard."""
    torch.manual_seed(3)
    network = MotionTransformer(SIZES[part])
    with torch.no_grad():
        for value in network.parameters():
            value.add_(0.1 * torch.randn_like(value))
        network.deviation.fill_(0.1)
        network.speed.fill_(0.01)
        network.innovation.fill_(0.002)
        network.damping.fill_(0.5)
        network.high.fill_(0.6)
        if part == "face":
            network.heard[list(MOUTH_INDICES)] = 1.0
            network.mean[list(MOUTH_INDICES)] = 0.2
        else:
            network.mean.copy_(torch.from_numpy(resting_body()))
    return network.state_dict()


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    models, opened = tmp_path_factory.mktemp("models"), {}
    for part, sizes in SIZES.items():
        export(part, random_weights(part), sizes, models, models / "models.json")
        folder = open_model(models / f"{part}_motion", models / "models.json")
        opened[part] = OnnxNetwork(folder)
    return opened


def stream(networks, frames: int, seed: int = 0):
    """Vectors generated for a conversation, (T, 52) of the face and of the body."""
    template, style = load_template(), load_style("natural")
    face_motion = FaceMotion(networks["face"], style, MotionSettings(), 1, seed)
    skeleton = template.skeleton(np.zeros(len(template.identity_names)))
    body_motion = BodyMotion(networks["body"], skeleton, style, MotionSettings(), seed)
    face_state, body_state = face_motion.init_state(), body_motion.init_state()
    faces, bodies = [], []
    for speech in conversation(frames, 30, 20):
        face, face_state = face_motion.step(speech, face_state)
        if face.frame < 0:
            continue
        _, body_state = body_motion.step(face, speech, body_state)
        faces.append(face.generated)
        bodies.append(body_state.previous[0, 0])
    return np.array(faces), np.array(bodies)


def test_they_move_and_stay_finite(networks):
    face, body = stream(networks, 150)
    assert face.shape == (149, FACE_SIZE)
    assert body.shape == (149, BODY_SIZE)
    assert np.isfinite(face).all()
    assert np.isfinite(body).all()
    assert (np.abs(np.diff(face, axis=0)).max(axis=1) > 0.0).all()
    assert (np.abs(np.diff(body, axis=0)).max(axis=1) > 0.0).all()


def test_a_fresh_start_gives_the_same_motion_and_another_seed_another(networks):
    face, body = stream(networks, 80)
    face_again, body_again = stream(networks, 80)
    np.testing.assert_array_equal(face, face_again)
    np.testing.assert_array_equal(body, body_again)
    other_face, other_body = stream(networks, 80, seed=1)
    chosen = np.setdiff1d(np.arange(FACE_SIZE), MOUTH_INDICES)
    assert (face[10:, chosen] != other_face[10:, chosen]).any(axis=1).all()
    assert (body[10:] != other_body[10:]).any(axis=1).all()


def test_what_comes_later_changes_nothing_before(networks):
    long, short = stream(networks, 60), stream(networks, 40)
    for one, other in zip(long, short, strict=True):
        np.testing.assert_array_equal(one[: len(other)], other)
