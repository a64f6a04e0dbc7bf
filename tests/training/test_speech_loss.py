import pytest
import torch
from torch.nn import functional

from pipeline.names import VISEME_INDEX, VISEMES
from training.phone_classes import PHONE_CLASSES
from training.speech_dataset import Crops
from training.speech_loss import PART_WEIGHTS, SpeechLoss, Targets, targets

FRAMES = 12


@pytest.fixture
def crops() -> Crops:
    torch.manual_seed(0)
    index = torch.randint(1, len(VISEMES), (2, FRAMES))
    index[:, 6:8] = 0
    some = torch.rand(4, 2, FRAMES)
    return Crops(
        sound=torch.zeros(2, 800 * FRAMES),
        viseme=functional.one_hot(index, len(VISEMES)).float(),
        phone=torch.randint(0, len(PHONE_CLASSES), (2, FRAMES)),
        stress=some[0], voiced=(some[1] > 0.5).float(), pitch=some[2], energy=-some[3],
        noise=torch.zeros(2, FRAMES),
    )  # fmt: skip


def perfect(goal: Targets) -> dict[str, torch.Tensor]:
    def late(track: torch.Tensor, by: int) -> torch.Tensor:
        return torch.cat([track[:, :by], track[:, : track.shape[1] - by]], dim=1)

    phone = functional.one_hot(goal.phone, len(PHONE_CLASSES)).float()
    return {
        "viseme": 30 * goal.viseme, "late_viseme": 30 * late(goal.viseme, 1),
        "later_viseme": 30 * late(goal.viseme, 2), "phone": 30 * late(phone, 1),
        "activity": 30 * goal.activity, "stress": torch.logit(goal.stress, 1e-4)[..., None],
        "voicing": (60 * goal.voiced - 30)[..., None], "f0": goal.pitch[..., None],
        "energy": goal.energy[..., None],
    }  # fmt: skip


def plain(crops: Crops) -> Targets:
    return targets(crops, torch.tensor([False, False]), torch.tensor([-100.0, -100.0]))


def test_late_heads_are_asked_for_the_frames_before(crops):
    goal = plain(crops)
    _, parts = SpeechLoss("cpu")(perfect(goal), goal)
    for name in ("viseme", "late_viseme", "later_viseme", "phone", "activity", "voicing"):
        assert float(parts[name]) < 1e-3, name
    assert float(parts["f0"]) == float(parts["energy"]) == 0.0
    assert parts.keys() == PART_WEIGHTS.keys()


def test_missing_lips_that_touch_costs_most(crops):
    goal, losses = plain(crops), {}
    for name in ("PP", "FF", "ih"):
        seen = functional.one_hot(torch.tensor(VISEME_INDEX[name]), len(VISEMES)).float()
        track = seen.expand(2, FRAMES, -1)
        wrong = {**perfect(goal), "viseme": torch.zeros(2, FRAMES, len(VISEMES))}
        same = Targets(track, goal.phone, goal.activity, goal.stress, goal.voiced, goal.pitch,
                       goal.energy)  # fmt: skip
        losses[name] = float(SpeechLoss("cpu")(wrong, same)[1]["viseme"])
    assert losses["PP"] > 2 * losses["ih"]
    assert losses["FF"] > 2 * losses["ih"]


def test_muted_sounds_are_silent_or_noise(crops):
    goal = targets(crops, torch.tensor([True, False]), torch.tensor([-10.0, -100.0]))
    assert goal.viseme[0, :, 0].min() == 1.0
    assert goal.activity[0].tolist() == [[0.0, 0.0, 1.0]] * FRAMES
    assert goal.voiced[0].max() == 0.0
    assert goal.energy[0].max() == -3.0
    assert (goal.phone[0] == 0).all()
    assert goal.activity[1, 6].tolist() == [0.0, 1.0, 0.0]


def test_noise_of_the_corpus_is_noise(crops):
    crops.noise[1, 6] = 1.0
    goal = plain(crops)
    assert goal.activity[1, 6].tolist() == [0.0, 0.0, 1.0]
    assert goal.activity[1, 7].tolist() == [0.0, 1.0, 0.0]


def test_gradients_are_finite_for_uncertain_and_for_wild_networks(crops):
    goal = plain(crops)
    for size in (0.0, 1e4):
        made = {k: (size * torch.randn_like(v)).requires_grad_() for k, v in perfect(goal).items()}
        total, _ = SpeechLoss("cpu")(made, goal)
        total.backward()
        assert all(torch.isfinite(v.grad).all() for v in made.values())
