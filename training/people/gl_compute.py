"""What every drawing here needs: a context without a window, uniforms, compute shaders, places in
buffers."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import moderngl
import numpy as np

# Threads of a compute shader's group, across and up; as in shaders/*.comp.
GROUP = 8
Compute, Graphics = TypeVar("Compute"), TypeVar("Graphics")
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


def set_uniforms(program: moderngl.Program | moderngl.ComputeShader, **values) -> None:
    for name, value in values.items():
        if name not in program:
            continue
        uniform = program[name]
        assert isinstance(uniform, moderngl.Uniform)
        if isinstance(value, int | float):
            uniform.value = value
        else:
            uniform.write(np.ascontiguousarray(value, "f4").tobytes())
