"""From a photograph to an avatar: read -> choose the face -> frame -> track -> fit -> layers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np

from pipeline.portrait.drawn_person import with_drawn_person
from pipeline.portrait.face_choice import FACE_SCORE, ChosenFace, choose_face
from pipeline.portrait.fit import PortraitFit, fit_portrait
from pipeline.portrait.framing import (
    Face,
    Framed,
    cut_out,
    frame_portrait,
    shown_part,
    straightening,
    survey_matrix,
    transform_points,
)
from pipeline.portrait.landmarks import BodyLandmarks, FaceLandmarks, HandLandmarks
from pipeline.portrait.layers import Layers, MadeUp, face_shading, separate_layers
from pipeline.portrait.light_estimate import estimate_light
from pipeline.portrait.manual_points import ManualPoints
from pipeline.portrait.picture_file import Picture, read_picture
from pipeline.portrait.quality import Evidence, Finding, refuse_profile, report
from pipeline.portrait.settled_face import settled
from pipeline.portrait.trackers import Trackers

STEPS = (
    "Reading the picture",
    "Looking for the face",
    "Cutting out the portrait",
    "Fitting the body",
    "Separating person and background",
)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ImportedPortrait:
    """A picture turned into an avatar that is not saved yet.

    face, body: landmarks in pixels of the portrait `framed`; findings: what is wrong with it
    """

    picture: Picture
    chosen: ChosenFace
    framed: Framed
    face: FaceLandmarks
    body: BodyLandmarks | None
    fit: PortraitFit
    layers: Layers
    findings: tuple[Finding, ...]


def import_portrait(
    path: str | Path,
    *,
    face: int | None = None,
    points: ManualPoints | None = None,
    on_progress: Callable[[int], None] | None = None,
    trackers: Trackers | None = None,
) -> ImportedPortrait:
    """Make an avatar of the person in a picture.

    face: which one of several, from 1, left to right; the largest where None
    points: where eyes and mouth are, where no face is found
    on_progress: called with the number of STEPS that are done

    Raises MediaError where the file is no picture, AvatarError where it shows no usable face.
    """

    def done(count: int, result: Result) -> Result:
        if on_progress is not None:
            on_progress(count)
        return result

    trackers = trackers or Trackers.load()
    picture = done(1, read_picture(path))
    chosen = done(2, choose_face(picture, trackers, face, points))
    refuse_profile(chosen.landmarks)
    framed = done(3, _framed(picture, chosen, trackers))
    seen, body, probability, hands = _track(framed, chosen, trackers)
    made_up = None if framed.body is None else MadeUp(framed.known, framed.body)
    with ThreadPoolExecutor(1) as thread:
        separated = thread.submit(
            separate_layers, framed.pixels, probability, framed.alpha, seen, made_up=made_up
        )
        fit = done(4, settled(fit_portrait(seen, body)))
        layers = _lit(framed, separated.result(), fit)
    evidence = Evidence(picture, chosen, framed, seen, body, hands, probability)
    findings = tuple(report(evidence))
    return done(5, ImportedPortrait(picture, chosen, framed, seen, body, fit, layers, findings))


def _lit(framed: Framed, layers: Layers, fit: PortraitFit) -> Layers:
    """The layers with their light, which alone needs the fit."""
    shading = face_shading(framed.pixels, layers.regions, fit)
    return replace(layers, light=estimate_light(shading))


def _framed(picture: Picture, chosen: ChosenFace, trackers: Trackers) -> Framed:
    face = Face.of(chosen.landmarks)
    body = trackers.body_landmarks(picture.pixels, chosen.box)
    askew_rad = straightening(face, body)
    to_survey = survey_matrix(face, askew_rad)
    if picture.alpha is not None:
        person = cut_out(picture.alpha, to_survey).astype(np.float32) / 255
        return frame_portrait(picture, face, askew_rad, person)
    survey = cut_out(picture.pixels, to_survey)
    seen = shown_part(picture.pixels.shape[1::-1], to_survey)
    points = transform_points(to_survey, chosen.landmarks.points)
    placed = FaceLandmarks(points, chosen.landmarks.score)
    person = with_drawn_person(survey, _person_in(survey, seen, trackers), placed)
    return frame_portrait(picture, face, askew_rad, person)


def _person_in(survey: np.ndarray, seen: np.ndarray, trackers: Trackers) -> np.ndarray:
    """(768, 512) the person's probability; the network looks at nothing but the picture."""
    left, top, width, height = cv2.boundingRect(seen.astype(np.uint8))
    part = (slice(top, top + height), slice(left, left + width))
    probability = np.zeros(seen.shape, np.float32)
    probability[part] = trackers.person_probability(np.ascontiguousarray(survey[part]))
    return probability


def _track(
    framed: Framed, chosen: ChosenFace, trackers: Trackers
) -> tuple[FaceLandmarks, BodyLandmarks | None, np.ndarray, tuple[HandLandmarks, ...]]:
    """Landmarks of face and body, outline and hands once more, in the portrait itself."""
    placed = FaceLandmarks(framed.place(chosen.landmarks.points), chosen.landmarks.score)
    box = framed.place_box(chosen.box)
    with ThreadPoolExecutor() as threads:
        body = threads.submit(trackers.body_landmarks, framed.pixels, box)
        probability = threads.submit(trackers.person_probability, framed.pixels)
        seen = placed
        if not chosen.by_hand:
            seen = trackers.face_landmarks(framed.pixels, placed)
            seen = seen if seen.score >= FACE_SCORE else placed
        hands = tuple(trackers.hands(framed.pixels, body.result()))
        person = with_drawn_person(framed.pixels, probability.result(), seen)
        return seen, body.result(), person, hands
