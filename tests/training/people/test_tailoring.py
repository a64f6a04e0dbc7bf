from dataclasses import replace

import numpy as np
import pytest

from tests.training.people.base_body import base_body
from training.people.assets import Asset, Fit, Mesh
from training.people.character import PUSH_OUT_M, Builder, Kind
from training.people.head_shape import head_shape
from training.people.layers import Layers, Outfit
from training.people.material import Material
from training.people.neckwear import Neckwear, neckwear
from training.people.subdivision import vertex_normals
from training.people.tailoring import Cut, cut, shown_in_front

BODY = base_body()
BASE = BODY.joint("neck01")
OFF_SKIN_M = 0.006


def overall(off_skin_m: float = OFF_SKIN_M) -> Asset:
    """The skin from neck to wrists and hips itself, a little larger."""
    rest = BODY.rest.astype(np.float64)
    low, high = BODY.joint("spine05")[1], BASE[1] + 0.01
    wrists = np.abs(rest[:, 0]) < abs(BODY.joint("wrist.L")[0])
    inside = (rest[:, 1] > low) & (rest[:, 1] < high) & wrists
    triangles = BODY.triangles[inside[BODY.triangles].all(1)]
    used, mine = np.unique(triangles, return_inverse=True)
    mine = mine.reshape(-1, 3).astype(np.int32)
    offset = off_skin_m * vertex_normals(rest, BODY.triangles)[used]
    axis = (int(used[0]), int(used[1]), 1.0)
    scale = (axis, axis, axis)
    sizes = [abs(float(rest[a, x] - rest[b, x])) / d for x, (a, b, d) in enumerate(scale)]
    reference = np.repeat(used[:, None], 3, 1).astype(np.int32)
    weight = np.tile(np.array([1, 0, 0], np.float32), (len(used), 1))
    fit = Fit(reference, weight, (offset / sizes).astype(np.float32), scale, used.astype(np.int32))
    return Asset("overall", Mesh(rest[used], mine, np.zeros((len(used), 2)), mine), fit)


OVERALL = overall()


def cloth_of(asset: Asset) -> np.ndarray:
    """(P, 3) points that its triangles use."""
    return asset.fit.place(BODY.rest)[np.unique(asset.mesh.triangles)]


def along_arm(points: np.ndarray) -> np.ndarray:
    """Metres from the left shoulder towards the wrist."""
    start, end = BODY.joint("upperarm01.L"), BODY.joint("wrist.L")
    return (points - start) @ ((end - start) / np.linalg.norm(end - start))


def on_arm(points: np.ndarray) -> np.ndarray:
    return points[points[:, 0] > BODY.joint("upperarm01.L")[0] + 0.03]


def test_an_uncut_garment_stays_as_it_is():
    assert cut(OVERALL, BODY, Cut()) is OVERALL


@pytest.mark.parametrize("share", [0.3, 0.62])
def test_sleeves_end_cleanly_at_their_share_of_the_arm(share):
    short = cut(OVERALL, BODY, Cut(sleeve=share))
    hem = share * np.linalg.norm(BODY.joint("wrist.L") - BODY.joint("upperarm01.L"))
    reach = along_arm(on_arm(cloth_of(short)))
    assert reach.max() == pytest.approx(hem, abs=0.004)
    assert (np.abs(reach - hem) < 0.004).sum() > 8
    bare = np.setdiff1d(OVERALL.fit.deleted, short.fit.deleted)
    assert along_arm(on_arm(BODY.rest[bare])).max() > hem + 0.1


def test_a_scoop_ends_at_its_depth():
    cloth = cloth_of(cut(OVERALL, BODY, Cut(neckline="scoop", depth_m=0.09)))
    middle = cloth[(np.abs(cloth[:, 0]) < 0.004) & (cloth[:, 2] > BASE[2] + 0.03)]
    assert middle[:, 1].max() == pytest.approx(BASE[1] - 0.09, abs=0.006)


@pytest.mark.parametrize("neckline", ["scoop", "boat"])
def test_a_wide_neckline_frees_the_neck_all_around(neckline):
    cloth = cloth_of(cut(OVERALL, BODY, Cut(neckline=neckline, depth_m=0.08)))
    assert cloth[np.abs(cloth[:, 0]) < 0.05, 1].max() < BASE[1] + 0.01
    beside = np.abs(cloth[:, 1] - BASE[1] - 0.0) < 0.01
    assert np.abs(cloth[beside, 0]).min(initial=1.0) > 0.06


def test_an_open_front_shows_what_is_under_it_and_no_skin():
    wanted = Cut(open_m=0.05)
    jacket, shirt = cut(OVERALL, BODY, wanted), shown_in_front(OVERALL, BODY, wanted)
    outer, inner = cloth_of(jacket), cloth_of(shirt)
    front = outer[outer[:, 2] > BASE[2] + 0.04]
    assert np.abs(front[:, 0]).min() > 0.045
    assert (np.abs(inner[:, 0]) < 0.15).all()
    hidden = np.union1d(jacket.fit.deleted, shirt.fit.deleted)
    chest = BODY.rest[np.setdiff1d(OVERALL.fit.deleted, hidden)]
    assert not ((np.abs(chest[:, 0]) < 0.12) & (chest[:, 1] < BASE[1] - 0.05)).any()


def test_the_edges_of_an_open_front_are_straight_over_what_is_under_it():
    worn = Layers(Cut(open_m=0.05), under="shirt", under_material=Material((0.1, 0.1, 0.1)))
    builder = Builder(BODY)
    builder.add_skin(np.zeros(0, np.int32), "")
    Outfit(worn, BODY, OVERALL, OVERALL).put_on(builder, "", "")
    character = builder.finish()
    jacket = next(part for part in character.parts if part.kind == Kind.CLOTH)
    edge = character.rest[edge_rows(jacket.source[jacket.triangles])]
    below = BASE[1] - edge[:, 1]
    front = (edge[:, 2] > BASE[2] + 0.03) & (np.abs(edge[:, 0]) < 0.1)
    front &= (below > 0.05) & (below < 0.25)
    straight = 0.05 * (1 + 1.1 * below[front])
    assert front.sum() > 20
    assert np.abs(np.abs(edge[front, 0]) - straight).max() < 0.003


def off_skin_m(points: np.ndarray) -> np.ndarray:
    """(P,) height over the nearest vertices of the skin."""
    normals = vertex_normals(BODY.rest.astype(np.float64), BODY.triangles)
    skin = np.unique(BODY.triangles)[::4]
    near = skin[np.linalg.norm(points[:, None] - BODY.rest[skin][None], axis=2).argmin(1)]
    return ((points - BODY.rest[near]) * normals[near]).sum(1)


def test_a_new_edge_lies_over_the_skin():
    cloth = cloth_of(cut(OVERALL, BODY, Cut(neckline="scoop", depth_m=0.08)))
    assert (off_skin_m(cloth) + PUSH_OUT_M > 0).mean() > 0.97


def edge_rows(triangles: np.ndarray) -> np.ndarray:
    """Vertices of the sides that one triangle has alone."""
    sides = np.sort(triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    unique, count = np.unique(sides, axis=0, return_counts=True)
    return np.unique(unique[count == 1])


def neckline_of(asset: Asset) -> np.ndarray:
    """(P, 3) points on the cloth's upper edge."""
    points = asset.fit.place(BODY.rest)[edge_rows(asset.mesh.triangles)]
    return points[points[:, 1] > BASE[1] - 0.1]


def test_loose_cloth_comes_down_to_the_skin_at_a_neckline():
    loose = cut(overall(0.02), BODY, Cut(neckline="scoop", depth_m=0.08))
    assert off_skin_m(neckline_of(loose)).max() < 0.012
    assert np.median(off_skin_m(cloth_of(loose))) > 0.015


def test_one_does_not_look_into_a_neckline_behind_the_shoulders():
    edge = neckline_of(cut(overall(0.02), BODY, Cut(neckline="scoop", depth_m=0.08)))
    behind = edge[edge[:, 2] < BASE[2] - 0.012]
    assert len(behind) > 5
    assert np.median(off_skin_m(behind)) < 0.001


def test_an_unknown_neckline_is_named():
    with pytest.raises(ValueError, match="ruff"):
        cut(OVERALL, BODY, Cut(neckline="ruff"))


@pytest.mark.parametrize(("shape", "lowest_m"), [("scarf", 0.2), ("turtleneck", 0.10)])
def test_neckwear_lies_around_the_neck_below_the_chin(shape, lowest_m):
    head = head_shape(BODY)
    solid = neckwear(Neckwear(shape, Material((0.3, 0.1, 0.1))), head, cloth_of(OVERALL))
    turn = np.sort(np.arctan2(solid.points[:, 0], solid.points[:, 2] - BASE[2]))
    assert np.diff(turn).max() < 0.2
    assert BASE[1] - solid.points[:, 1].min() > lowest_m / 2
    assert solid.points[:, 1].max() < head.eyes[0, 1] - 0.05


def test_no_neck_shows_between_the_turns_of_a_thin_scarf():
    worn = Neckwear("scarf", Material((0.3, 0.1, 0.1)), loose=0.0)
    points = neckwear(worn, head_shape(BODY), cloth_of(OVERALL)).points
    loops = points[: 2 * 20 * 121]
    before = (np.abs(loops[:, 0]) < 0.01) & (loops[:, 2] > BASE[2])
    assert np.diff(np.sort(loops[before, 1])).max() < 0.005


def test_high_shoulders_do_not_widen_a_scarf():
    head, base = head_shape(BODY), np.array(BASE)
    worn = Neckwear("scarf", Material((0.3, 0.1, 0.1)))
    width_m = [np.ptp(neckwear(worn, head, cloth_of(OVERALL)).points[:, 0])]
    skin = head.skin.copy()
    beside = (np.abs(skin[:, 0]) > 0.085) & (np.abs(skin[:, 0]) < 0.14)
    skin[beside & (skin[:, 1] > base[1] - 0.08), 1] += 0.04
    raised = replace(head, skin=skin)
    width_m.append(np.ptp(neckwear(worn, raised, cloth_of(OVERALL)).points[:, 0]))
    assert width_m[1] < width_m[0] + 0.01


def test_a_high_collar_does_not_come_out_over_the_breast():
    head, base = head_shape(BODY), np.array(BASE)
    skin = head.skin.copy()
    skin[(skin[:, 2] > base[2] + 0.05) & (skin[:, 1] < base[1] - 0.07), 2] += 0.06
    worn = Neckwear("turtleneck", Material((0.3, 0.1, 0.1)))
    solid = neckwear(worn, replace(head, skin=skin), cloth_of(OVERALL))
    low = solid.points[solid.points[:, 1] < base[1] - 0.03]
    usual = neckwear(worn, head, cloth_of(OVERALL)).points
    assert low[:, 2].max() < usual[:, 2].max() + 0.02


def test_unknown_neckwear_is_named():
    with pytest.raises(ValueError, match="boa"):
        neckwear(Neckwear("boa", Material((0, 0, 0))), head_shape(BODY), np.zeros((0, 3)))
