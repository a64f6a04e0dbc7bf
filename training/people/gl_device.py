"""OpenGL on a GPU that CUDA has a number for; EGL counts the same GPUs in an order of its own."""

import ctypes
import logging

import moderngl
import torch

from training.people.cuda_gl import InteropError, gl_devices
from training.people.gl_compute import headless_context

LIBRARY = "libEGL.so.1"
# EGL_CUDA_DEVICE_NV (extension EGL_NV_device_cuda).
_CUDA_DEVICE, _MOST_DEVICES = 0x323A, 64
_log = logging.getLogger(__name__)


def context_beside(device: torch.device) -> moderngl.Context:
    """OpenGL without a window, on the GPU `device`; on EGL's first where none is found to be it, or
    where device is the processor."""
    if device.type != "cuda":
        return headless_context()
    number = torch.cuda.current_device() if device.index is None else device.index
    # Begins the driver, which else answers no question.
    torch.cuda.synchronize(number)
    said = cuda_numbers()
    # What EGL says may not know of CUDA_VISIBLE_DEVICES: CUDA has the last word.
    for place in sorted(range(len(said)), key=lambda place: said[place] != number):
        context = _on_gpu(place, number)
        if context is not None:
            return context
    _log.warning("No OpenGL device is found to be %s.", device)
    return headless_context()


def _on_gpu(place: int, number: int) -> moderngl.Context | None:
    """OpenGL on EGL's device at `place`, if CUDA calls that `number`."""
    try:
        context = headless_context(place)
    except Exception as fault:  # glcontext raises nothing narrower
        _log.info("OpenGL device %d gives no context: %s", place, fault)
        return None
    try:
        if number in gl_devices():
            return context
    except InteropError as fault:
        _log.info("OpenGL device %d is none of CUDA's: %s", place, fault)
    context.release()
    return None


def cuda_numbers() -> list[int | None]:
    """For each of EGL's devices its number as one of CUDA's, None where EGL does not know."""
    try:
        egl = ctypes.CDLL(LIBRARY)
    except OSError:
        return []
    egl.eglGetProcAddress.restype = ctypes.c_void_p
    pointer = ctypes.c_void_p
    devices, count = (pointer * _MOST_DEVICES)(), ctypes.c_int()
    query = _function(egl, "eglQueryDevicesEXT", ctypes.c_int, ctypes.POINTER(pointer), pointer)
    if query is None or not query(_MOST_DEVICES, devices, ctypes.addressof(count)):
        return []
    ask = _function(egl, "eglQueryDeviceAttribEXT", pointer, ctypes.c_int, pointer)
    numbers: list[int | None] = []
    for device in devices[: count.value]:
        number = ctypes.c_ssize_t(-1)
        told = ask is not None and ask(device, _CUDA_DEVICE, ctypes.addressof(number))
        numbers.append(number.value if told and number.value >= 0 else None)
    return numbers


def _function(egl: ctypes.CDLL, name: str, *arguments):
    """A function of an extension that answers EGL_TRUE or EGL_FALSE, or None."""
    address = egl.eglGetProcAddress(name.encode())
    return ctypes.CFUNCTYPE(ctypes.c_uint, *arguments)(address) if address else None
