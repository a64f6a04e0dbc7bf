"""The vectors that the motion networks generate, one of the face and one of the body per frame."""

from pipeline.hand_pose import POSE_SIZE
from pipeline.names import ACTION_INDEX, FACIAL_ACTIONS

# The eyes' direction is generated as where they look; the eyeLook actions follow from it.
FACE_ACTIONS: tuple[str, ...] = tuple(n for n in FACIAL_ACTIONS if not n.startswith("eyeLook"))
FACE_ACTION_INDICES: tuple[int, ...] = tuple(ACTION_INDEX[name] for name in FACE_ACTIONS)

# Face: actions in [0, 1]; head rotation in radians (yaw, pitch, roll); head translation in metres
# (x, y, z), both as in FaceFrame; gaze in the world in radians (yaw, pitch), 0 = the viewer.
ACTIONS = slice(0, len(FACE_ACTIONS))
HEAD_ROTATION = slice(ACTIONS.stop, ACTIONS.stop + 3)
HEAD_TRANSLATION = slice(HEAD_ROTATION.stop, HEAD_ROTATION.stop + 3)
GAZE = slice(HEAD_TRANSLATION.stop, HEAD_TRANSLATION.stop + 2)
FACE_SIZE = GAZE.stop

# Body: turn of the torso in radians about the template's axes (pitch, yaw, roll); volume of breath,
# 0 empty to 1 full; lift of the clavicles in radians (left, right); poses of both hands (left,
# right) as in hand_pose.Slot.
TORSO_TURN = slice(0, 3)
BREATH = slice(3, 4)
CLAVICLE_LIFT = slice(4, 6)
HANDS = slice(6, 6 + 2 * POSE_SIZE)
BODY_SIZE = HANDS.stop

# What the mouth does is heard, not chosen: it is the same for every seed.
MOUTH_ACTIONS: tuple[str, ...] = tuple(
    name for name in FACE_ACTIONS if name.startswith(("jaw", "mouth", "tongue", "cheekPuff"))
)
MOUTH_INDICES: tuple[int, ...] = tuple(FACE_ACTIONS.index(name) for name in MOUTH_ACTIONS)
