"""A rendered person made of an avatar of the gallery, for tests."""

import numpy as np

from bench.people.renders import RenderedPerson, Truth
from bench.puppet import Puppet
from pipeline.avatar import GALLERY, load_avatar

NOWHERE = np.full((2, 21, 2), -1.0)


def truth_of(landmark_px: np.ndarray, **changes) -> Truth:
    """All points visible, no hands; changes: other fields."""
    nothing = np.full(2, np.nan)
    fields = {
        "landmark_px": landmark_px, "visible": np.ones(478, bool), "hand_px": NOWHERE,
        "shown": np.zeros(2, bool), "unlit_db": nothing, "lit_db": nothing,
        "draw_s": np.array(0.5), "maps_s": np.array(0.3),
    }  # fmt: skip
    return Truth(**fields | changes)


def person_of(avatar_name: str, seed: int = 0) -> RenderedPerson:
    """The portrait at rest with the points of its exact fit, as the only frame."""
    avatar = load_avatar(avatar_name, (GALLERY,))
    puppet = Puppet(avatar)
    points = puppet.landmarks(puppet.template.source_geometry())[:, :2]
    return RenderedPerson(seed, "long01", "shirt", (), [avatar.portrait], [truth_of(points)])
