"""Causal regression from speech features to the face, a given number of frames behind the sound.

Shapes: B batch, F video frames, E feature size, S style size, A looks-ahead, D hidden size,
K poses.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.networks.sizes import FaceRegressorSizes

DROPOUT = 0.2


class FaceRegressor(nn.Module):
    """A projection, a recurrent layer and a small readout.

    With look-ahead A, the output at step t is the face of frame t - A, which has heard A later
    frames. One set of weights serves every A.
    """

    def __init__(self, sizes: FaceRegressorSizes):
        super().__init__()
        self.sizes = sizes
        size = sizes.hidden_size
        given = sizes.feature_size + sizes.style_size + sizes.largest_lookahead + 1
        self.project = nn.Linear(given, size)
        self.gru = nn.GRU(size, size, batch_first=True)
        self.readout = nn.Linear(2 * size, size)
        self.pose = nn.Linear(size, len(sizes.poses))
        self.closed = nn.Linear(size, 1)
        self.dropout = nn.Dropout(DROPOUT)

    def init_state(self, batch: int) -> dict[str, Tensor]:
        """hidden_1BD of zeros."""
        return {"hidden": torch.zeros(1, batch, self.sizes.hidden_size)}

    def forward(
        self, feature: Tensor, style: Tensor, lookahead: Tensor, hidden: Tensor
    ) -> dict[str, Tensor]:
        """feature (B, F, E), style (B, F, S), lookahead (B, F, A) one-hot, hidden (1, B, D).

        Returns pose (B, F, K), closed (B, F, 1) as the logit of closed lips, and next_hidden.
        """
        feature_BFE, style_BFS, lookahead_BFA, hidden_1BD = feature, style, lookahead, hidden
        assert feature_BFE.ndim == style_BFS.ndim == lookahead_BFA.ndim == 3
        given = torch.cat([self.dropout(feature_BFE), style_BFS, lookahead_BFA], dim=2)
        x_BFD = self.dropout(functional.silu(self.project(given)))
        memory_BFD, next_1BD = self.gru(x_BFD, hidden_1BD)
        y_BFD = self.dropout(functional.silu(self.readout(torch.cat([x_BFD, memory_BFD], dim=2))))
        return {"pose": self.pose(y_BFD), "closed": self.closed(y_BFD), "next_hidden": next_1BD}
