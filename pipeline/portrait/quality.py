"""What is wrong with a picture as a portrait, in plain words, and what to do about it."""

from dataclasses import asdict, dataclass

import cv2
import numpy as np

from pipeline.errors import AvatarError
from pipeline.portrait.face_choice import ChosenFace
from pipeline.portrait.framing import Face, Framed
from pipeline.portrait.landmarks import BodyLandmarks, BodyPoint, FaceLandmarks, HandLandmarks
from pipeline.portrait.picture_file import Picture
from pipeline.sentence import Sentence

# Pixels of the file between the eyes; the portrait shows about 80.
FEW_EYES_PX = 45.0
LARGEST_YAW_DEG, PROFILE_DEG = 35.0, 60.0
LARGEST_PITCH_DEG = 25.0
LARGEST_TILT_DEG = 15.0
# Gap of the inner lips in distances of the eyes; height of an eye's opening to its width.
OPEN_MOUTH = 0.13
CLOSED_EYE = 0.15
DARK, BRIGHT = 52.0, 232.0
# Standard deviation of the Laplacian to that of the brightness in the face.
BLURRED = 0.055
SEEN_SHOULDER = 0.5
HAND_AT_MOUTH_EYES = 0.9
# From the eyes to the top of a head without hair is more, in distances of the eyes.
SMALLEST_CROWN_EYES = 1.4
# Brightest part of the eyes to that of the cheeks, behind dark glasses less.
HIDDEN_EYES = 0.3
# Colour distances in CIE Lab of 8 bits: of lips to what is around them, of a mask to the cheeks.
LIPLESS, COVER = 6.0, 14.0
# Of a grey from where Lab has none, and what counts as one.
LAB_NEUTRAL, COLOURLESS = 128.0, 6.0
INNER_LIPS = (13, 14)
MOUTH = (78, 308, 13, 14)
NOSE, CHIN, FOREHEAD = 1, 152, 10
OUTER_EYES = (33, 263)
EYES = ((159, 145, 33, 133), (386, 374, 263, 362))
CHEEKS = (50, 101, 118, 280, 330, 347)
LIPS = (11, 72, 302, 16, 85, 315)
LOWER_FACE = (164, 200, 43, 273, 204, 424, 18)
FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """code: for programs; sentence: what is the matter; advice: what to do"""

    code: str
    sentence: str
    advice: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the report is made from; landmarks are in pixels of the portrait."""

    picture: Picture
    chosen: ChosenFace
    framed: Framed
    face: FaceLandmarks
    body: BodyLandmarks | None
    hands: tuple[HandLandmarks, ...]
    person: np.ndarray


def yaw_deg(face: FaceLandmarks) -> float:
    """How far the face is turned to a side, without sign."""
    across = face.points[OUTER_EYES[1]] - face.points[OUTER_EYES[0]]
    return float(np.degrees(np.arctan2(abs(across[2]), np.hypot(across[0], across[1]))))


def pitch_deg(face: FaceLandmarks) -> float:
    """How far the face looks down (+) or up (-)."""
    down = face.points[CHIN] - face.points[FOREHEAD]
    return float(np.degrees(np.arctan2(down[2], np.hypot(down[0], down[1]))))


def refuse_profile(face: FaceLandmarks) -> None:
    """Raise AvatarError where half of the face is hidden."""
    if yaw_deg(face) > PROFILE_DEG:
        raise AvatarError(
            "The face is seen from the side; use a picture in which the person looks towards you."
        )


def report(evidence: Evidence) -> list[Finding]:
    """Everything that will show in the avatar, the gravest first."""
    findings = [check(evidence) for check in CHECKS]
    return [finding for finding in findings if finding is not None]


def _several_faces(evidence: Evidence) -> Finding | None:
    chosen = evidence.chosen
    if chosen.count < 2:
        return None
    return Finding(
        "several_faces",
        Sentence(
            "The picture shows {count} faces; number {number} from the left was taken.",
            count=chosen.count,
            number=chosen.number,
        ),
        "Choose another one by its number (avatar import --face), or show one person only.",
    )


def _by_hand(evidence: Evidence) -> Finding | None:
    if not evidence.chosen.by_hand:
        return None
    return Finding(
        "points_used",
        "No face was recognised; it is moved by the points you gave.",
        "Give the points as exactly as you can.",
    )


def _too_small(evidence: Evidence) -> Finding | None:
    eyes_px = Face.of(evidence.chosen.landmarks).eyes_px / evidence.picture.scale
    if eyes_px >= FEW_EYES_PX:
        return None
    return Finding(
        "too_small",
        Sentence(
            "The face is small: {eyes_px:.0f} pixels from eye to eye, so the avatar looks soft.",
            eyes_px=eyes_px,
        ),
        "Use a picture with at least 80 pixels from eye to eye.",
    )


def _blurred(evidence: Evidence) -> Finding | None:
    if Face.of(evidence.chosen.landmarks).eyes_px < FEW_EYES_PX or sharpness(evidence) >= BLURRED:
        return None
    return Finding("blurred", "The face is blurred.", "Use a sharper picture.")


def _light(evidence: Evidence) -> Finding | None:
    grey = _face_grey(evidence)
    level = float(np.median(grey)) if len(grey) else 128.0
    if level < DARK:
        return Finding("too_dark", "The face is dark.", "Use a picture with light on the face.")
    if level > BRIGHT:
        return Finding("too_bright", "The face is overexposed.", "Use a darker picture.")
    return None


def _turned(evidence: Evidence) -> Finding | None:
    angle = yaw_deg(evidence.face)
    if angle <= LARGEST_YAW_DEG:
        return None
    return Finding(
        "turned",
        Sentence(
            "The face is turned away by about {angle:.0f} degrees; its far side looks strange.",
            angle=angle,
        ),
        "Use a picture in which the person looks towards you.",
    )


def _nodding(evidence: Evidence) -> Finding | None:
    angle = pitch_deg(evidence.face)
    if abs(angle) <= LARGEST_PITCH_DEG:
        return None
    return Finding(
        "looks_up" if angle < 0 else "looks_down",
        "The face looks up a lot." if angle < 0 else "The face looks down a lot.",
        "Use a picture taken at the height of the eyes.",
    )


def _tilted(evidence: Evidence) -> Finding | None:
    matrix = evidence.framed.matrix
    turned = float(np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0])))
    # A picture that lies on its side is none of a tilted head.
    angle = abs((turned + 45) % 90 - 45)
    if angle <= LARGEST_TILT_DEG:
        return None
    return Finding(
        "tilted",
        Sentence("The head is tilted; the picture was turned by {angle:.0f} degrees.", angle=angle),
        "Use a picture with the head upright.",
    )


def _covered_mouth(evidence: Evidence) -> Finding | None:
    if not (_hand_at_mouth(evidence) or _mask(evidence)):
        return None
    return Finding(
        "covered_mouth",
        "Something covers the mouth, so it cannot speak well.",
        "Use a picture in which the mouth is free.",
    )


def _open_mouth(evidence: Evidence) -> Finding | None:
    upper, lower = evidence.face.points[list(INNER_LIPS), :2]
    if np.linalg.norm(lower - upper) < OPEN_MOUTH * Face.of(evidence.face).eyes_px:
        return None
    return Finding(
        "open_mouth",
        "The mouth is open, so closed lips have to be made up.",
        "Use a picture with the lips closed.",
    )


def _closed_eyes(evidence: Evidence) -> Finding | None:
    points = evidence.face.points[:, :2]
    openings = [
        np.linalg.norm(points[a] - points[b]) / max(np.linalg.norm(points[c] - points[d]), 1e-6)
        for a, b, c, d in EYES
    ]
    if max(openings) >= CLOSED_EYE:
        return None
    return Finding(
        "closed_eyes", "The eyes are closed.", "Use a picture in which the eyes are open."
    )


def _hidden_eyes(evidence: Evidence) -> Finding | None:
    if eye_light(evidence) >= HIDDEN_EYES:
        return None
    return Finding(
        "hidden_eyes",
        "The eyes cannot be seen, so they neither blink nor look around.",
        "Use a picture without dark glasses.",
    )


def _head_cut(evidence: Evidence) -> Finding | None:
    face = Face.of(evidence.face)
    reach = round(0.8 * face.eyes_px)
    middle = round(float(face.centre[0]))
    columns = slice(max(middle - reach, 0), max(middle + reach, 1))
    known, person = evidence.framed.known[:, columns], evidence.person[:, columns]
    first = known.argmax(0)
    too_near = face.centre[1] - first.mean() < SMALLEST_CROWN_EYES * face.eyes_px
    row = np.minimum(first + 3, len(known) - 1)
    at_end = np.take_along_axis(person, row[None], 0)[0] > 0.5
    if not too_near and (at_end & known.any(0)).mean() < 0.25:
        return None
    return Finding(
        "head_cut",
        "The top of the head is cut off and was made up.",
        "Use a picture that shows the whole head.",
    )


def _no_shoulders(evidence: Evidence) -> Finding | None:
    body, known = evidence.body, evidence.framed.known
    if body is not None:
        height, width = known.shape
        ends = [BodyPoint.LEFT_SHOULDER, BodyPoint.RIGHT_SHOULDER]
        column, row = np.floor(body.points[ends, :2]).astype(int).T
        inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        shown = known[np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)] & inside
        if (shown & (body.visibility[ends] > SEEN_SHOULDER)).any():
            return None
    return Finding(
        "no_shoulders",
        "The shoulders are not in the picture and were made up.",
        "Use a picture that shows the person down to the chest.",
    )


def _animated(evidence: Evidence) -> Finding | None:
    if not evidence.picture.animated:
        return None
    return Finding(
        "animated", "The picture is animated; its first frame was taken.", "Use a still picture."
    )


def sharpness(evidence: Evidence) -> float:
    """Fine detail of the face to its contrast, at the portrait's size; below BLURRED it is soft."""
    x0, y0 = np.maximum(evidence.face.points[:468, :2].min(0), 0).astype(int)
    x1, y1 = evidence.face.points[:468, :2].max(0).astype(int)
    crop = cv2.cvtColor(evidence.framed.pixels[y0:y1, x0:x1], cv2.COLOR_RGB2GRAY)
    grey = cv2.GaussianBlur(crop, (0, 0), 0.8).astype(np.float32)
    return float(cv2.Laplacian(grey, cv2.CV_32F).std() / max(float(grey.std()), 4.0))


def eye_light(evidence: Evidence) -> float:
    """The white of the eyes to the cheeks."""
    grey = cv2.cvtColor(evidence.framed.pixels, cv2.COLOR_RGB2GRAY)
    inside = np.zeros(grey.shape, np.uint8)
    for eye in EYES:
        corners = evidence.face.points[[eye[2], eye[0], eye[3], eye[1]], :2]
        cv2.fillPoly(inside, [np.round(corners).astype(np.int32)], 255)
    cheeks = _at(grey, evidence.face, CHEEKS)
    if not (inside.any() and len(cheeks)):
        return 1.0
    return float(np.percentile(grey[inside > 0], 85) / max(float(np.median(cheeks)), 1.0))


def _face_grey(evidence: Evidence) -> np.ndarray:
    pixels = evidence.framed.pixels
    mask = np.zeros(pixels.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(evidence.face.points[list(FACE_OVAL), :2]).astype(np.int32)], 255)
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[mask > 0]


def _hand_at_mouth(evidence: Evidence) -> bool:
    mouth = evidence.face.points[list(MOUTH), :2].mean(0)
    reach = HAND_AT_MOUTH_EYES * Face.of(evidence.face).eyes_px
    return any(
        float(np.linalg.norm(hand.points[:, :2] - mouth, axis=1).min()) < reach
        for hand in evidence.hands
    )


def _mask(evidence: Evidence) -> bool:
    """The lower face has no lips in it, and another colour than the cheeks.

    A lower face that is only darker lies in the shade or is bearded; a dark mask is colourless.
    """
    lips, lower, cheeks = cover_colours(evidence)
    if np.linalg.norm(lips - lower) >= LIPLESS:
        return False
    brighter = lower[0] - cheeks[0]
    recoloured = np.linalg.norm((lower - cheeks)[1:]) > COVER
    colourless = np.linalg.norm(lower[1:] - LAB_NEUTRAL) < COLOURLESS
    return bool(brighter > COVER or (recoloured and (brighter > -COVER or colourless)))


def cover_colours(evidence: Evidence) -> list[np.ndarray]:
    """Median CIE Lab of lips, lower face and cheeks, (3,) each; zeros where they are outside."""
    lab = cv2.cvtColor(cv2.GaussianBlur(evidence.framed.pixels, (0, 0), 2), cv2.COLOR_RGB2LAB)
    seen = [_at(lab, evidence.face, points) for points in (LIPS, LOWER_FACE, CHEEKS)]
    return [np.median(colours, axis=0) if len(colours) else np.zeros(3) for colours in seen]


def _at(picture: np.ndarray, face: FaceLandmarks, points: tuple[int, ...]) -> np.ndarray:
    """What a picture shows at some of the landmarks, as float32."""
    column, row = np.round(face.points[list(points), :2]).astype(int).T
    height, width = picture.shape[:2]
    inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    return picture[row[inside], column[inside]].astype(np.float32)


CHECKS = (
    _by_hand, _covered_mouth, _turned, _nodding, _too_small, _blurred, _light, _closed_eyes,
    _hidden_eyes, _open_mouth, _head_cut, _no_shoulders, _tilted, _several_faces, _animated,
)  # fmt: skip
