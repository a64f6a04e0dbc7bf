"""The knobs of a style: what the motion networks are conditioned on, each a number in [0, 1].

0.5 is what an average person does, 0 and 1 are the ends that still look natural.
"""

KNOBS: tuple[str, ...] = (
    "articulation",  # how far the mouth opens and how crisply it forms its sounds
    "expressiveness",  # size of facial actions that come with accents and phrases
    "smile",  # resting smile, and smiles while speaking and listening
    "brow",  # raised brows: at rest and on accents
    "head_energy",  # reach and speed of the head
    "nod_turn_balance",  # 0 turns and tilts, 1 nods
    "tilt",  # 0 upright, 1 head tilted to a side for long stretches
    "eye_contact",  # share of time the eyes rest on the viewer
    "blink_rate",
    "gesture_rate",  # share of phrases that the hands accompany
    "gesture_extent",  # how far strokes reach
    "two_handedness",  # share of gestures made with both hands
    "tempo",  # pace of gestures and nods
    "posture",  # 0 sunk and withdrawn, chin down; 1 upright and leaning in, chin up
)
KNOB_INDEX = {name: index for index, name in enumerate(KNOBS)}
