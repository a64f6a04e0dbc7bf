"""A character in the GPU's memory: all parts in one set of buffers, its poses beside each other."""

import moderngl
import numpy as np

from training.people.character import Character, Kind

SOURCE, DRIVING = "source", "driving"
# Position and normal of a vertex, 32-bit floats.
STREAM_FLOATS = 6
# Cast no shadow by their outline alone: cut out by their texture, or not at all.
_NO_SOLID = (Kind.BROW, Kind.LASH, Kind.HAIR, Kind.LENS)
# Where a shader's inputs lie: buffer, place in it, floats. "" is the buffer of the pose drawn.
_INPUTS = {
    "in_position": ("", 0, 3),
    "in_driving": ("", 0, 3),
    "in_normal": ("", 1, 3),
    "in_source": (SOURCE, 0, 3),
    "in_rest": ("still", 0, 3),
    "in_tangent": ("still", 1, 3),
    "in_uv": ("still", 2, 2),
}
_PLACES = {"": (3, 3), SOURCE: (3, 3), "still": (3, 3, 2)}


class Figure:
    """Figure(gl, character, labels): triangles of `character`, each part's sorted by label.

    labels: Label (T,) of each triangle of each part (label.labels_of), or None if nobody asks
    rows: (R,) geometry vertex of each render vertex, all parts after each other
    ranges: (first index, count) of each part; solid: of all that cast shadows as they are
    runs: for each part (L, 3) label, first index, count
    """

    def __init__(
        self,
        gl: moderngl.Context,
        character: Character,
        labels: list[np.ndarray] | None = None,
    ) -> None:
        self.character = character
        self._gl = gl
        parts = character.parts
        self.rows = np.concatenate([part.source for part in parts]).astype(np.int64)
        self.ranges: list[tuple[int, int]] = [(0, 0)] * len(parts)
        self.runs: list[np.ndarray] = [np.zeros((0, 3), int)] * len(parts)
        named = labels or [np.zeros(len(part.triangles), np.uint8) for part in parts]
        still = [
            np.concatenate([character.rest[part.source], part.tangent, part.uv], 1)
            for part in parts
        ]
        size = 4 * STREAM_FLOATS * len(self.rows)
        self._buffers = {
            "index": gl.buffer(self._sorted_triangles(named).tobytes()),
            "named": gl.buffer(self._names().tobytes()),
            "still": gl.buffer(np.concatenate(still).astype("f4").tobytes()),
            SOURCE: gl.buffer(reserve=size),
            DRIVING: gl.buffer(reserve=size),
        }
        self._arrays: dict[tuple[int, str], moderngl.VertexArray] = {}

    def _sorted_triangles(self, labels: list[np.ndarray]) -> np.ndarray:
        """(T, 3) int32 into `rows`: solid parts first, labels together; fills ranges and runs."""
        parts = self.character.parts
        base = np.cumsum([0, *(len(part.source) for part in parts)])
        solid_first = sorted(range(len(parts)), key=lambda k: parts[k].kind in _NO_SOLID)
        out, first = [np.zeros((0, 3), np.int32)], 0
        self.solid = (0, 0)
        for k in solid_first:
            order = np.argsort(labels[k], kind="stable")
            names, count = np.unique(labels[k], return_counts=True)
            start = first + 3 * (np.cumsum(count) - count)
            self.runs[k] = np.stack([names, start, 3 * count], 1)
            out.append((parts[k].triangles[order] + base[k]).astype(np.int32))
            self.ranges[k] = (first, 3 * len(order))
            first += 3 * len(order)
            if parts[k].kind not in _NO_SOLID:
                self.solid = (0, first)
        return np.concatenate(out)

    def _names(self) -> np.ndarray:
        """(T,) uint32 of each triangle: label, Kind << 8, number of the part << 16."""
        names = np.zeros(self.triangles, np.uint32)
        for number, (part, runs) in enumerate(zip(self.character.parts, self.runs, strict=True)):
            for label, first, count in runs.tolist():
                name = label | int(part.kind) << 8 | number << 16
                names[first // 3 : (first + count) // 3] = name
        return names

    @property
    def triangles(self) -> int:
        """How many there are."""
        return sum(count for _, count in self.ranges) // 3

    @property
    def pose_bytes(self) -> int:
        """Size of one pose's positions and normals."""
        return 4 * STREAM_FLOATS * len(self.rows)

    def write(self, pose: str, vertices: np.ndarray, normals: np.ndarray) -> None:
        """vertices, normals: (N, 3) of the character become the pose SOURCE or DRIVING."""
        stream = np.concatenate([vertices[self.rows], normals[self.rows]], 1)
        self._buffers[pose].write(stream.astype("f4").tobytes())

    def take(self, pose: str, stream: moderngl.Buffer, offset_bytes: int) -> None:
        """The same from a buffer that holds (R, 6) floats at an offset."""
        self._gl.copy_buffer(self._buffers[pose], stream, self.pose_bytes, offset_bytes, 0)

    def bind(self, pose: str, first_binding: int) -> None:
        """Indices, the pose and what stays become three shader buffers, in this order."""
        for k, name in enumerate(("index", pose, "still")):
            self.bind_one(name, first_binding + k)

    def bind_one(self, name: str, binding: int) -> None:
        """A pose becomes a shader's buffer, or "named": of each triangle label, Kind << 8 and the
        number of its part << 16."""
        self._buffers[name].bind_to_storage_buffer(binding)

    def render(
        self, program: moderngl.Program, pose: str, part: tuple[int, int] | None = None
    ) -> None:
        """Draw a range of indices, or everything."""
        key = (program.glo, pose)
        if key not in self._arrays:
            self._arrays[key] = self._array(program, pose)
        first, count = part or (0, sum(count for _, count in self.ranges))
        if count:
            self._arrays[key].render(moderngl.TRIANGLES, vertices=count, first=first)

    def _array(self, program: moderngl.Program, pose: str) -> moderngl.VertexArray:
        """Attributes that the compiler has kept, from the buffers where they lie."""
        content = []
        for buffer, sizes in _PLACES.items():
            there = {
                place: name
                for name, (home, place, _) in _INPUTS.items()
                if home == buffer and name in program
            }
            layout = [f"{n}f" if place in there else f"{4 * n}x" for place, n in enumerate(sizes)]
            if there:
                names = [there[place] for place in sorted(there)]
                content.append((self._buffers[buffer or pose], " ".join(layout), *names))
        return self._gl.vertex_array(program, content, self._buffers["index"])

    def release(self) -> None:
        for item in (*self._arrays.values(), *self._buffers.values()):
            item.release()
