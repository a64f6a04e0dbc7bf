"""Between OpenGL's buffers and tensors: through CUDA where it shares memory, else the host."""

from collections.abc import Callable

import moderngl
import numpy as np
import torch
from torch import Tensor

from training.people.cuda_gl import CudaGl, cuda_gl


class FrameTransfer:
    """FrameTransfer(gl, device): buffers that grow as needed, and tensors on the device.

    host: go through the host even where CUDA could share memory
    """

    def __init__(self, gl: moderngl.Context, device: torch.device, host: bool = False) -> None:
        self._gl, self._device = gl, device
        self._shared: CudaGl | None = None if host else cuda_gl(gl, device)
        self._buffers: dict[str, moderngl.Buffer] = {}
        self._pinned: dict[str, Tensor] = {}

    @property
    def path(self) -> str:
        """How frames travel: 'interop' or 'host'."""
        return "host" if self._shared is None else "interop"

    def buffer(self, name: str, size_bytes: int) -> moderngl.Buffer:
        """A buffer of at least that size, the same for the same name until it must grow."""
        known = self._buffers.get(name)
        if known is not None and known.size >= size_bytes:
            return known
        if known is not None:
            if self._shared is not None:
                self._shared.forget(known)
            known.release()
        self._buffers[name] = self._gl.buffer(reserve=size_bytes)
        return self._buffers[name]

    def close(self) -> None:
        """Let CUDA forget the buffers."""
        for buffer in self._buffers.values():
            if self._shared is not None:
                self._shared.forget(buffer)
            buffer.release()
        self._buffers.clear()

    def write(self, name: str, tensors: list[Tensor]) -> list[int]:
        """Float tensors one after another into the buffer `name`; offsets in bytes of each."""
        sizes = [4 * tensor.numel() for tensor in tensors]
        offsets = np.cumsum([0, *sizes]).tolist()
        buffer = self.buffer(name, offsets[-1])
        if self._shared is None:
            for tensor, offset in zip(tensors, offsets, strict=False):
                buffer.write(tensor.cpu().numpy(), offset=offset)
            return offsets[:-1]
        with self._shared.mapped(buffer) as there:
            for tensor, offset in zip(tensors, offsets, strict=False):
                first = offset // 4
                there[first : first + tensor.numel()].copy_(tensor.flatten())
        return offsets[:-1]

    def read(self, name: str, shape: tuple[int, ...], use: Callable[[Tensor], Tensor]) -> Tensor:
        """use(floats of the buffer's beginning as `shape`), which must make a new tensor."""
        count = int(np.prod(shape))
        buffer = self._buffers[name]
        if self._shared is not None:
            with self._shared.mapped(buffer) as there:
                return use(there[:count].reshape(shape))
        pinned = self._pinned.get(name)
        if pinned is None or pinned.numel() < count:
            pinned = torch.empty(count, pin_memory=self._device.type == "cuda")
            self._pinned[name] = pinned
        host = pinned[:count]
        buffer.read_into(host.numpy(), 4 * count)
        return use(host.to(self._device).reshape(shape))
