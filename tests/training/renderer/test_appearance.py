"""What a camera makes of batches; of plain pictures, needs neither OpenGL nor assets."""

from dataclasses import fields, replace

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("moderngl")

from training.renderer.appearance import PICTURES, recoloured  # noqa: E402
from training.renderer.take_stream import TakeBatch  # noqa: E402

FRAMES, SIZE_PX = 8, (96, 64)
SEEDS = range(12)
FACE = (slice(30, 60), slice(20, 44))
# Blocks of chroma and their smooth edges, and the brushes of a style.
REACH_PX = 36


@pytest.fixture(scope="module")
def batch() -> TakeBatch:
    """Somebody of an even skin before a wall; in truth half of the picture is other."""
    generator = torch.Generator().manual_seed(1)
    skin = 0.35 + 0.4 * torch.rand((FRAMES, 3), generator=generator)
    coarse = torch.rand((FRAMES, 3, 6, 4), generator=generator)
    wall = torch.nn.functional.interpolate(coarse, SIZE_PX, mode="bicubic").clamp(0, 1)
    wall[:, :, *FACE] = skin[..., None, None]
    bytes_ = (wall * 255).round().to(torch.uint8)
    truth = bytes_.clone()
    truth[:, :, 80:] = 255 - truth[:, :, 80:]
    matte = torch.zeros(FRAMES, *SIZE_PX, dtype=torch.uint8)
    matte[:, *FACE] = 255
    none = dict.fromkeys((field.name for field in fields(TakeBatch)), torch.zeros(FRAMES))
    seen = {"composite": bytes_, "truth": truth, "behind": bytes_.flip(-1), "source": bytes_}
    return TakeBatch(**none | seen | {"source_matte": matte, "skin": skin})


def seen(batch: TakeBatch, seed: int) -> TakeBatch:
    return recoloured(batch, torch.Generator().manual_seed(seed))


def unchanged(before: TakeBatch, after: TakeBatch):
    """(B,) whether no pixel differs."""
    same = (after.composite - before.composite.float() / 255).abs().amax((1, 2, 3))
    return same == 0


def test_a_composite_is_true_where_it_was(batch):
    for seed in SEEDS:
        after = seen(batch, seed)
        near = (after.composite - after.truth).abs()
        assert near[:, :, : 80 - REACH_PX].max() == 0
        assert near[:, :, 80:].amax((1, 2, 3)).min() > 0.05


def test_a_quarter_stays_as_it_is_in_all_pictures_and_the_skin(batch):
    count = 0
    for seed in range(40):
        after = seen(batch, seed)
        same = unchanged(batch, after)
        count += int(same.sum())
        for name in PICTURES:
            before = getattr(batch, name)[same].float() / 255
            assert torch.equal(getattr(after, name)[same], before)
        assert torch.equal(after.skin[same], batch.skin[same])
        assert (after.skin[~same] != batch.skin[~same]).any(1).all()
    assert 0.15 < count / (40 * FRAMES) < 0.35


def test_neighbours_are_changed_alike(batch):
    still = replace(batch, **{
        name: getattr(batch, name)[0::2].repeat_interleave(2, 0) for name in (*PICTURES, "skin")
    })  # fmt: skip
    for seed in SEEDS:
        after = seen(still, seed)
        assert torch.equal(after.skin[0::2], after.skin[1::2])
        for name in PICTURES:
            picture = getattr(after, name)
            soft = torch.nn.functional.avg_pool2d(picture, 8)
            # Only their grain differs.
            assert (soft[0::2] - soft[1::2]).abs().max() < 0.05


def test_pairs_are_changed_differently(batch):
    alike = replace(batch, **{
        name: getattr(batch, name)[:1].repeat_interleave(FRAMES, 0) for name in (*PICTURES, "skin")
    })  # fmt: skip
    after = seen(alike, 2)
    changed = torch.nonzero(~unchanged(alike, after))[::2, 0].tolist()
    assert len(changed) >= 2
    first, second = (after.skin[k] for k in changed[:2])
    assert (first - second).abs().max() > 0.01


def test_the_skin_follows_the_skin_of_the_picture(batch):
    for seed in SEEDS:
        after = seen(batch, seed)
        shown = after.source[:, :, *FACE].mean((2, 3))
        assert (shown - after.skin).abs().max() < 0.04
        assert (shown - after.skin).abs().mean() < 0.012


def test_the_same_generator_takes_the_same_pictures(batch):
    for name in (*PICTURES, "skin"):
        assert torch.equal(getattr(seen(batch, 5), name), getattr(seen(batch, 5), name))


def test_pictures_are_floats_from_zero_to_one(batch):
    for seed in SEEDS:
        after = seen(batch, seed)
        for name in PICTURES:
            picture = getattr(after, name)
            assert picture.dtype == torch.float32
            assert picture.min() >= 0
            assert picture.max() <= 1
