import numpy as np
import pytest
import torch

from training.augment import Augment, voice_level
from training.codecs import Codecs
from training.noises import Noises, fast_size, unit


@pytest.fixture
def voices() -> torch.Tensor:
    """Tones that come and go, and one silence."""
    time_s = torch.arange(36_000) / 24_000
    hz = torch.tensor([150.0, 220.0, 310.0, 480.0, 700.0, 900.0, 1300.0, 0.0, 500.0, 260.0])
    return 0.3 * torch.sin(6.283 * hz[:, None] * time_s) * (torch.sin(9 * time_s) > 0)


def augment(seed: int = 0) -> Augment:
    return Augment("cpu", torch.Generator().manual_seed(seed))


def test_the_sound_stays_in_time_and_in_range(voices):
    heard, _ = augment()(voices)
    assert heard.shape == voices.shape
    assert torch.isfinite(heard).all()
    assert heard.abs().max() < 1.05


def test_the_same_draw_gives_the_same_sound(voices):
    torch.testing.assert_close(augment(3)(voices)[0], augment(3)(voices)[0])
    assert not torch.equal(augment(3)(voices)[0], augment(4)(voices)[0])


def test_levels_spread_over_the_gains_of_microphones():
    voice = 0.1 * torch.randn(64, 12_000, generator=torch.Generator().manual_seed(1))
    heard, _ = augment()(voice)
    level_db = 20 * torch.log10(voice_level(heard))[:, 0]
    assert level_db.max() - level_db.min() > 25


def test_silence_with_noise_has_no_other_voices(voices):
    babble = Noises("cpu", torch.Generator().manual_seed(0)).babble(voices)
    assert babble[7].abs().max() == 0.0
    assert babble[0].square().mean().sqrt() == pytest.approx(1.0, abs=1e-3)


def test_babble_is_of_the_others_from_a_crowd_without_gaps_to_few_near_voices():
    draw = torch.Generator().manual_seed(2)
    spoken = torch.rand((64, 60), generator=draw) < 0.5
    voices = torch.randn((64, 48_000), generator=draw) * spoken.repeat_interleave(800, 1)
    babble = Noises("cpu", draw).babble(voices)
    level_db = 10 * torch.log10(babble.unflatten(1, (-1, 800)).square().mean(2) + 1e-6)
    depth_db = level_db.std(1)
    assert depth_db.min() < 2.0
    assert depth_db.max() > 4.0
    own = (unit(voices) * babble).mean(1).abs()
    assert own.max() < 0.05


def test_a_sound_alone_has_only_itself_to_babble_with():
    voice = torch.randn((1, 24_000), generator=torch.Generator().manual_seed(3))
    babble = Noises("cpu", torch.Generator().manual_seed(0)).babble(voice)
    assert babble.square().mean().sqrt() == pytest.approx(1.0, abs=1e-3)


def test_crowds_stay_5_db_under_the_voice(voices):
    made = augment()
    for _ in range(10):
        _, level_db = made._noise(voices)
        assert level_db.max() <= -3.0


def test_a_telephone_codec_keeps_the_voice_and_drops_the_top():
    draw = torch.Generator().manual_seed(0)
    sound = 0.1 * torch.randn(16, 24_000, generator=draw)
    coded = Codecs("cpu", draw).transform_coded(sound)
    top = torch.fft.rfft(coded).abs()[:, 4500:].mean(1) / torch.fft.rfft(sound).abs().mean()
    assert (top < 0.05).sum() >= 3
    assert (top > 0.2).sum() >= 3
    low = [np.corrcoef(lowest(a), lowest(b))[0, 1] for a, b in zip(sound, coded, strict=True)]
    assert min(low) > 0.5


def lowest(sound: torch.Tensor) -> np.ndarray:
    spectrum = torch.fft.rfft(sound)
    spectrum[3000:] = 0
    return torch.fft.irfft(spectrum).numpy()


def test_companding_rounds_but_keeps_the_level(voices):
    coded = Codecs("cpu", torch.Generator().manual_seed(0)).companded(voices)
    assert (coded - voices).abs().max() < 0.05
    assert len(torch.unique(coded[0])) < 200


def test_lost_packets_leave_the_rest_as_it_was():
    sound = torch.ones(64, 24_000)
    heard = Codecs("cpu", torch.Generator().manual_seed(0)).lossy(sound)
    damaged = (heard != 1.0).float().mean(1)
    assert 2 <= (damaged > 0).sum() <= 20
    assert damaged.max() < 0.5


def test_a_held_sample_stays_for_three():
    sound = torch.arange(12.0)[None].repeat(1, 1)
    held = Codecs("cpu", torch.Generator()).held(sound)
    assert held[0].tolist() == [1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10]


@pytest.mark.parametrize("count", [7, 100, 24_000, 168_001])
def test_fast_sizes_are_little_larger_and_easily_divided(count):
    size = fast_size(count)
    assert count <= size <= 1.15 * count + 1
