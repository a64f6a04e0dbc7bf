"""The face on an exported motion transformer, a small one with random weights."""

import numpy as np
import pytest
import torch

pytest.importorskip("onnx")

from pipeline.face_motion import FaceMotion
from pipeline.model_folder import open_model
from pipeline.motion_settings import MotionSettings
from pipeline.motion_space import FACE_SIZE, MOUTH_INDICES
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.sizes import MotionTransformerSizes
from pipeline.onnx_network import OnnxNetwork
from pipeline.style import load_style
from tests.pipeline.voices import conversation
from training.export_motion import export

SMALL = {"layers": 2, "width": 16, "heads": 2, "hidden": 24, "window_frames": 12}
SIZES = MotionTransformerSizes(lookaheads=5, closed=1, **SMALL)


def random_weights() -> dict[str, torch.Tensor]:
    """Of a network that moves and whose mouth is heard."""
    torch.manual_seed(3)
    network = MotionTransformer(SIZES)
    with torch.no_grad():
        for value in network.parameters():
            value.add_(0.1 * torch.randn_like(value))
        network.deviation.fill_(0.1)
        network.speed.fill_(0.01)
        network.innovation.fill_(0.002)
        network.damping.fill_(0.5)
        network.high.fill_(0.6)
        network.heard[list(MOUTH_INDICES)] = 1.0
        network.mean[list(MOUTH_INDICES)] = 0.2
    return network.state_dict()


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    export("face", random_weights(), SIZES, models, models / "models.json")
    return OnnxNetwork(open_model(models / "face_motion", models / "models.json"))


def stream(network, frames: int, seed: int = 0):
    """(T, 52) generated for a conversation."""
    face_motion = FaceMotion(network, load_style("natural"), MotionSettings(), 1, seed)
    state, faces = face_motion.init_state(), []
    for speech in conversation(frames, 30, 20):
        face, state = face_motion.step(speech, state)
        if face.frame >= 0:
            faces.append(face.generated)
    return np.array(faces)


def test_it_moves_and_stays_finite(network):
    face = stream(network, 150)
    assert face.shape == (149, FACE_SIZE)
    assert np.isfinite(face).all()
    assert (np.abs(np.diff(face, axis=0)).max(axis=1) > 0.0).all()


def test_a_fresh_start_gives_the_same_motion_and_another_seed_another(network):
    face = stream(network, 80)
    np.testing.assert_array_equal(face, stream(network, 80))
    chosen = np.setdiff1d(np.arange(FACE_SIZE), MOUTH_INDICES)
    other = stream(network, 80, seed=1)
    assert (face[10:, chosen] != other[10:, chosen]).any(axis=1).all()


def test_what_comes_later_changes_nothing_before(network):
    np.testing.assert_array_equal(stream(network, 60)[:39], stream(network, 40))
