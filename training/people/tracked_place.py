"""Where on the mesh the face tracker sees its points, on rendered people.

Nearer to what it sees than pipeline's face_mesh.npz, by which portraits are fitted. Fitted by these
places, rendered faces come out a little truer, but driven photographs turn less: the renderer shows
less of a turn than it is told, and the greater depth of the other fit makes up for a part of it.
"""

from functools import cache
from pathlib import Path

import numpy as np

from pipeline.portrait.landmark_model import LandmarkPlace

FILE = Path(__file__).with_name("tracked_place.npz")


@cache
def tracked_place() -> LandmarkPlace:
    """The 468 points, as training.template.place_landmarks has put them; not to be written."""
    with np.load(FILE) as file:
        return LandmarkPlace(file["corners"].astype(np.int32), file["weights"].astype(np.float32))
