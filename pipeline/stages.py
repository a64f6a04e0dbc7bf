"""The stages of the data flow as ports, and the two groups in which they are replaced."""

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from pipeline.motion_settings import MotionSettings
from pipeline.picture_settings import PictureSettings
from pipeline.stream_types import AudioChunk, BodyFrame, FaceFrame, SpeechFrame


class SpeechFeaturesStage(Protocol):
    """Sound to what is heard in it."""

    def init_state(self) -> Any: ...
    def step(self, chunk: AudioChunk, state: Any, /) -> tuple[SpeechFrame, Any]: ...


class FaceMotionStage(Protocol):
    """What is heard to the face, some frames later: `face.frame` < 0 while the look-ahead fills."""

    def init_state(self) -> Any: ...
    def step(self, speech: SpeechFrame, state: Any, /) -> tuple[FaceFrame, Any]: ...


class BodyMotionStage(Protocol):
    """The face and what is heard to torso, arms and hands."""

    def init_state(self) -> Any: ...
    def step(
        self, face: FaceFrame, speech: SpeechFrame, state: Any, /
    ) -> tuple[BodyFrame, Any]: ...


class TemplateStage(Protocol):
    """Motion to the geometry of the avatar's body."""

    def step(self, face: FaceFrame, body: BodyFrame, /) -> Any: ...


class MotionFieldStage(Protocol):
    """Geometry to where each pixel comes from."""

    def step(self, geometry: Any, /) -> Any: ...


class RendererStage(Protocol):
    """Motion field to the portrait, (768, 512, 3) uint8 sRGB."""

    @property
    def tier(self) -> str: ...
    def step(self, field: Any, /) -> np.ndarray: ...


class ComposerStage(Protocol):
    """Portrait to the picture that goes out, (height, width, 3) uint8 sRGB."""

    def compose(self, pixels: np.ndarray, /) -> np.ndarray: ...


@dataclass(frozen=True, slots=True)
class Choices:
    """What can change during a run.

    avatar: name in the gallery or path of a picture; "" for the first of the gallery
    style: name of a style preset
    settings: how strongly they move; picture: what surrounds them
    """

    avatar: str = ""
    style: str = "natural"
    settings: MotionSettings = field(default_factory=MotionSettings)
    picture: PictureSettings = field(default_factory=PictureSettings)


@dataclass(frozen=True, slots=True)
class MotionStages:
    """From sound to motion. provider: what computes their networks, as its engine reports it."""

    speech_features: SpeechFeaturesStage
    face_motion: FaceMotionStage
    body_motion: BodyMotionStage
    provider: str
    latency_s: float


@dataclass(frozen=True, slots=True)
class PictureStages:
    """From motion to picture, for one avatar.

    renderer: the best; lighter: those that draw the same person where it is too slow, the best
    first; provider: what computes the renderer's networks, "" where it has none
    """

    template: TemplateStage
    motion_field: MotionFieldStage
    renderer: RendererStage
    composer: ComposerStage
    lighter: tuple[RendererStage, ...] = ()
    provider: str = ""

    @property
    def renderers(self) -> tuple[RendererStage, ...]:
        """All, the best first."""
        return self.renderer, *self.lighter


class Assembly(Protocol):
    """Makes the stages; all calls raise UserError for what cannot be had."""

    @property
    def is_humbler(self) -> bool:
        """It computes on the CPU where a GPU did before; `restored` may be better."""
        ...

    def motion_stages(self, choices: Choices, /) -> MotionStages: ...
    def picture_stages(self, choices: Choices, /) -> PictureStages: ...
    def renewed(self, *, humbler: bool) -> "Assembly":
        """Another one with everything loaded anew; humbler: on the CPU and in the lite tier."""
        ...

    def restored(self) -> "Assembly":
        """What was asked for at first, with everything loaded anew."""
        ...
