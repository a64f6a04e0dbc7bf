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
# what the convolutions see before the first hop of a frame
PAST_HOPS = 2 * (KERNEL - 1) + FRAME_KERNEL - HOPS_PER_FRAME


class SpeechEncoder(nn.Module):
    """Two convolutions at 120 Hz, one down to 30 Hz, two recurrent layers; all look back only."""

    def __init__(self, sizes: SpeechEncoderSizes):
        super().__init__()
        assert sizes.past_hops == PAST_HOPS
        self.sizes = sizes
        size = sizes.feature_size
        self.conv1 = nn.Conv1d(sizes.mel_channels, sizes.conv_channels, KERNEL)
        self.conv2 = nn.Conv1d(sizes.conv_channels, sizes.conv_channels, KERNEL)
        self.conv3 = nn.Conv1d(
            sizes.conv_channels, sizes.frame_channels, FRAME_KERNEL, stride=HOPS_PER_FRAME
        )
        self.gru1 = nn.GRU(sizes.frame_channels, size, batch_first=True)
        self.gru2 = nn.GRU(size, size, batch_first=True)
        self.norm = nn.LayerNorm(size)
        self.dropout = nn.Dropout(DROPOUT)
        self.viseme = nn.Linear(size, sizes.visemes)
        self.activity = nn.Linear(size, sizes.activities)
        self.stress = nn.Linear(size, 1)

    def init_state(self, batch: int) -> dict[str, Tensor]:
        """The state after endless silence: mel_past (B, P, M) and hidden (L, B, E)."""
        shapes = self.sizes.init_state()
        (_, hops, channels), quiet = shapes["mel_past"]
        (layers, _, size), _ = shapes["hidden"]
        past_BPM = torch.full((batch, hops, channels), quiet)
        return {"mel_past": past_BPM, "hidden": torch.zeros(layers, batch, size)}

    def forward(self, mel: Tensor, mel_past: Tensor, hidden: Tensor) -> dict[str, Tensor]:
        """Any whole number of video frames: mel (B, H, M) and the state of `init_state`.

        Returns feature (B, F, E), viseme (B, F, 15), activity (B, F, 3) and stress (B, F, 1) as
        logits, and the next state as next_mel_past and next_hidden.
        """
        mel_BHM, mel_past_BPM, hidden_LBE = mel, mel_past, hidden
        assert mel_BHM.ndim == 3
        assert mel_BHM.shape[1] % HOPS_PER_FRAME == 0
        assert mel_past_BPM.shape[1] == PAST_HOPS
        seen_BHM = torch.cat([mel_past_BPM, mel_BHM], dim=1)
        x_BCH = functional.silu(self.conv1(seen_BHM.transpose(1, 2)))
        x_BCH = x_BCH[:, :, KERNEL - 1 :] + functional.silu(self.conv2(x_BCH))
        x_BFC = self.dropout(functional.silu(self.conv3(x_BCH)).transpose(1, 2))
        low_BFE, first_1BE = self.gru1(x_BFC, hidden_LBE[:1].contiguous())
        high_BFE, second_1BE = self.gru2(self.dropout(low_BFE), hidden_LBE[1:].contiguous())
        feature_BFE = self.norm(low_BFE + high_BFE)
        heard_BFE = self.dropout(feature_BFE)
        return {
            "feature": feature_BFE,
            "viseme": self.viseme(heard_BFE),
            "activity": self.activity(heard_BFE),
            "stress": self.stress(heard_BFE),
            "next_mel_past": seen_BHM[:, -PAST_HOPS:],
            "next_hidden": torch.cat([first_1BE, second_1BE]),
        }
