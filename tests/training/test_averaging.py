import torch
from torch import nn

from training.averaging import Average


def test_the_average_follows_the_weights_by_its_decay():
    module = nn.Linear(3, 2)
    average = Average(module, 0.5)
    before = module.weight.detach().clone()
    with torch.no_grad():
        module.weight += 1.0
    for _ in range(10):
        average.update(module)
    expected = before + 1.0 - 0.5**9 * (2 / 11)
    assert (average.weights["weight"] <= before + 1.0).all()
    torch.testing.assert_close(average.weights["weight"], expected, atol=2e-3, rtol=0)


def test_the_average_is_no_view_of_the_module():
    module = nn.Linear(3, 2)
    average = Average(module, 0.9)
    before = average.weights["weight"].clone()
    with torch.no_grad():
        module.weight += 1.0
    torch.testing.assert_close(average.weights["weight"], before)


def test_counters_are_taken_over_as_they_are():
    module = nn.BatchNorm1d(2)
    average = Average(module, 0.9)
    module(torch.randn(4, 2))
    average.update(module)
    assert average.weights["num_batches_tracked"] == 1


def test_a_restored_average_goes_on_equally():
    torch.manual_seed(0)
    module = nn.Linear(3, 2)
    one, two = Average(module, 0.9), Average(nn.Linear(3, 2), 0.9)
    one.update(module)
    two.load_state_dict(one.state_dict())
    with torch.no_grad():
        module.weight += 1.0
    one.update(module)
    two.update(module)
    copy = nn.Linear(3, 2)
    two.copy_to(copy)
    torch.testing.assert_close(copy.weight, one.weights["weight"], rtol=0, atol=0)
