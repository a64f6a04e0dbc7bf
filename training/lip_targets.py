"""What the mouth does on each viseme, and how strongly the viseme holds it.

Values were chosen on the template: its lip gap in millimetres is 31 jawOpen + 11 mouthFunnel +
4.1 mouthLowerDown + 4.8 mouthUpperUp.
"""

from training.speech.phones import Phone, viseme_parts

MOUTH_POSES = (
    "jawOpen", "mouthFunnel", "mouthPucker", "mouthLowerDown", "mouthUpperUp", "mouthStretch",
    "mouthSmile", "mouthRollLower", "tongueOut",
)  # fmt: skip
# what stays when the lips meet: pushing them forward or wide does not part them
KEPT_CLOSED = {"mouthPucker": 0.6, "mouthSmile": 0.6}

SHAPES: dict[str, dict[str, float]] = {
    "sil": {},
    "PP": {},
    "FF": {"jawOpen": 0.04, "mouthRollLower": 0.35, "mouthUpperUp": 0.15},
    "TH": {"jawOpen": 0.11, "tongueOut": 0.25, "mouthLowerDown": 0.15},
    "DD": {"jawOpen": 0.11, "mouthLowerDown": 0.18, "mouthUpperUp": 0.08, "mouthStretch": 0.1},
    "kk": {"jawOpen": 0.15, "mouthLowerDown": 0.12},
    "CH": {"jawOpen": 0.08, "mouthFunnel": 0.25, "mouthPucker": 0.25, "mouthUpperUp": 0.08},
    "SS": {"jawOpen": 0.05, "mouthStretch": 0.2, "mouthLowerDown": 0.22, "mouthUpperUp": 0.1},
    "nn": {"jawOpen": 0.14, "mouthLowerDown": 0.18, "mouthUpperUp": 0.06},
    "RR": {"jawOpen": 0.12, "mouthFunnel": 0.18, "mouthPucker": 0.25},
    "aa": {"jawOpen": 0.42, "mouthLowerDown": 0.2, "mouthUpperUp": 0.12},
    "E": {"jawOpen": 0.27, "mouthStretch": 0.18, "mouthLowerDown": 0.2, "mouthUpperUp": 0.12,
          "mouthSmile": 0.12},
    "ih": {"jawOpen": 0.15, "mouthStretch": 0.18, "mouthLowerDown": 0.22, "mouthUpperUp": 0.12,
           "mouthSmile": 0.22},
    "oh": {"jawOpen": 0.28, "mouthFunnel": 0.35, "mouthPucker": 0.25},
    "ou": {"jawOpen": 0.11, "mouthFunnel": 0.2, "mouthPucker": 0.6},
}  # fmt: skip
VOWELS = frozenset(("aa", "E", "ih", "oh", "ou"))

# strength with which a viseme holds its jaw, and its lips
JAW_STRENGTH = {"sil": 0.6, "PP": 0.8, "FF": 1.2, "TH": 0.7, "DD": 0.6, "kk": 0.45, "CH": 0.9,
                 "SS": 1.0, "nn": 0.55, "RR": 0.7, "aa": 1.3, "E": 1.1, "ih": 1.0, "oh": 1.2,
                 "ou": 1.1}  # fmt: skip
LIP_STRENGTH = {"sil": 0.3, "PP": 0.3, "FF": 0.8, "TH": 0.4, "DD": 0.25, "kk": 0.15, "CH": 1.0,
                 "SS": 0.5, "nn": 0.25, "RR": 0.7, "aa": 0.8, "E": 0.8, "ih": 0.9, "oh": 1.1,
                 "ou": 1.4}  # fmt: skip
CONTACT_S = 0.072


def viseme_track(phones: list[Phone], alphabet: str) -> list[tuple[str, float, float, float]]:
    """(viseme, start_s, end_s, phone index as float) in order; diphthongs become two."""
    track = []
    for index, phone in enumerate(phones):
        at = phone.start_s
        for name, share in viseme_parts(phone.symbol, alphabet):
            until = at + share * (phone.end_s - phone.start_s)
            track.append((name, at, until, float(index)))
            at = until
    return track
