import cv2
import numpy as np
import pytest

torch = pytest.importorskip("torch")

from training.renderer.jpeg import compressed  # noqa: E402


def picture(seed: int, height: int = 96, width: int = 80):
    """(1, 3, H, W) float32 of whole bytes: soft colours, some edges and some texture."""
    rng = np.random.default_rng(seed)
    coarse = rng.uniform(30, 220, (6, 5, 3)).astype(np.float32)
    pixels = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    pixels[20:50, 30:60] = (60, 120, 190)
    pixels += rng.normal(0, 6, (height, width, 1))
    whole = torch.from_numpy(np.rint(np.clip(pixels, 0, 255)).astype(np.float32))
    return whole.movedim(-1, 0)[None] / 255


def psnr(a, b) -> float:
    return float(-10 * torch.log10((a - b).square().mean()))


def by_opencv(picture, quality: int):
    bgr = (picture[0].movedim(0, -1).numpy() * 255).round().astype(np.uint8)[..., ::-1]
    _, coded = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    read = np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR_RGB)).astype(np.float32)
    return torch.from_numpy(read).movedim(-1, 0)[None] / 255


@pytest.mark.parametrize("quality", [40, 50, 75, 95])
def test_the_same_is_lost_as_in_a_file_of_that_quality(quality):
    before = picture(1)
    ours = compressed(before, torch.tensor([float(quality)]), torch.zeros(1, 2).long())
    file = by_opencv(before, quality)
    assert psnr(ours, file) > 43
    assert psnr(ours, file) > psnr(before, file) + 6
    assert psnr(ours, before) == pytest.approx(psnr(file, before), abs=0.5)


def test_each_picture_has_its_own_quality_and_grid():
    both = torch.cat((picture(2), picture(3)))
    quality, offset = torch.tensor([40.0, 90.0]), torch.tensor([[0, 15], [7, 2]])
    together = compressed(both, quality, offset)
    for k in range(2):
        alone = compressed(both[k : k + 1], quality[k : k + 1], offset[k : k + 1])
        assert torch.allclose(together[k], alone[0], atol=1e-5)
    assert psnr(together[1], both[1]) > psnr(together[0], both[0]) + 3


def test_blocks_begin_where_the_offset_says():
    ramp = (torch.arange(64.0) / 64)[None, None, None].expand(1, 3, 64, 64)
    steps = []
    for offset in (0, 3):
        coded = compressed(ramp, torch.tensor([2.0]), torch.tensor([[0, offset]]))
        steps.append((coded[0, 0, 32, 1:] - coded[0, 0, 32, :-1]).abs() > 1e-3)
    edges = torch.arange(1, 64)
    assert (edges[steps[0]] % 8 == 0).all()
    assert ((edges[steps[1]] + 3) % 8 == 0).all()
    assert steps[0].any()
    assert steps[1].any()
