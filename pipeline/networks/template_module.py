"""The template's forward pass in torch, batched, for training and the GPU.

Same numbers as `pipeline.template.Template`, which the CPU uses.
Shapes: B batch, V vertices, A vertices that actions move, J joints, K identity coefficients.
"""

import torch
from torch import Tensor, nn

from pipeline.template import TemplateModel


class TemplateModule(nn.Module):
    """Identity, actions and posed joints to vertices; weights only, no state."""

    rest_vertices: Tensor
    rest_joints: Tensor
    identity_basis: Tensor
    identity_joint_basis: Tensor
    action_deltas: Tensor
    action_vertices: Tensor
    skin_weights: Tensor

    def __init__(self, model: TemplateModel) -> None:
        super().__init__()
        for name in (
            "rest_vertices", "rest_joints", "identity_basis", "identity_joint_basis",
            "action_deltas", "skin_weights",
        ):  # fmt: skip
            self.register_buffer(name, torch.from_numpy(getattr(model, name)).float())
        self.register_buffer("action_vertices", torch.from_numpy(model.action_vertices).long())
        self.parents = model.parents.tolist()

    def forward(
        self, identity_BK: Tensor, actions_BA: Tensor, local_BJ33: Tensor, offset_BJ3: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Vertices (B, V, 3) metres, joint rotations (B, J, 3, 3) and positions (B, J, 3).

        actions_BA: (B, 52) in [0, 1]; local_BJ33: local joint rotations; offset_BJ3: metres added
        to each joint's place in its parent's frame
        """
        assert local_BJ33.shape[1:] == (len(self.parents), 3, 3)
        assert actions_BA.shape[1] == len(self.action_deltas)
        joints_BJ3 = self.rest_joints + torch.einsum(
            "bk,kjc->bjc", identity_BK, self.identity_joint_basis
        )
        shaped_BV3 = self.rest_vertices + torch.einsum(
            "bk,kvc->bvc", identity_BK, self.identity_basis
        )
        face_BA3 = torch.einsum("ba,avc->bvc", actions_BA, self.action_deltas)
        shaped_BV3 = shaped_BV3.index_add(1, self.action_vertices, face_BA3)
        rotation_BJ33, position_BJ3 = self._kinematics(local_BJ33, joints_BJ3, offset_BJ3)
        shift_BJ3 = position_BJ3 - torch.einsum("bjac,bjc->bja", rotation_BJ33, joints_BJ3)
        affine_BJ34 = torch.cat([rotation_BJ33, shift_BJ3[..., None]], -1)
        blend_BV34 = torch.einsum("vj,bjac->bvac", self.skin_weights, affine_BJ34)
        vertices_BV3 = (blend_BV34[..., :3] @ shaped_BV3[..., None])[..., 0] + blend_BV34[..., 3]
        return vertices_BV3, rotation_BJ33, position_BJ3

    def _kinematics(self, local_BJ33: Tensor, joints_BJ3: Tensor, offset_BJ3: Tensor):
        rotations, positions = [], []
        for joint, parent in enumerate(self.parents):
            if parent < 0:
                rotations.append(local_BJ33[:, joint])
                positions.append(joints_BJ3[:, joint] + offset_BJ3[:, joint])
                continue
            bone_B3 = joints_BJ3[:, joint] - joints_BJ3[:, parent] + offset_BJ3[:, joint]
            rotations.append(rotations[parent] @ local_BJ33[:, joint])
            moved_B3 = (rotations[parent] @ bone_B3[..., None])[..., 0]
            positions.append(positions[parent] + moved_B3)
        return torch.stack(rotations, 1), torch.stack(positions, 1)
