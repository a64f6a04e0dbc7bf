"""Can the presets be told apart by what is seen in eight seconds?

A linear classifier on means, sizes and speeds of the
channels, trained on some seeds and sections of speech, tested on others.
Known weaknesses: few clips (8 s each), so a share is only good to about two points; a classifier
sees differences of resting pose that no person would.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bench.motion.material import Material
from bench.motion.player import Manner
from bench.motion.tracks import Tracks
from pipeline.rates import FPS

CLIP_S = 8.0
# What the stages do in the first seconds is the same for all.
SETTLING_S = 2.0
# Series of seeds.
TRAINING_SEED, TEST_SEED, SEEDS_APART = 1, 2, 10
_SHRINKAGE = 0.3
_FARTHEST = 8.0
_SMALLEST = 1e-4

# From the number of a section and a manner to a motion.
Play = Callable[[int, Manner], Tracks]


@dataclass(frozen=True, slots=True)
class Classification:
    """accuracy: mean over styles of the share recognised; confusion: rows are the true styles
    counts, in the order of `styles`"""

    styles: tuple[str, ...]
    test_clips: int
    accuracy: float
    confusion: list[list[int]]


def classify(material: Material, play: Play) -> Classification:
    """Trains on two thirds of the sections, tests on the others."""
    training, test = material.training_sections, material.test_sections
    model = LinearClassifier(*_examples(material.styles, training, TRAINING_SEED, play))
    features, labels = _examples(material.styles, test, TEST_SEED, play)
    return classification(material.styles, labels, model(features))


def manner_of(style: str, seed: int, section: int) -> Manner:
    """A seed is a person with habits, so every section gets another one of the same series."""
    return Manner(style, seed=seed + SEEDS_APART * section)


def classification(styles: tuple[str, ...], true: np.ndarray, found: np.ndarray) -> Classification:
    """From (N,) indices into `styles`."""
    confusion = np.zeros((len(styles), len(styles)), int)
    np.add.at(confusion, (true, found), 1)
    recalls = confusion.diagonal() / np.maximum(confusion.sum(axis=1), 1)
    accuracy = round(float(recalls.mean()), 4)
    return Classification(styles, len(true), accuracy, confusion.tolist())


def _examples(
    styles: tuple[str, ...], sections: range, seed: int, play: Play
) -> tuple[np.ndarray, np.ndarray]:
    features, labels = [], []
    for label, style in enumerate(styles):
        for section in sections:
            for clip in clips_of(play(section, manner_of(style, seed, section))):
                features.append(clip_features(clip))
                labels.append(label)
    return np.array(features), np.array(labels)


def clips_of(tracks: Tracks) -> list[Tracks]:
    """Whole clips behind the settling of the start."""
    first, size = round(SETTLING_S * FPS), round(CLIP_S * FPS)
    starts = range(first, len(tracks) - size + 1, size)
    return [tracks.between(start, start + size) for start in starts]


def clip_features(tracks: Tracks) -> np.ndarray:
    """Mean, 90th percentile, size and speed of every channel of face, head, gaze, torso and hands;
    sizes and speeds as logarithms, since styles scale them."""
    parts = (tracks.actions, tracks.head_deg, tracks.gaze_deg, tracks.torso_deg, tracks.hands_m)
    channels = np.concatenate(parts, axis=1)
    size = np.log(channels.std(axis=0) + _SMALLEST)
    speed = np.log(np.abs(np.diff(channels, axis=0)).mean(axis=0) + _SMALLEST)
    high = np.percentile(channels, 90.0, axis=0)
    return np.concatenate((channels.mean(axis=0), high, size, speed))


class LinearClassifier:
    """LinearClassifier(features (N, F), labels (N,)): labels (M,) of other features (M, F).

    Linear discriminant analysis with a shrunken covariance (Friedman 1989); unlike a regression
    against each class it also finds a class that lies between two others.
    """

    def __init__(self, features: np.ndarray, labels: np.ndarray) -> None:
        means = np.array([features[labels == k].mean(axis=0) for k in range(labels.max() + 1)])
        within = features - means[labels]
        self._scale = within.std(axis=0) + _SMALLEST
        within /= self._scale
        covariance = (1.0 - _SHRINKAGE) * within.T @ within / len(within)
        covariance += _SHRINKAGE * np.eye(within.shape[1])
        # A channel that hardly moved in training must not shout in the test.
        self._middle = means.mean(axis=0)
        places = self._standard(means)
        self._weights = np.linalg.solve(covariance, places.T)
        self._offset = -0.5 * np.einsum("kf,fk->k", places, self._weights)

    def _standard(self, features: np.ndarray) -> np.ndarray:
        return np.clip((features - self._middle) / self._scale, -_FARTHEST, _FARTHEST)

    def __call__(self, features: np.ndarray) -> np.ndarray:
        return (self._standard(features) @ self._weights + self._offset).argmax(axis=1)
