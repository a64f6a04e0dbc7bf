"""Names of the motion space: ARKit facial actions, visemes, joints of the upper body.

The order is part of the format of motion files and of every network's output.
"""

# Apple ARKit ARFaceAnchor.BlendShapeLocation, alphabetical.
FACIAL_ACTIONS: tuple[str, ...] = (
    "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight",
    "cheekPuff", "cheekSquintLeft", "cheekSquintRight",
    "eyeBlinkLeft", "eyeBlinkRight", "eyeLookDownLeft", "eyeLookDownRight",
    "eyeLookInLeft", "eyeLookInRight", "eyeLookOutLeft", "eyeLookOutRight",
    "eyeLookUpLeft", "eyeLookUpRight", "eyeSquintLeft", "eyeSquintRight",
    "eyeWideLeft", "eyeWideRight",
    "jawForward", "jawLeft", "jawOpen", "jawRight",
    "mouthClose", "mouthDimpleLeft", "mouthDimpleRight", "mouthFrownLeft", "mouthFrownRight",
    "mouthFunnel", "mouthLeft", "mouthLowerDownLeft", "mouthLowerDownRight",
    "mouthPressLeft", "mouthPressRight", "mouthPucker", "mouthRight",
    "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper",
    "mouthSmileLeft", "mouthSmileRight", "mouthStretchLeft", "mouthStretchRight",
    "mouthUpperUpLeft", "mouthUpperUpRight",
    "noseSneerLeft", "noseSneerRight", "tongueOut",
)  # fmt: skip

# Oculus/Meta viseme set.
VISEMES: tuple[str, ...] = (
    "sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou",
)  # fmt: skip


def _arm(side: str) -> tuple[str, ...]:
    fingers = tuple(f"finger{f}-{k}.{side}" for f in range(1, 6) for k in range(1, 4))
    chain = ("clavicle", "shoulder01", "upperarm01", "upperarm02", "lowerarm01", "lowerarm02")
    return tuple(f"{bone}.{side}" for bone in (*chain, "wrist")) + fingers


# MakeHuman rig names. `spine05` is the pelvis end of the spine; the neck and head joints are
# driven by `head_rotation` of the face, torso and arms by `joint_rotation` of the body.
SPINE_JOINTS = ("spine05", "spine04", "spine03", "spine02", "spine01")
BODY_JOINTS: tuple[str, ...] = (*SPINE_JOINTS, *_arm("L"), *_arm("R"))
NECK_JOINTS = ("neck01", "neck02", "neck03", "head")

IMPLICIT_SIZE = 16
FEATURE_SIZE = 256

ACTION_INDEX = {name: index for index, name in enumerate(FACIAL_ACTIONS)}
JOINT_INDEX = {name: index for index, name in enumerate(BODY_JOINTS)}
VISEME_INDEX = {name: index for index, name in enumerate(VISEMES)}

assert len(FACIAL_ACTIONS) == 52
assert len(VISEMES) == 15
