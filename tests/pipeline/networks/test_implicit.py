import pytest

torch = pytest.importorskip("torch")

from pipeline.names import IMPLICIT_SIZE  # noqa: E402
from pipeline.networks.implicit import ImplicitOffset  # noqa: E402
from pipeline.networks.sizes import ImplicitSizes  # noqa: E402


def test_codes_are_bounded_and_follow_the_motion():
    sizes = ImplicitSizes()
    torch.manual_seed(0)
    motion = torch.randn(3, sizes.motion_size)
    codes = ImplicitOffset(sizes)(motion)["implicit"]
    assert codes.shape == (3, IMPLICIT_SIZE)
    assert (codes.abs() < 1).all()
    assert not torch.allclose(codes[0], codes[1], atol=0.01)
