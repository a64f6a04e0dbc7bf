from pathlib import Path

import numpy as np
import pytest

from training.people.assets import read_mhclo, read_obj

MHCLO = """# a comment with 1 2 3
name shirt
x_scale 0 1 2.0
z_scale 0 2 1.0
y_scale 0 3 4.0
verts 0
material shirt.mhmat
0 1 2 0.5 0.25 0.25 1.0 0.0 2.0
3
delete_verts
1 - 3 7
9
"""
CORNERS = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nvt 0 0\nvt 1 1\n"
OBJ = CORNERS + "g front\nf 1/1 2/1 3/2 4/2\nf 1/1 2/1 3/2\n"
BASE = np.array([[0, 0, 0], [0.4, 0, 0], [0, 0, 0.1], [0, 0.4, 0]], np.float32)


@pytest.fixture
def mhclo(tmp_path: Path) -> Path:
    path = tmp_path / "shirt.mhclo"
    path.write_text(MHCLO)
    return path


def test_rows_after_another_keyword_still_belong_to_the_vertices(mhclo):
    fit = read_mhclo(mhclo)
    assert fit.reference.tolist() == [[0, 1, 2], [3, 3, 3]]
    assert fit.weight.sum(1).tolist() == [1.0, 1.0]


def test_ranges_of_hidden_vertices_are_written_out(mhclo):
    assert read_mhclo(mhclo).deleted.tolist() == [1, 2, 3, 7, 9]


def test_offsets_grow_with_the_figure(mhclo):
    fit = read_mhclo(mhclo)
    anchor = 0.5 * BASE[0] + 0.25 * BASE[1] + 0.25 * BASE[2]
    # x: 0.4 m where the author had 2 dm; z: 0.1 m where the author had 1 dm.
    assert np.allclose(fit.place(BASE)[0], anchor + np.array([1.0 * 0.2, 0.0, 2.0 * 0.1]))
    assert np.allclose(fit.place(BASE)[1], BASE[3])


def test_a_linear_field_is_carried_by_the_weights_alone(mhclo):
    field = np.arange(4, dtype=np.float32)[:, None]
    assert np.allclose(read_mhclo(mhclo).carry(field)[:, 0], [0.75, 3.0])


def test_a_missing_scale_is_named_by_its_file(tmp_path):
    path = tmp_path / "bad.mhclo"
    path.write_text("x_scale 0 1 2.0\nverts 0\n0\n")
    with pytest.raises(ValueError, match=r"bad\.mhclo"):
        read_mhclo(path)


def test_quads_are_fanned_and_keep_their_own_texture_corners(tmp_path):
    path = tmp_path / "a.obj"
    path.write_text(OBJ)
    mesh = read_obj(path)
    assert mesh.triangles.tolist() == [[0, 1, 2], [0, 2, 3], [0, 1, 2]]
    assert mesh.uv_triangles.tolist() == [[0, 0, 1], [0, 1, 1], [0, 0, 1]]
