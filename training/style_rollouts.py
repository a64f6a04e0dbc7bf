"""Motions that the product's own stages make, in drawn styles, for the style encoder.

`python -m training.style_rollouts --shards cache/speech/shards --out cache/rollouts`:
an .npz holds what the style encoder observes of a motion and the knobs that it was made with.
"""

import argparse
from pathlib import Path

import numpy as np

from pipeline.body_motion import BodyMotion
from pipeline.face_motion import FaceMotion
from pipeline.model_folder import MODELS
from pipeline.motion_file import Motion
from pipeline.motion_settings import MotionSettings
from pipeline.network import load_network
from pipeline.rates import FPS, SAMPLES_PER_FRAME
from pipeline.sound_file import decode_audio
from pipeline.speech_features import SpeechFeatures
from pipeline.stream_types import AudioChunk
from pipeline.style import Style
from pipeline.style_observation import observe
from pipeline.template import load_template
from training.performance.performances import drawn_style


class Stages:
    """The shipped networks, in any style."""

    def __init__(self) -> None:
        self._speech = load_network(MODELS / "speech", "cpu")
        self._face = load_network(MODELS / "face_motion", "cpu")
        self._body = load_network(MODELS / "body_motion", "cpu")
        template = load_template()
        self.skeleton = template.skeleton(np.zeros(len(template.identity_names)))

    def play(self, samples: np.ndarray, knobs: np.ndarray, seed: int) -> Motion:
        """The motion to (N,) samples in a style of (14,) knobs."""
        style = Style("drawn", "Drawn", tuple(map(float, knobs)))
        speech = SpeechFeatures(self._speech)
        face = FaceMotion(self._face, style, MotionSettings(), seed=seed)
        body = BodyMotion(self._body, self.skeleton, style, MotionSettings(), seed)
        speech_state, face_state = speech.init_state(), face.init_state()
        body_state, motion = body.init_state(), Motion()
        for first in range(0, len(samples) - SAMPLES_PER_FRAME + 1, SAMPLES_PER_FRAME):
            chunk = AudioChunk(samples[first : first + SAMPLES_PER_FRAME], first, 0.0)
            heard, speech_state = speech.step(chunk, speech_state)
            shown, face_state = face.step(heard, face_state)
            if shown.frame >= 0:
                moved, body_state = body.step(shown, heard, body_state)
                motion.append(shown, moved)
        return motion


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, default=Path("cache/speech/shards"))
    parser.add_argument("--out", type=Path, default=Path("cache/rollouts"))
    parser.add_argument("--first", type=int, default=0, help="number of the first motion")
    parser.add_argument("--count", type=int, default=160)
    parser.add_argument("--seconds", type=int, default=30, help="length of each motion")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sounds = sorted(options.shards.glob("*.opus"))
    stages = Stages()
    for number in range(options.first, options.first + options.count):
        path = options.out / f"{number:04d}.npz"
        if path.exists():
            continue
        draw = np.random.default_rng([number, 2])
        samples = decode_audio(sounds[draw.integers(len(sounds))])
        size = options.seconds * FPS * SAMPLES_PER_FRAME
        first = int(draw.integers(max(1, len(samples) - size)))
        knobs = drawn_style(draw)
        motion = stages.play(samples[first : first + size], knobs, number)
        observed = observe(motion.arrays(), stages.skeleton)
        with path.with_suffix(".part").open("wb") as file:
            np.savez(file, observed=observed, style=knobs)
        path.with_suffix(".part").rename(path)


if __name__ == "__main__":
    main()
