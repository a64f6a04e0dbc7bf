"""Pictures as JPEG leaves them: ITU-T T.81 with the tables of its Annex K and chroma of half size,
without the entropy coding, which loses nothing."""

from functools import cache as memory

import torch
from torch import Tensor
from torch.nn import functional

from training.renderer.constant import constant

# Annex K.1; rows are vertical frequencies.
LUMA_TABLE = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip
CHROMA_TABLE = (
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
    *[99] * 32,
)  # fmt: skip
# JFIF: luma, blue and red difference of red, green and blue, and back.
FROM_RGB = (
    (0.299, 0.587, 0.114), (-0.168736, -0.331264, 0.5), (0.5, -0.418688, -0.081312),
)  # fmt: skip
TO_RGB = ((1.0, 0.0, 1.402), (1.0, -0.344136, -0.714136), (1.0, 1.772, 0.0))
BLOCK = 8
# Blocks of chroma cover as many pixels.
CHROMA_BLOCK_PX = 16


def compressed(picture: Tensor, quality: Tensor, offset_px: Tensor) -> Tensor:
    """(B, 3, H, W) float32 in [0, 1], compressed and read again.

    quality: (B,) from 1 to 100 as of libjpeg; offset_px: (B, 2) whole numbers from 0 to 15, how far
    the grid of blocks begins outside of the picture, down and across
    """
    height, width = picture.shape[-2:]
    rows, row_back = _grid(height, offset_px[:, 0])
    columns, column_back = _grid(width, offset_px[:, 1])
    frame = torch.arange(len(picture), device=picture.device)[:, None, None]
    on_grid = picture[frame, :, rows[:, :, None], columns[:, None, :]]
    ycc = (on_grid @ constant(FROM_RGB, picture.device).T * 255).round().movedim(-1, 1)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality)
    luma = _coded(ycc[:, :1] - 128, LUMA_TABLE, scale) + 128
    chroma = _coded(functional.avg_pool2d(ycc[:, 1:], 2), CHROMA_TABLE, scale)
    chroma = functional.interpolate(chroma, scale_factor=2.0, mode="bilinear", align_corners=False)
    read = torch.cat((luma, chroma), 1)
    read = read[frame, :, row_back[:, :, None], column_back[:, None, :]]
    return (read @ constant(TO_RGB, picture.device).T / 255).clamp(0, 1).movedim(-1, 1)


def _grid(size_px: int, offset_px: Tensor) -> tuple[Tensor, Tensor]:
    """Of rows or columns (B, N) that blocks cover: which of the picture's they show, the outermost
    repeated; and where the picture's own are among them."""
    whole = -(-(size_px + CHROMA_BLOCK_PX - 1) // CHROMA_BLOCK_PX) * CHROMA_BLOCK_PX
    covered = torch.arange(whole, device=offset_px.device) - offset_px[:, None]
    own = torch.arange(size_px, device=offset_px.device) + offset_px[:, None]
    return covered.clamp(0, size_px - 1), own


def _coded(planes: Tensor, table: tuple[int, ...], scale: Tensor) -> Tensor:
    """(B, C, H, W), its blocks rounded by a table at a scale (B,) in percent."""
    size, channels, height, width = planes.shape
    base = constant(table, planes.device)
    step = ((base * scale[:, None] + 50) / 100).floor().clamp(1, 255)[:, None, None, None]
    waves = _waves(planes.device)
    blocks = planes.unflatten(3, (-1, BLOCK)).unflatten(2, (-1, BLOCK)).movedim(3, 4)
    coefficients = blocks.flatten(4) @ waves.T
    rounded = (coefficients / step).round() * step
    blocks = (rounded @ waves).unflatten(4, (BLOCK, BLOCK)).movedim(4, 3)
    return blocks.reshape(size, channels, height, width)


@memory
def _waves(device: torch.device) -> Tensor:
    """(64, 64): each row a wave of the discrete cosine transform over a block, T.81 A.3.3."""
    place = torch.arange(BLOCK, dtype=torch.float64)
    wave = torch.cos((2 * place + 1) * place[:, None] * torch.pi / (2 * BLOCK)) / 2
    wave[0] /= 2**0.5
    return torch.kron(wave, wave).float().to(device)
