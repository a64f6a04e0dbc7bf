"""Sizes of the networks, known without torch; each `kind` of a model folder names one of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpeechEncoderSizes:
    """Sizes of a speech encoder.

    visemes, activities: classes of its heads
    past_hops: hops that its convolutions see before a frame; skipped_hops: those of the second
    """

    mel_channels: int = 65
    conv_channels: int = 96
    frame_channels: int = 192
    feature_size: int = 256
    visemes: int = 15
    activities: int = 3
    past_hops: int = 12
    skipped_hops: int = 4

    def init_state(self) -> dict[str, tuple[tuple[int, ...], float]]:
        """Shape and value of each array of the state after silence, for one stream."""
        return {
            "mel_past": ((1, self.past_hops, self.mel_channels), -4.0),
            "hidden": ((2, 1, self.feature_size), 0.0),
        }


@dataclass(frozen=True, slots=True)
class FaceRegressorSizes:
    """Sizes of a face regressor.

    poses: names of the outputs in their order: facial actions without side ("mouthSmile" drives
        both) and `head_pitch` in units of 0.1 rad
    """

    poses: tuple[str, ...]
    feature_size: int = 256
    style_size: int = 8
    largest_lookahead: int = 4
    hidden_size: int = 160

    def init_state(self) -> dict[str, tuple[tuple[int, ...], float]]:
        """Shape and value of each array of the state at the start, for one stream."""
        return {"hidden": ((1, 1, self.hidden_size), 0.0)}


@dataclass(frozen=True, slots=True)
class StyleEncoderSizes:
    """Sizes of a style encoder. channels: of pipeline.style_observation; knobs: of a style."""

    channels: int = 66
    hidden_size: int = 128
    knobs: int = 14

    def init_state(self) -> dict[str, tuple[tuple[int, ...], float]]:
        """It reads a whole motion at once and keeps no state."""
        return {}


KINDS = {
    "speech_encoder": SpeechEncoderSizes,
    "face_regressor": FaceRegressorSizes,
    "style_encoder": StyleEncoderSizes,
}
