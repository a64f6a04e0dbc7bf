"""Buffers of OpenGL as CUDA tensors, without a trip through the host.

The CUDA driver itself does it (libcuda, "Graphics Interoperability" of the driver API), so nothing
else need be installed. An OpenGL context of the same GPU must be current on the calling thread.
"""

import ctypes
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import moderngl
import torch
from torch import Tensor

LIBRARY = "libcuda.so.1"
# CU_GL_DEVICE_LIST_ALL; CUDA has at most so many devices.
_ALL_DEVICES, _MOST_DEVICES = 1, 64
_log = logging.getLogger(__name__)


class InteropError(RuntimeError):
    """CUDA and OpenGL cannot share memory here; the message names the call that failed."""


class _Mapped:
    """Device memory as numba and torch describe it (CUDA array interface, version 3)."""

    def __init__(self, pointer: int, floats: int) -> None:
        self.__cuda_array_interface__ = {
            "shape": (floats,), "typestr": "<f4", "data": (pointer, False), "version": 3,
            "strides": None,
        }  # fmt: skip


class CudaGl:
    """CudaGl(device): maps buffers of the GL context that is current on this thread.

    Raises InteropError where the driver lacks it or the context is another GPU's.
    """

    def __init__(self, device: torch.device) -> None:
        number = torch.cuda.current_device() if device.index is None else device.index
        self._device = torch.device("cuda", number)
        # Makes the device's context, which the driver's calls need.
        torch.zeros(1, device=self._device)
        torch.cuda.synchronize(self._device)
        self._resources: dict[int, tuple[ctypes.c_void_p, int]] = {}
        if number not in gl_devices():
            raise InteropError(f"OpenGL draws on another GPU than {self._device}")

    @contextmanager
    def mapped(self, buffer: moderngl.Buffer) -> Iterator[Tensor]:
        """The buffer as (size / 4,) float32 on the device, while OpenGL does not touch it.

        What OpenGL was asked before is done first; what it is asked later waits for what the
        current stream was asked meanwhile.
        """
        resource = self._registered(buffer)
        stream = ctypes.c_void_p(torch.cuda.current_stream(self._device).cuda_stream)
        one = ctypes.c_uint(1)
        self._call("cuGraphicsMapResources", one, ctypes.byref(resource), stream)
        try:
            pointer, size = ctypes.c_uint64(), ctypes.c_size_t()
            self._call(
                "cuGraphicsResourceGetMappedPointer_v2", ctypes.byref(pointer),
                ctypes.byref(size), resource,
            )  # fmt: skip
            if size.value < buffer.size:
                raise InteropError(f"A buffer of {buffer.size} bytes maps to {size.value}.")
            yield torch.as_tensor(_Mapped(pointer.value, buffer.size // 4), device=self._device)
        finally:
            self._call("cuGraphicsUnmapResources", one, ctypes.byref(resource), stream)

    def forget(self, buffer: moderngl.Buffer) -> None:
        """Before the buffer is released."""
        known = self._resources.pop(buffer.glo, None)
        if known is not None:
            self._call("cuGraphicsUnregisterResource", known[0])

    def _registered(self, buffer: moderngl.Buffer) -> ctypes.c_void_p:
        known = self._resources.get(buffer.glo)
        if known is None:
            resource = ctypes.c_void_p()
            no_promises = ctypes.c_uint(0)
            self._call(
                "cuGraphicsGLRegisterBuffer", ctypes.byref(resource), ctypes.c_uint(buffer.glo),
                no_promises,
            )  # fmt: skip
            known = self._resources[buffer.glo] = (resource, buffer.size)
        return known[0]

    def _call(self, name: str, *arguments) -> None:
        # Threads begin with the first device's context.
        with torch.cuda.device(self._device):
            _call(name, *arguments)


def gl_devices() -> list[int]:
    """Numbers of the CUDA devices that the current GL context draws on. Raises InteropError where
    it draws on none that this process sees."""
    count = ctypes.c_uint()
    found = (ctypes.c_int * _MOST_DEVICES)()
    _call(
        "cuGLGetDevices_v2", ctypes.byref(count), found, ctypes.c_uint(_MOST_DEVICES),
        ctypes.c_int(_ALL_DEVICES),
    )  # fmt: skip
    # A driver's device is numbered as by torch: both leave out what CUDA_VISIBLE_DEVICES does.
    return list(found[: count.value])


@cache
def _driver() -> ctypes.CDLL:
    try:
        return ctypes.CDLL(LIBRARY)
    except OSError as fault:
        raise InteropError(f"{LIBRARY} does not load: {fault}") from fault


def _call(name: str, *arguments) -> None:
    """Raises InteropError where the driver does not answer CUDA_SUCCESS."""
    cuda = _driver()
    try:
        function = getattr(cuda, name)
    except AttributeError as fault:
        raise InteropError(f"{LIBRARY} has no {name}.") from fault
    function.restype = ctypes.c_int
    code = function(*arguments)
    if code:
        text = ctypes.c_char_p()
        cuda.cuGetErrorName(ctypes.c_int(code), ctypes.byref(text))
        raise InteropError(f"{name}: {(text.value or b'').decode() or code}")


def cuda_gl(gl: moderngl.Context, device: torch.device) -> CudaGl | None:
    """CudaGl after it has moved numbers both ways, or None (logged) where it cannot."""
    if device.type != "cuda":
        return None
    try:
        shared = CudaGl(device)
        _try(gl, shared)
    except InteropError as fault:
        _log.warning("Frames go through the host: %s", fault)
        return None
    return shared


def _try(gl: moderngl.Context, shared: CudaGl) -> None:
    """Raises InteropError unless numbers of either side arrive on the other."""
    numbers = torch.arange(1024, dtype=torch.float32)
    buffer = gl.buffer(numbers.numpy().tobytes())
    try:
        with shared.mapped(buffer) as there:
            arrived = torch.equal(there.cpu(), numbers)
            there.mul_(2)
        back = torch.frombuffer(bytearray(buffer.read()), dtype=torch.float32)
        if not arrived or not torch.equal(back, 2 * numbers):
            raise InteropError("numbers do not arrive")
    finally:
        shared.forget(buffer)
        buffer.release()
