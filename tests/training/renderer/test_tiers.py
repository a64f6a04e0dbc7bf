import pytest

torch = pytest.importorskip("torch")

from pipeline.model_folder import MODELS  # noqa: E402
from training.descent import save_weights  # noqa: E402
from training.renderer.tiers import Tiers  # noqa: E402


def test_a_run_begins_with_what_ships():
    tiers = Tiers()
    own = tiers.observer.last.weight.clone()
    tiers.begin(MODELS)
    # Its heads begin at zero where nothing was learnt.
    assert tiers.painters.generator.changes.weight.abs().max() > 0.01
    assert tiers.lite.changes.weight.abs().max() > 0.01
    assert torch.equal(tiers.observer.last.weight, own)


def test_a_run_begins_with_the_average_of_another(tmp_path):
    first, second = Tiers(), Tiers()
    save_weights(first.state_dict(), tmp_path)
    second.begin(tmp_path / "average.safetensors")
    for mine, theirs in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(mine, theirs)
