"""Everything between sound and picture for one set of choices."""

from dataclasses import dataclass, replace

import numpy as np

from pipeline.quality import Tier, ladder
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.sentence import Sentence
from pipeline.stages import Assembly, Choices, MotionStages, PictureStages
from pipeline.stream_types import AudioChunk

# More than any look-ahead; pictures: slow first calls are over after the second.
WARM_UP_FRAMES, WARM_UP_PICTURES = 16, 3


@dataclass(frozen=True, slots=True)
class Engine:
    """The stages for `choices`, made by `assembly`."""

    assembly: Assembly
    choices: Choices
    motion: MotionStages
    picture: PictureStages

    @property
    def provider(self) -> str:
        """What really computes the networks."""
        providers = (*self.motion.provider.split(" + "), self.picture.provider)
        return " + ".join(dict.fromkeys(filter(None, providers)))

    @property
    def title(self) -> Sentence:
        """What draws and computes."""
        tier, provider = self.picture.renderer.tier, self.provider
        return Sentence("{tier} on {provider}", tier=tier, provider=provider)

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """What it can draw, the best first."""
        return ladder([renderer.tier for renderer in self.picture.renderers])

    def following(self, choices: Choices) -> "Engine":
        """The same for other choices. Raises UserError for those that cannot be had."""
        before, motion, picture = self.choices, self.motion, self.picture
        if replace(choices, picture=before.picture) != before:
            # Also for another avatar: arms are moved by the lengths of its bones.
            motion = self.assembly.motion_stages(choices)
        if (choices.avatar, choices.picture) != (before.avatar, before.picture):
            picture = self.assembly.picture_stages(choices)
        return replace(self, choices=choices, motion=motion, picture=picture)

    def renewed(self, *, humbler: bool) -> "Engine":
        """The same loaded anew and used once; humbler: on the CPU and in the lite tier."""
        return _used(make_engine(self.assembly.renewed(humbler=humbler), self.choices))

    def restored(self) -> "Engine":
        """What was asked for before a humbler one took its place, loaded anew and used once."""
        return _used(make_engine(self.assembly.restored(), self.choices))

    def warm_up(self) -> None:
        """Take the slow first calls of every stage."""
        motion, picture = self.motion, self.picture
        speech_state = motion.speech_features.init_state()
        face_state = motion.face_motion.init_state()
        body_state = motion.body_motion.init_state()
        silence = np.zeros(SAMPLES_PER_FRAME, np.float32)
        pictures = 0
        for index in range(WARM_UP_FRAMES):
            chunk = AudioChunk(silence, index * SAMPLES_PER_FRAME, 0.0)
            speech, speech_state = motion.speech_features.step(chunk, speech_state)
            face, face_state = motion.face_motion.step(speech, face_state)
            if face.frame < 0:
                continue
            body, body_state = motion.body_motion.step(face, speech, body_state)
            field = picture.motion_field.step(picture.template.step(face, body))
            for renderer in picture.renderers:
                picture.composer.compose(renderer.step(field))
            pictures += 1
            if pictures == WARM_UP_PICTURES:
                return


def make_engine(assembly: Assembly, choices: Choices) -> Engine:
    """Raises UserError for choices that cannot be had."""
    motion, picture = assembly.motion_stages(choices), assembly.picture_stages(choices)
    return Engine(assembly, choices, motion, picture)


def _used(engine: Engine) -> Engine:
    engine.warm_up()
    return engine
