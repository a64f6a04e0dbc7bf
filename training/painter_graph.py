"""The painters of the full tier as ONNX graphs: what is known of a portrait, and one frame."""

from pathlib import Path

from pipeline.face_crop import FACE_PX, border_ramp
from pipeline.names import IMPLICIT_SIZE
from pipeline.networks.painter import (
    BEHIND,
    FLOW_UNIT_PX,
    GATES,
    HAND_CHANNELS,
    LIGHT,
    SHIFT_PX,
    SKIN_COLOUR,
    SMOOTH_CELLS,
)
from pipeline.networks.sizes import PainterSizes, PaintersSizes
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.picture_graph import PictureGraph

HEIGHT, WIDTH = FRAME_HEIGHT_PX, FRAME_WIDTH_PX


def source_graph(weights: Path, sizes: PaintersSizes) -> PictureGraph:
    """SourceEncoder of both painters: portrait, matte and skin to four maps of features."""
    graph = PictureGraph(weights)
    source = graph.input("source", [1, 3, HEIGHT, WIDTH])
    matte = graph.input("matte", [1, 1, HEIGHT, WIDTH])
    skin = graph.input("skin", [1, 3])
    seen = graph.node("Concat", graph.relative(source, skin, 1), matte, axis=1)
    seen = graph.unshuffled(seen, (4, HEIGHT, WIDTH), 4)
    for prefix, painter, size in _both(sizes):
        name = f"{painter}.source"
        fine = graph.residual(graph.convolved(seen, f"{name}.stem", padding=1), f"{name}.fine")
        coarse = graph.convolved(graph.silu(fine), f"{name}.down", stride=2, padding=1)
        coarse = graph.residual(coarse, f"{name}.coarse")
        for kind, value in (("fine", fine), ("coarse", coarse)):
            graph.output(value, f"{prefix}_{kind}", _known_shape(size, kind))
    return graph


def frame_graph(weights: Path, sizes: PaintersSizes) -> PictureGraph:
    """Painters.whole, Painters.refined and pasted, of one frame; the corner is a float, too."""
    return _Frame(weights, sizes).build()


class _Frame:
    """Maps of one frame by name, whole; `_square` cuts the face out of them."""

    def __init__(self, weights: Path, sizes: PaintersSizes):
        self.graph, self.sizes = PictureGraph(weights), sizes

    def build(self) -> PictureGraph:
        graph = self.graph
        composite, behind = (
            graph.input(name, [1, 3, HEIGHT, WIDTH]) for name in ("composite", "behind")
        )
        given = {
            "gates": graph.input("gates", [1, GATES, HEIGHT // 2, WIDTH // 2]),
            "hands": graph.input("hands", [1, HAND_CHANNELS, HEIGHT // 2, WIDTH // 2]),
            "flow": graph.input("flow", [1, 2, HEIGHT // 4, WIDTH // 4]),
        }
        self.skin = graph.input("skin", [1, 3])
        self.implicit = graph.input("implicit", [1, IMPLICIT_SIZE])
        corner = graph.node("Cast", graph.input("corner", [1, 2]), to=7)
        self.corner = graph.node("Reshape", corner, graph.integers(2))
        known = {prefix: self._known(prefix, size, given["flow"]) for prefix, _, size in
                 _both(self.sizes)}  # fmt: skip
        both = graph.node("Concat", composite, behind, axis=1)
        whole = self._painted("generator", self.sizes.generator, both, given | known["whole"],
                              (HEIGHT, WIDTH))  # fmt: skip
        three = self._square(graph.node("Concat", whole, composite, behind, axis=1), 1)
        shrinks = {"gates": 2, "hands": 2, "flow": 4, "fine": 4, "coarse": 8}
        cut = {
            name: self._square(value, shrinks[name])
            for name, value in (given | known["face"]).items()
        }
        face = self._painted("face", self.sizes.face, three, cut, (FACE_PX, FACE_PX))
        graph.output(self._pasted(whole, face), "picture", [1, 3, HEIGHT, WIDTH])
        return graph

    def _known(self, prefix: str, sizes: PainterSizes, flow: str) -> dict[str, str]:
        """networks.painter.moved_features."""
        graph = self.graph
        cells = graph.times(flow, 0.25)
        moves = {"fine": cells, "coarse": graph.times(graph.pooled(cells), 0.5)}
        moved = {}
        for kind, move in moves.items():
            shape = _known_shape(sizes, kind)
            value = graph.input(f"{prefix}_{kind}", [*shape])
            moved[kind] = graph.sampled(value, move, (shape[2], shape[3]))
        return moved

    def _square(self, value: str, shrink: int) -> str:
        """The face's square of a map that is `shrink` times smaller than the picture."""
        graph = self.graph
        first = graph.node("Div", self.corner, graph.integers(shrink))
        stop = graph.node("Add", first, graph.integers(FACE_PX // shrink))
        return graph.node("Slice", value, first, stop, graph.integers(3, 2))

    def _pasted(self, whole: str, face: str) -> str:
        """networks.painters.pasted."""
        graph = self.graph
        ramp = border_ramp()
        share = graph.node("Min", graph.array(ramp[None]), graph.array(ramp[:, None]))
        change = graph.node("Mul", graph.node("Sub", face, self._square(whole, 1)), share)
        first = graph.node("Gather", self.corner, graph.integers(1, 0))
        last = graph.node("Sub", graph.integers(HEIGHT - FACE_PX, WIDTH - FACE_PX), first)
        none = graph.integers(0, 0)
        around = graph.node("Concat", none, first, none, last, axis=0)
        return graph.node("Add", whole, graph.node("Pad", change, around))

    def _painted(
        self, name: str, sizes: PainterSizes, pictures: str, given: dict[str, str],
        size: tuple[int, int],
    ) -> str:  # fmt: skip
        """networks.painter.Painter.forward, without the moves."""
        graph, (gates, hands) = self.graph, (given["gates"], given["hands"])
        count = sizes.pictures
        seen = graph.relative(pictures, self.skin, count)
        seen = graph.unshuffled(seen, (3 * count, *size), 2)
        x = graph.node("Concat", seen, gates, hands, axis=1)
        x = graph.convolved(x, f"{name}.stem", padding=1)
        unit = graph.times(given["flow"], 1 / FLOW_UNIT_PX)
        fine = graph.node("Concat", given["fine"], unit, axis=1)
        beside, kept = (fine, given["coarse"], ""), [x]
        for level, more in enumerate(beside):
            x = graph.convolved(graph.silu(x), f"{name}.down.{level}", stride=2, padding=1)
            if more:
                x = graph.node("Concat", x, more, axis=1)
                x = graph.convolved(x, f"{name}.join.{level + 1}")
            kept.append(x)
        x = self._told_offset(kept.pop(), f"{name}.offset")
        for block in range(sizes.blocks):
            x = graph.residual(x, f"{name}.deep.{block}")
        x = self._upwards(name, x, kept, hands)
        said = graph.shuffled(graph.convolved(x, f"{name}.changes", padding=1), 2)
        shift = graph.node("Tanh", graph.convolved(x, f"{name}.shift", padding=1))
        opened = graph.enlarged(gates)
        composite = graph.channels(pictures, 3 * count - 6, 3 * count - 3)
        rest = graph.other_than_teeth(opened, composite, self.skin)
        movable = graph.node("Mul", gates, graph.smallest(rest, 2))
        moves = graph.allowed(shift, movable, SHIFT_PX, SMOOTH_CELLS)
        ends = graph.channels(pictures, 0, 3), graph.channels(pictures, 3 * count - 3)
        return self._repainted(ends, graph.node("Mul", opened, rest), said, moves, size)

    def _upwards(self, name: str, x: str, kept: list[str], hands: str) -> str:
        graph = self.graph
        told = [hands, graph.pooled(hands), ""]
        for level in (2, 1, 0):
            x = graph.repeated(graph.convolved(x, f"{name}.up.{level}"))
            x = graph.silu(graph.node("Add", x, kept.pop()))
            if told[level]:
                x = graph.node("Concat", x, told[level], axis=1)
            x = graph.convolved(x, f"{name}.merge.{level}", padding=1)
            if level == 1:
                x = self._told_offset(x, f"{name}.fine_offset")
            x = graph.residual(x, f"{name}.refine.{level}")
        return graph.silu(x)

    def _told_offset(self, x: str, name: str) -> str:
        """networks.painter.told_offset."""
        graph = self.graph
        turned = graph.node("Transpose", graph.weight(f"{name}.weight"), perm=[1, 0])
        offset = graph.node("MatMul", self.implicit, turned)
        offset = graph.node("Reshape", offset, graph.integers(1, -1, 1, 1))
        scale, shift = graph.node("Split", offset, outputs=2, axis=1).split()
        grown = graph.node("Mul", x, graph.node("Add", scale, graph.number(1.0)))
        return graph.node("Add", grown, shift)

    def _repainted(
        self, ends: tuple[str, str], opened: str, said: str, moves: str, size: tuple[int, int]
    ) -> str:
        """networks.painter.repainted of the first and the last picture."""
        graph, (picture, behind) = self.graph, ends
        said = graph.node("Tanh", said)
        moved = graph.sampled(picture, graph.enlarged(moves), size, "bicubic")
        light = graph.allowed(graph.channels(said, 0, 1), opened, LIGHT, 2 * SMOOTH_CELLS)
        skin = graph.node("Reshape", self.skin, graph.integers(1, 3, 1, 1))
        reach = graph.node("Mul", graph.bound(opened, SKIN_COLOUR), skin)
        share = graph.clamped(graph.channels(said, 4), 0.0)
        share = graph.node("Mul", share, graph.bound(opened, BEHIND))
        lit = graph.node("Mul", moved, graph.node("Exp", light))
        person = graph.node("Add", lit, graph.node("Mul", graph.channels(said, 1, 4), reach))
        shown = graph.node("Mul", graph.node("Sub", behind, person), share)
        return graph.clamped(graph.node("Add", person, shown), 0.0, 1.0)


def _both(sizes: PaintersSizes) -> tuple[tuple[str, str, PainterSizes], ...]:
    """Of each painter: how what is known is named, its own name, its sizes."""
    return ("whole", "generator", sizes.generator), ("face", "face", sizes.face)


def _known_shape(sizes: PainterSizes, kind: str) -> list[int]:
    shrink, channels = {"fine": (4, 1), "coarse": (8, 2)}[kind]
    return [1, channels * sizes.source_channels, HEIGHT // shrink, WIDTH // shrink]
