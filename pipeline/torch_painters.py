"""The painters of the full tier on torch; imported only where a GPU is used, and in tests."""

from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

from pipeline.errors import ModelError
from pipeline.model_folder import ModelFolder
from pipeline.names import IMPLICIT_SIZE
from pipeline.networks.cuda_graph import CudaGraph
from pipeline.networks.painters import Frame, Painters, pasted
from pipeline.painters_engine import FrameMaps, Subject
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX

HEIGHT, WIDTH = FRAME_HEIGHT_PX, FRAME_WIDTH_PX
# What goes to the device with each frame, in one copy; each part's bytes are a multiple of 16.
GIVEN: dict[str, tuple[torch.dtype, tuple[int, ...]]] = {
    "composite": (torch.uint8, (1, HEIGHT, WIDTH, 3)),
    "gates": (torch.uint8, (1, HEIGHT // 2, WIDTH // 2, 6)),
    "hands": (torch.uint8, (1, HEIGHT // 2, WIDTH // 2, 4)),
    "flow": (torch.float16, (1, 2, HEIGHT // 4, WIDTH // 4)),
    "corner": (torch.int64, (1, 2)),
    "implicit": (torch.float32, (1, IMPLICIT_SIZE)),
}
Known = dict[str, Tensor]


class TorchPainters:
    """Painters on a device; on CUDA in half precision, a frame's work recorded once and replayed.

    What is known of a portrait lies in buffers of the recording, so that another avatar or another
    background costs a copy on the device and no new recording.
    """

    def __init__(self, model: ModelFolder, device: str) -> None:
        if device == "cuda" and not torch.cuda.is_available():
            raise ModelError(
                "torch finds no CUDA device; use the lite renderer or mend the driver."
            )
        self._device, on_cuda = device, device == "cuda"
        self._type = torch.float16 if on_cuda else torch.float32
        painters = Painters(model.sizes)
        weights = {name: value.float() for name, value in load_file(model.weights).items()}
        try:
            painters.load_state_dict(weights)
        except RuntimeError as fault:
            raise ModelError(
                f"The weights of the model {model.path.name} do not fit it."
            ) from fault
        painters.eval().requires_grad_(False).to(device, self._type)
        if on_cuda:
            painters.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        self._painters = painters
        sizes = [dtype.itemsize * int(np.prod(shape)) for dtype, shape in GIVEN.values()]
        self._given_here = torch.zeros(sum(sizes), dtype=torch.uint8, pin_memory=on_cuda)
        self._given = torch.zeros(sum(sizes), dtype=torch.uint8, device=device)
        self._places = {n: x.numpy() for n, x in _parts(self._given_here).items()}
        # x and y are planes in memory, here as there
        self._places["flow"] = self._places["flow"].transpose(0, 2, 3, 1)
        self._told = torch.zeros((1, HEIGHT, WIDTH, 3), dtype=torch.uint8, device=device)
        self._told_here = torch.zeros_like(self._told, device="cpu", pin_memory=on_cuda)
        self._known: Known | None = None
        self._in_use: Known | None = None
        self._graph: CudaGraph | None = None

    @property
    def provider(self) -> str:
        """ "torch cuda" or "torch cpu"."""
        return f"torch {self._device}"

    @torch.inference_mode()
    def of(self, subject: Subject) -> "TorchAvatarPainters":
        """Encodes the portrait."""
        skin = torch.from_numpy(subject.skin)[None].to(self._device, self._type)
        matte = subject.matte[..., None]
        source, seen = self.picture(subject.portrait), self.picture(matte)
        painters, known = self._painters, {"skin": skin}
        for name, painter in (("whole", painters.generator), ("face", painters.face)):
            known[f"{name}_fine"], known[f"{name}_coarse"] = painter.source(source, seen, skin)
        return TorchAvatarPainters(self, known | {"behind": self.picture(subject.background)})

    def paint(self, known: Known, maps: FrameMaps) -> np.ndarray:
        """One frame of whom `known` describes."""
        self.give(maps)
        self.work(known)
        return self.take()

    def give(self, maps: FrameMaps) -> None:
        """Send what is known of the frame to the device."""
        for name, place in self._places.items():
            place[...] = getattr(maps, name)
        self._given.copy_(self._given_here, non_blocking=True)

    @torch.inference_mode()
    def work(self, known: Known) -> None:
        """Paint what was given."""
        self._recall(known)
        if self._device == "cuda":
            self._graph = self._graph or self._recorded()
            self._graph()
        else:
            self._work()

    def take(self) -> np.ndarray:
        """Wait for the picture (768, 512, 3) uint8, a new array."""
        self._told_here.copy_(self._told, non_blocking=True)
        if self._device == "cuda":
            torch.cuda.current_stream().synchronize()
        return self._told_here[0].numpy().copy()

    def picture(self, pixels: np.ndarray) -> Tensor:
        """(H, W, C) uint8 as (1, C, H, W) in [0, 1] on the device."""
        return self._unit(torch.from_numpy(np.ascontiguousarray(pixels))[None].to(self._device))

    def _unit(self, bytes_BHWC: Tensor) -> Tensor:
        # Divided, and rounded once: what painters leave alone comes out as it was.
        return bytes_BHWC.movedim(-1, 1).to(self._type) / 255

    def _recall(self, known: Known) -> None:
        if self._known is None:
            self._known = {name: value.clone() for name, value in known.items()}
        elif self._in_use is not known:
            for name, value in known.items():
                self._known[name].copy_(value)
        self._in_use = known

    def _recorded(self) -> CudaGraph:
        # Shapes never change: what the warm-up finds to be fastest is what is recorded.
        with torch.backends.cudnn.flags(enabled=True, benchmark=True):
            return CudaGraph(self._work)

    def _work(self) -> None:
        """From `_given` and `_known` to `_told`."""
        assert self._known is not None
        given, known = _parts(self._given), self._known
        # The portrait itself is known already; its place in Frame is not read.
        unread = known["behind"]
        frame = Frame(
            self._unit(given["composite"]), known["behind"], unread, unread,
            self._unit(given["gates"]), self._unit(given["hands"]),
            given["flow"].float(), known["skin"], given["corner"],
            given["implicit"].to(self._type),
        )  # fmt: skip
        whole = self._painters.whole(frame, (known["whole_fine"], known["whole_coarse"]))
        face = self._painters.refined(frame, whole, (known["face_fine"], known["face_coarse"]))
        picture = pasted(whole, face, frame.face).movedim(1, -1).float()
        self._told.copy_(picture * 255 + 0.5)


class TorchAvatarPainters:
    """AvatarPainters on torch: `known` is what was encoded of the portrait, and what is behind."""

    def __init__(self, engine: TorchPainters, known: Known) -> None:
        self.engine, self.known = engine, known

    def over(self, background: np.ndarray) -> "TorchAvatarPainters":
        """The same before another background, (768, 512, 3) uint8."""
        behind = {"behind": self.engine.picture(background)}
        return TorchAvatarPainters(self.engine, self.known | behind)

    def paint(self, maps: FrameMaps) -> np.ndarray:
        """The picture (768, 512, 3) uint8 sRGB."""
        return self.engine.paint(self.known, maps)


def _parts(flat: Any) -> dict[str, Tensor]:
    """The parts of GIVEN in flat bytes."""
    parts, first = {}, 0
    for name, (dtype, shape) in GIVEN.items():
        stop = first + dtype.itemsize * int(np.prod(shape))
        parts[name] = flat[first:stop].view(dtype).view(shape)
        first = stop
    return parts
