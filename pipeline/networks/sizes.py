"""Sizes of the networks, known without torch; each `kind` of a model folder names one of them."""

from dataclasses import dataclass

# heads of a speech encoder that end in as many logits as there are visemes; the others in one each,
# but for the classes of "activity"
VISEME_HEADS = ("viseme", "late_viseme")


@dataclass(frozen=True, slots=True)
class SpeechEncoderSizes:
    """Sizes of a speech encoder.

    visemes, activities: classes of its heads
    past_hops: hops that its convolutions see before a frame; skipped_hops: those of each of them
    convolutions: how many run at the rate of hops; recurrent_layers: layers at the rate of frames
    heads: what it tells beside the feature, see networks.speech_encoder
    """

    mel_channels: int = 65
    conv_channels: int = 96
    frame_channels: int = 192
    feature_size: int = 256
    visemes: int = 15
    activities: int = 3
    past_hops: int = 12
    skipped_hops: int = 4
    convolutions: int = 2
    recurrent_layers: int = 2
    heads: tuple[str, ...] = ("viseme", "activity", "stress")

    def init_state(self) -> dict[str, tuple[tuple[int, ...], float]]:
        """Shape and value of each array of the state after silence, for one stream."""
        return {
            "mel_past": ((1, self.past_hops, self.mel_channels), -4.0),
            "hidden": ((self.recurrent_layers, 1, self.feature_size), 0.0),
        }

    def head_width(self, head: str) -> int:
        """How many values a head gives per frame."""
        if head in VISEME_HEADS:
            return self.visemes
        return self.activities if head == "activity" else 1


@dataclass(frozen=True, slots=True)
class StyleEncoderSizes:
    """Sizes of a style encoder. channels: of pipeline.style_observation; knobs: of a style."""

    channels: int = 66
    hidden_size: int = 128
    knobs: int = 14

    def init_state(self) -> dict[str, tuple[tuple[int, ...], float]]:
        """It reads a whole motion at once and keeps no state."""
        return {}


@dataclass(frozen=True, slots=True)
class MotionTransformerSizes:
    """Sizes of a motion transformer, the face's or the body's.

    face_size: of the face vector that the body is given, 0 for the face itself
    lookaheads: numbers of frames of look-ahead it tells apart, 0 if it does not
    closed: 1 if it also says whether the lips touch
    onsets: kinds of moves whose beginnings, and where they lead, it decides on
    rests: 1 if it is told the pose to come to rest in
    hidden: width of the layers between attentions; window_frames: how far back attention reaches
    """

    motion_size: int = 52
    feature_size: int = 256
    style_size: int = 14
    states: int = 3
    lookaheads: int = 0
    face_size: int = 0
    closed: int = 0
    onsets: int = 0
    rests: int = 0
    layers: int = 5
    width: int = 192
    heads: int = 4
    hidden: int = 512
    window_frames: int = 90

    @property
    def noise_size(self) -> int:
        """Of the noise of a frame: the motion's, behind it what onsets and goals are drawn by."""
        return self.motion_size + (self.onsets + self.motion_size if self.onsets else 0)

    def init_state(self) -> dict[str, tuple[tuple[int, ...], float]]:
        """Shape and value of each array of the state at rest without a past, for one stream."""
        memory = (self.layers, 1, self.heads, self.window_frames - 1, self.width // self.heads)
        state = {
            "velocity": ((1, 1, self.motion_size), 0.0),
            "keys": (memory, 0.0),
            "values": (memory, 0.0),
            "valid": ((1, self.window_frames - 1), 0.0),
        }
        if self.onsets:
            state["onset"] = ((1, 1, self.onsets), 0.0)
            state["goal"] = ((1, 1, self.motion_size), 0.0)
        return state


def face_motion_sizes() -> MotionTransformerSizes:
    """The face: hears with 0 to 4 frames of look-ahead and says when the lips touch."""
    return MotionTransformerSizes(lookaheads=5, closed=1)


def body_motion_sizes() -> MotionTransformerSizes:
    """The body: sees the face; one knob more, the intensity of gestures. It decides when the hands
    rise, strike, go back for the next stroke and sink."""
    return MotionTransformerSizes(
        style_size=15, face_size=52, onsets=4, rests=1, layers=6, hidden=480
    )


@dataclass(frozen=True, slots=True)
class PainterSizes:
    """Sizes of a painter. width: channels at half size, more below; source_channels: of what it
    knows of the portrait at a quarter; pictures: how many it sees, see networks.painter
    blocks: at a sixteenth"""

    width: int = 32
    source_channels: int = 32
    pictures: int = 2
    blocks: int = 3

    def init_state(self) -> dict[str, tuple[tuple[int, ...], float]]:
        """It sees one frame and keeps no state."""
        return {}


@dataclass(frozen=True, slots=True)
class PaintersSizes:
    """Sizes of both painters of the full tier, those of the face refinement with that prefix."""

    width: int = 32
    source_channels: int = 32
    blocks: int = 2
    face_width: int = 32
    face_source_channels: int = 24
    face_blocks: int = 1

    @property
    def generator(self) -> PainterSizes:
        """The whole picture: sees the composite and the scene behind."""
        return PainterSizes(self.width, self.source_channels, 2, self.blocks)

    @property
    def face(self) -> PainterSizes:
        """The face: sees what the generator made, the composite and the scene behind."""
        return PainterSizes(self.face_width, self.face_source_channels, 3, self.face_blocks)

    def init_state(self) -> dict[str, tuple[tuple[int, ...], float]]:
        """They see one frame and keep no state."""
        return {}


@dataclass(frozen=True, slots=True)
class LitePainterSizes:
    """Sizes of the lite tier's painter. width: channels at a quarter of the face's square, double
    at an eighth"""

    width: int = 16

    def init_state(self) -> dict[str, tuple[tuple[int, ...], float]]:
        """It sees one frame and keeps no state."""
        return {}


@dataclass(frozen=True, slots=True)
class ImplicitSizes:
    """Sizes of the implicit offset's network. motion_size: as pipeline.implicit_motion makes it"""

    motion_size: int = 309
    width: int = 192

    def init_state(self) -> dict[str, tuple[tuple[int, ...], float]]:
        """What moved before is part of its input."""
        return {}


KINDS = {
    "speech_encoder": SpeechEncoderSizes,
    "style_encoder": StyleEncoderSizes,
    "motion_transformer": MotionTransformerSizes,
    "painters": PaintersSizes,
    "lite_painter": LitePainterSizes,
    "implicit": ImplicitSizes,
}
