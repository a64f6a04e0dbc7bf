"""Guesses, of each frame, what the template cannot say about it; see networks.implicit."""

from dataclasses import replace

from pipeline.implicit_motion import Past, motion_of, pose_of, remembered
from pipeline.network import Network
from pipeline.stream_types import BodyFrame, FaceFrame

# The state before the first frame: nothing has moved.
NO_PAST: Past = ()


class ImplicitOffset:
    """Face and body in, the body with its offset code out."""

    latency_s = 0.0

    def __init__(self, network: Network) -> None:
        self._network = network

    def init_state(self) -> Past:
        """The state before the first frame."""
        return NO_PAST

    def step(self, face: FaceFrame, body: BodyFrame, past: Past) -> tuple[BodyFrame, Past]:
        """The body of the same frame with `implicit`; past: poses of the frames before."""
        pose = pose_of(face, body)
        made = self._network.run({"motion": motion_of(pose, past)[None]})
        return replace(body, implicit=made["implicit"][0]), remembered(pose, past)
