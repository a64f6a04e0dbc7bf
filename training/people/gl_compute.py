"""What every drawing here needs: a context without a window, uniforms, compute shaders, places in
buffers."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import moderngl
import numpy as np

SHADERS = Path(__file__).parent / "shaders"
# Threads of a compute shader's group, across and up; as in shaders/*.comp. Words that each group of
# fill.comp's threads writes; groups that share work whose amount only the GPU knows.
GROUP = 8
FILLED = 16 * 256
CREWS = 4096
Compute = TypeVar("Compute")
Graphics = TypeVar("Graphics")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a frame goes: a buffer on the GPU and a place in it."""

    buffer: moderngl.Buffer
    offset_bytes: int = 0

    def bind(self, size_bytes: int, binding: int = 0) -> None:
        """Become what shaders call buffer `binding`."""
        self.buffer.bind_to_storage_buffer(binding, self.offset_bytes, size_bytes)


def headless_context(device: int = 0) -> moderngl.Context:
    """OpenGL through EGL, without a window; device: which of EGL's."""
    settings: dict[str, Any] = {"backend": "egl", "device_index": device}
    return moderngl.create_context(require=430, standalone=True, **settings)


def on_gpu(gl: moderngl.Context) -> bool:
    """Whether OpenGL is more than software."""
    return not any(
        name in gl.info["GL_RENDERER"] for name in ("llvmpipe", "softpipe", "SwiftShader")
    )


def drawn_by(
    gl: moderngl.Context,
    in_compute: bool | None,
    compute: Callable[[], Compute],
    graphics: Callable[[], Graphics],
) -> Compute | Graphics:
    """Compute shaders or graphics as asked for; None: compute where OpenGL is a GPU's and takes the
    shaders."""
    if in_compute is not None:
        return compute() if in_compute else graphics()
    if on_gpu(gl):
        try:
            return compute()
        except moderngl.Error as fault:
            _log.warning("Drawn as graphics, slowly, since a compute shader fails: %s", fault)
    return graphics()


def run_over(gl: moderngl.Context, shader: moderngl.ComputeShader, size: tuple[int, int]) -> None:
    """Run a compute shader once for each pixel of `size`; what follows sees what it wrote."""
    shader.run(-(-size[0] // GROUP), -(-size[1] // GROUP), 1)
    gl.memory_barrier()


def compute_shader(gl: moderngl.Context, name: str, *included: str) -> moderngl.ComputeShader:
    """shaders/`name`.comp, behind its first line the files included, without theirs that say which
    version they are."""
    version, own = (SHADERS / f"{name}.comp").read_text().split("\n", 1)
    texts = [(SHADERS / each).read_text() for each in included]
    texts = [text.split("\n", 1)[1] if text.startswith("#version") else text for text in texts]
    return gl.compute_shader("\n".join([version, "#define IN_COMPUTE", *texts, own]))


def fill(shader: moderngl.ComputeShader, words: moderngl.Buffer, count: int, value: int) -> None:
    """Words (int32) of a buffer become `value`; shader: fill.comp. Whoever reads them must wait."""
    words.bind_to_storage_buffer(0)
    set_uniforms(shader, count=count, value=value)
    shader.run(-(-count // FILLED), 1, 1)


def set_uniforms(program: moderngl.Program | moderngl.ComputeShader, **values) -> None:
    """Those that the program has; what it was told before is not written again."""
    if program.extra is None:
        program.extra = {}
    for name, value in values.items():
        uniform = program.get(name, None)
        if uniform is None:
            continue
        assert isinstance(uniform, moderngl.Uniform)
        kind = np.dtype(uniform.fmt[-1])  # pyright: ignore[reportAttributeAccessIssue]
        same = isinstance(value, int | float | tuple)
        said = value if same else np.ascontiguousarray(value, kind).tobytes()
        if program.extra.get(name) != said:
            uniform.write(np.asarray(value, kind).tobytes() if same else said)
            program.extra[name] = said
