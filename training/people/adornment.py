"""What a person wears besides clothes, put on the body that is being built."""

from dataclasses import dataclass

import numpy as np

from training.people.assets import Asset
from training.people.body import Body
from training.people.character import PUSH_OUT_M, Builder, Kind
from training.people.glasses import Glasses, glasses
from training.people.head_shape import HeadShape, head_shape, spread
from training.people.headphones import Headphones, Headset
from training.people.headwear import Hat, Headwear, pressed
from training.people.jewellery import Earrings, Necklace, earrings, necklace
from training.people.material import Material
from training.people.solid import Solid
from training.people.subdivision import vertex_normals

# The chin's height at rest, from the head's joint.
CHIN_Y_M = -0.05


@dataclass(frozen=True, slots=True)
class Adornment:
    """Headwear and headphones are not worn together."""

    glasses: Glasses | None = None
    headwear: Headwear | None = None
    headphones: Headphones | None = None
    earrings: Earrings | None = None
    necklace: Necklace | None = None


class Adorned:
    """An adornment fitted to a body in its outfit."""

    def __init__(self, adornment: Adornment, body: Body, outfit: Asset):
        self._adornment, self._body = adornment, body
        if adornment == Adornment():
            return
        self._cloth = cloth = on_cloth(outfit, body)
        self._head: HeadShape = head_shape(body)
        self._over: Hat | Headset | None = None
        if adornment.headwear:
            self._over = Hat(adornment.headwear, self._head, cloth)
        elif adornment.headphones:
            self._over = Headset(adornment.headphones, self._head)

    def over_hair(self, hair: np.ndarray) -> np.ndarray:
        """Points of hair (P, 3) at rest, pressed under a hat or a band."""
        if self._adornment.headwear is None and self._adornment.headphones is None:
            return hair
        assert self._over is not None
        return pressed(hair, self._head.centre, self._over.over_hair(hair))

    def put_on(self, builder: Builder) -> None:
        """Everything on head and ears turns with the head, the rest lies on the skin beneath."""
        worn = self._adornment
        if worn == Adornment():
            return
        if worn.glasses:
            frame, lenses = glasses(worn.glasses, self._head)
            self._on_head(builder, Kind.GLASSES, frame, worn.glasses.frame)
            self._on_head(builder, Kind.LENS, lenses, worn.glasses.lens)
        if worn.earrings:
            solid = earrings(worn.earrings, self._head)
            self._on_head(builder, Kind.JEWELLERY, solid, worn.earrings.material)
        if worn.necklace:
            solid = necklace(worn.necklace, self._head)
            skin = self._head.weights_at(solid.points)
            builder.add_worn(Kind.JEWELLERY, solid, skin, worn.necklace.material)
        if self._over is None:
            return
        kind = Kind.HEADWEAR if worn.headwear else Kind.HEADPHONES
        draped = worn.headwear is not None and worn.headwear.shape == "headscarf"
        for solid, material in self._over.parts():
            skin = self._draped(solid.points) if draped else self._rigid(len(solid.points))
            builder.add_worn(kind, solid, skin, material)

    def _on_head(self, builder: Builder, kind: Kind, solid: Solid, material: Material) -> None:
        builder.add_worn(kind, solid, self._rigid(len(solid.points)), material)

    def _rigid(self, count: int) -> np.ndarray:
        """(count, J) skin weights of what the head carries."""
        skin = np.zeros((count, len(self._body.skeleton.parents)), np.float32)
        skin[:, self._body.skeleton.index("head")] = 1
        return skin

    def _draped(self, points: np.ndarray) -> np.ndarray:
        """(P, J) of a scarf: its hem lies still on the chest, above the chin it turns."""
        low, high = points[:, 1].min() + 0.02, CHIN_Y_M
        share = np.clip((points[:, 1] - low) / (high - low), 0, 1)[:, None]
        share = share * share * (3 - 2 * share)
        hem = self._head.weights_at(points[points[:, 1] < low + 0.01]).mean(0)
        return share * self._rigid(len(points)) + (1 - share) * hem


def on_cloth(outfit: Asset, body: Body) -> np.ndarray:
    """(C, 3) points all over a garment as it is drawn."""
    rest = outfit.fit.place(body.rest).astype(np.float64)
    rest = rest + PUSH_OUT_M * vertex_normals(rest, outfit.mesh.triangles)
    return np.concatenate([rest, spread(rest, outfit.mesh.triangles)])
