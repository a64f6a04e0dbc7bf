"""Runs of the speech encoder's training, by name."""

from dataclasses import dataclass

from pipeline.networks.sizes import SpeechEncoderSizes
from pipeline.networks.speech_encoder import ALL_HEADS

FULL_SIZES = SpeechEncoderSizes(
    conv_channels=128, frame_channels=256, convolutions=4, past_hops=20, recurrent_layers=3,
    heads=ALL_HEADS,
)  # fmt: skip
_TINY_SIZES = SpeechEncoderSizes(
    conv_channels=8, frame_channels=12, feature_size=16, convolutions=3, past_hops=16,
    recurrent_layers=3, heads=ALL_HEADS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpeechRun:
    """One training run; saved beside its checkpoints. batch: crops per process and step."""

    sizes: SpeechEncoderSizes = FULL_SIZES
    total_samples: int = 280_000
    batch: int = 256
    crop_frames: int = 192
    learning_rate: float = 2e-3
    weight_decay: float = 0.05
    dropout: float = 0.2
    warm_up_samples: int = 15_000
    average: float = 0.99
    muted_share: float = 0.06
    seed: int = 1


PRESETS = {
    "full": SpeechRun(),
    "long": SpeechRun(total_samples=420_000, dropout=0.3),
    "test": SpeechRun(
        sizes=_TINY_SIZES, total_samples=48, batch=6, crop_frames=30, warm_up_samples=12,
        average=0.9,
    ),
}  # fmt: skip
