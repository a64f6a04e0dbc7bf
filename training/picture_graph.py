"""ONNX graphs of networks that see pictures (1, C, H, W)."""

import numpy as np

from pipeline.gate import Gate
from pipeline.networks.painter import (
    LEAST_COLOUR,
    MOUTH_SHARE,
    TOOTH_CELLS,
    TOOTH_GREEN,
    TOOTH_GREEN_RED,
)
from training.onnx_graph import OnnxGraph

# Weights of a convolution: (out, in, rows, columns).
EVERYTHING = 2**31 - 1


class PictureGraph(OnnxGraph):
    """A graph under construction; heights and widths are fixed and known to the caller."""

    def convolved(self, value: str, name: str, stride: int = 1, padding: int = 0) -> str:
        """torch.nn.Conv2d with a bias."""
        return self.node(
            "Conv", value, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"),
            strides=[stride] * 2, pads=[padding] * 4,
        )  # fmt: skip

    def residual(self, value: str, name: str) -> str:
        """networks.painter.Residual."""
        first = self.convolved(self.silu(value), f"{name}.first", padding=1)
        return self.node("Add", value, self.convolved(self.silu(first), f"{name}.second", 1, 1))

    def unshuffled(self, value: str, shape: tuple[int, int, int], step: int) -> str:
        """torch.pixel_unshuffle of (1, *shape); SpaceToDepth has another order of channels."""
        channels, height, width = shape
        split = self.integers(1, channels, height // step, step, width // step, step)
        parts = self.node("Reshape", value, split)
        ordered = self.node("Transpose", parts, perm=[0, 1, 3, 5, 2, 4])
        joined = self.integers(1, channels * step * step, height // step, width // step)
        return self.node("Reshape", ordered, joined)

    def shuffled(self, value: str, step: int) -> str:
        """torch.pixel_shuffle."""
        return self.node("DepthToSpace", value, blocksize=step, mode="CRD")

    def repeated(self, value: str) -> str:
        """Twice the size, each value four times."""
        return self.node(
            "Resize", value, "", self._larger(2), mode="nearest", nearest_mode="floor",
            coordinate_transformation_mode="asymmetric",
        )  # fmt: skip

    def enlarged(self, value: str, times: int = 2) -> str:
        """networks.painter.enlarged."""
        return self.node(
            "Resize", value, "", self._larger(times), mode="linear",
            coordinate_transformation_mode="half_pixel",
        )  # fmt: skip

    def pooled(self, value: str, cells: int = 2) -> str:
        """torch.avg_pool2d(value, cells)."""
        return self.node("AveragePool", value, kernel_shape=[cells] * 2, strides=[cells] * 2)

    def channels(self, value: str, first: int, stop: int = EVERYTHING) -> str:
        """Channels [first, stop)."""
        place = (self.integers(first), self.integers(stop), self.integers(1))
        return self.node("Slice", value, *place)

    def times(self, value: str, number: float) -> str:
        return self.node("Mul", value, self.number(number))

    def clamped(self, value: str, low: float, *high: float) -> str:
        return self.node("Clip", value, *(self.number(number) for number in (low, *high)))

    def sampled(
        self, picture: str, moves: str, size: tuple[int, int], how: str = "bilinear"
    ) -> str:
        """networks.painter.sampled; size: height and width."""
        places = []
        for axis, many in ((1, size[1]), (0, size[0])):
            along = np.arange(many, dtype=np.float32) + 0.5
            at = self.array(along[None] if axis else along[:, None])
            move = self.channels(moves, 1 - axis, 2 - axis)
            shifted = self.times(self.node("Add", move, at), 2.0 / many)
            places.append(self.node("Sub", shifted, self.number(1.0)))
        at = self.node("Transpose", self.node("Concat", *places, axis=1), perm=[0, 2, 3, 1])
        return self.node(
            "GridSample", picture, at, mode=how, padding_mode="border", align_corners=0
        )

    def relative(self, pictures: str, skin: str, count: int) -> str:
        """networks.painter.relative of `count` pictures in a row."""
        there = self.node("Reshape", skin, self.integers(1, 3, 1, 1))
        if count > 1:
            there = self.node("Concat", *[there] * count, axis=1)
        return self.times(self.node("Sub", pictures, there), 2.0)

    def bound(self, gates: str, limits: tuple[float, ...]) -> str:
        """networks.painter.bound."""
        allowed = [
            self.times(self.channels(gates, k, k + 1), most)
            for k, most in enumerate(limits)
            if most > 0
        ]
        return self.node("Max", *allowed) if len(allowed) > 1 else allowed[0]

    def allowed(self, said: str, gates: str, limits: tuple[float, ...], cells: int) -> str:
        """networks.painter.allowed."""
        smooth = self.enlarged(self.pooled(said, cells), cells)
        body = self.times(self.channels(gates, Gate.BODY, Gate.BODY + 1), limits[Gate.BODY])
        sharp = self.node("Mul", said, self.bound(gates, limits[: Gate.BODY]))
        return self.node("Add", sharp, self.node("Mul", smooth, body))

    def other_than_teeth(self, gates: str, picture: str, skin: str) -> str:
        """One less networks.painter.kept_teeth of a picture in the mouth of gates of its size."""
        there = self.node("Reshape", skin, self.integers(1, 3, 1, 1))
        shares = [
            self.node("Div", self.channels(picture, k, k + 1),
                      self.node("Max", self.channels(there, k, k + 1), self.number(LEAST_COLOUR)))
            for k in range(2)
        ]  # fmt: skip
        ratio = self.node("Div", shares[1], self.node("Max", shares[0], self.number(LEAST_COLOUR)))
        looks = self.node("Mul", self._ramp(ratio, TOOTH_GREEN_RED),
                          self._ramp(shares[1], TOOTH_GREEN))  # fmt: skip
        near = self.largest(looks, TOOTH_CELLS, 1, TOOTH_CELLS // 2)
        mouth = self.times(self.channels(gates, Gate.MOUTH, Gate.MOUTH + 1), MOUTH_SHARE)
        kept = self.node("Mul", near, self.clamped(mouth, 0.0, 1.0))
        return self.node("Sub", self.number(1.0), kept)

    def largest(self, value: str, cells: int, stride: int, padding: int = 0) -> str:
        """torch.max_pool2d(value, cells, stride, padding)."""
        return self.node("MaxPool", value, kernel_shape=[cells] * 2, strides=[stride] * 2,
                         pads=[padding] * 4)  # fmt: skip

    def smallest(self, value: str, cells: int) -> str:
        """-torch.max_pool2d(-value, cells)."""
        return self.node("Neg", self.largest(self.node("Neg", value), cells, cells))

    def _ramp(self, value: str, limits: tuple[float, float]) -> str:
        low, high = limits
        above = self.node("Sub", value, self.number(low))
        return self.clamped(self.times(above, 1 / (high - low)), 0.0, 1.0)

    def _larger(self, times: int) -> str:
        return self.array(np.array([1.0, 1.0, times, times], np.float32))
