"""What makes an outfit of a garment: how it is cut, what is under it, what is around the neck."""

from dataclasses import dataclass, field

import numpy as np

from training.people.assets import Asset
from training.people.body import Body
from training.people.character import Builder, Kind
from training.people.head_shape import head_shape
from training.people.material import Material
from training.people.neckwear import Neckwear, neckwear
from training.people.tailoring import Cut, cut, lifted, shown_in_front

# An open garment lies over the one beneath.
OVER_M = 0.006


@dataclass(frozen=True, slots=True)
class Layers:
    """cut: of the garment; under: another one below it, shown where it stands open, plain and of
    `under_material`; neckwear: scarf or high collar"""

    cut: Cut = field(default_factory=Cut)
    under: str = ""
    under_material: Material | None = None
    neckwear: Neckwear | None = None


class Outfit:
    """A garment and its layers on one body. under: the asset of layers.under, if any."""

    def __init__(self, layers: Layers, body: Body, garment: Asset, under: Asset | None):
        self._layers, self._body = layers, body
        over = garment if under is None else lifted(garment, body, OVER_M)
        self.outer = cut(over, body, layers.cut)
        self._under = None if under is None else shown_in_front(under, body, layers.cut)

    @property
    def hidden(self) -> np.ndarray:
        """(D,) vertices of the base mesh under cloth."""
        inner = self._under.fit.deleted if self._under else np.zeros(0, np.int32)
        return np.union1d(self.outer.fit.deleted, inner)

    def put_on(self, builder: Builder, texture: str, relief: str) -> None:
        """texture, relief: of the garment, as in Builder.add_asset."""
        builder.add_asset(Kind.CLOTH, self.outer, texture, moves=False, relief=relief)
        if self._under is not None:
            builder.add_asset(
                Kind.CLOTH, self._under, "", moves=False, material=self._layers.under_material
            )

    def put_around_neck(self, builder: Builder, cloth: np.ndarray) -> None:
        """cloth: (C, 3) points of the garment."""
        worn = self._layers.neckwear
        if worn is None:
            return
        head = head_shape(self._body)
        solid = neckwear(worn, head, cloth)
        builder.add_worn(Kind.CLOTH, solid, head.weights_at(solid.points), worn.material)
