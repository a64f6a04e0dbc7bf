"""Causal speech encoder: log-mel hops -> one feature per video frame and what is heard in it.

Shapes: B batch, F video frames, H hops (4 F), P past hops, M mel channels, C convolution channels,
E feature size, L layers.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.networks.sizes import SpeechEncoderSizes
from pipeline.rates import HOPS_PER_FRAME

KERNEL = 5
DROPOUT = 0.2
FRAME_KERNEL = 2 * HOPS_PER_FRAME
# what the newer heads tell:
#   late_viseme: viseme of the frame before, better known now than it was then
#   voicing: logit; f0: log2 of Hz / 128, where voiced; energy: level of the voice without the
#   noise, in units of 20 dB relative to the speaker's usual loud level
ALL_HEADS = ("viseme", "late_viseme", "activity", "stress", "voicing", "f0", "energy")
F0_UNIT_HZ = 128.0
ENERGY_UNIT_DB = 20.0


class SpeechEncoder(nn.Module):
    """Convolutions at 120 Hz, one down to 30 Hz, recurrent layers; all look back only."""

    def __init__(self, sizes: SpeechEncoderSizes):
        super().__init__()
        skipped = KERNEL - 1
        assert sizes.skipped_hops == skipped
        assert sizes.past_hops == sizes.convolutions * skipped + FRAME_KERNEL - HOPS_PER_FRAME
        self.sizes = sizes
        size, channels = sizes.feature_size, sizes.conv_channels
        self.conv1 = nn.Conv1d(sizes.mel_channels, channels, KERNEL)
        self.conv2 = nn.Conv1d(channels, channels, KERNEL)
        self.deeper = nn.ModuleList(
            nn.Conv1d(channels, channels, KERNEL) for _ in range(sizes.convolutions - 2)
        )
        self.conv3 = nn.Conv1d(channels, sizes.frame_channels, FRAME_KERNEL, stride=HOPS_PER_FRAME)
        inputs = [sizes.frame_channels] + [size] * (sizes.recurrent_layers - 1)
        for layer, width in enumerate(inputs):
            self.add_module(f"gru{layer + 1}", nn.GRU(width, size, batch_first=True))
        self.norm = nn.LayerNorm(size)
        self.dropout = nn.Dropout(DROPOUT)
        for head in sizes.heads:
            self.add_module(head, nn.Linear(size, sizes.head_width(head)))

    def init_state(self, batch: int) -> dict[str, Tensor]:
        """The state after endless silence: mel_past (B, P, M) and hidden (L, B, E)."""
        shapes = self.sizes.init_state()
        (_, hops, channels), quiet = shapes["mel_past"]
        (layers, _, size), _ = shapes["hidden"]
        past_BPM = torch.full((batch, hops, channels), quiet)
        return {"mel_past": past_BPM, "hidden": torch.zeros(layers, batch, size)}

    def forward(self, mel: Tensor, mel_past: Tensor, hidden: Tensor) -> dict[str, Tensor]:
        """Any whole number of video frames: mel (B, H, M) and the state of `init_state`.

        Returns feature (B, F, E), every head of the sizes (viseme (B, F, 15), activity (B, F, 3),
        the others (B, F, 1); logits but for f0 and energy), and the next state as next_mel_past
        and next_hidden.
        """
        mel_BHM, mel_past_BPM, hidden_LBE = mel, mel_past, hidden
        assert mel_BHM.ndim == 3
        assert mel_BHM.shape[1] % HOPS_PER_FRAME == 0
        assert mel_past_BPM.shape[1] == self.sizes.past_hops
        seen_BHM = torch.cat([mel_past_BPM, mel_BHM], dim=1)
        feature_BFE, next_hidden_LBE = self._remember(self._frames(seen_BHM), hidden_LBE)
        heard_BFE = self.dropout(feature_BFE)
        heads = {head: self.get_submodule(head)(heard_BFE) for head in self.sizes.heads}
        return {
            "feature": feature_BFE,
            **heads,
            "next_mel_past": seen_BHM[:, -self.sizes.past_hops :],
            "next_hidden": next_hidden_LBE,
        }

    def _frames(self, seen_BHM: Tensor) -> Tensor:
        """(B, P + H, M) hops -> (B, F, C) one vector per video frame."""
        x_BCH = functional.silu(self.conv1(seen_BHM.transpose(1, 2)))
        for convolution in (self.conv2, *self.deeper):
            x_BCH = x_BCH[:, :, KERNEL - 1 :] + functional.silu(convolution(x_BCH))
        return functional.silu(self.conv3(x_BCH)).transpose(1, 2)

    def _remember(self, x_BFC: Tensor, hidden_LBE: Tensor) -> tuple[Tensor, Tensor]:
        """Layers whose results add up, in float32: torch would run them in float16, not bfloat16,
        under autocast."""
        total_BFE, last = None, []
        with torch.autocast(x_BFC.device.type, enabled=False):
            y_BFC = x_BFC.float()
            for layer, state_BE in enumerate(hidden_LBE.float()):
                gru = self.get_submodule(f"gru{layer + 1}")
                y_BFC, state_1BE = gru(self.dropout(y_BFC), state_BE[None].contiguous())
                total_BFE = y_BFC if total_BFE is None else total_BFE + y_BFC
                y_BFC = total_BFE
                last.append(state_1BE)
            assert total_BFE is not None
            return self.norm(total_BFE), torch.cat(last)
