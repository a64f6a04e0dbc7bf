from pathlib import Path

import cv2
import numpy as np
import pytest

pytest.importorskip("moderngl")

from training.people import pack_assets
from training.people.assets import has_texture, load_asset, load_texture, read_entry
from training.people.body import body_file
from training.people.pack_assets import pack
from training.people.packed_identities import IDENTITIES_ENTRY

MHCLO = """x_scale 0 1 2.0
z_scale 0 2 1.0
y_scale 0 3 4.0
verts 0
0 1 2 0.5 0.25 0.25 1.0 0.1 2.0
3
3
3
delete_verts
1 - 3
"""
OBJ = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0.1 1 0\nvt 0 0.3\nvt 1 1\nf 1/1 2/1 3/2 4/2\n"


def add_geometry(base: Path) -> None:
    for kind, folder, name in (
        ("hair", "long01", "long01"),
        ("clothes", "fedora01", "fedora_cocked"),
        ("clothes", "shoes01", "shoes01"),
    ):
        home = base / kind / folder
        home.mkdir(parents=True)
        (home / f"{name}.mhclo").write_text(MHCLO)
        (home / f"{name}.obj").write_text(OBJ)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assets = tmp_path / "assets"
    add_geometry(assets / "geometry" / "base")
    (assets / "geometry" / "LICENSE.txt").write_text("CC0")
    (assets / "textures").mkdir()
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 255, (16, 24, 4), np.uint8)
    cv2.imwrite(str(assets / "textures" / "long01_diffuse.webp"), pixels)
    return assets


@pytest.fixture
def body(tmp_path: Path) -> Path:
    path = tmp_path / "full.npz"
    np.savez(path, template=np.arange(6, dtype=np.float32).reshape(2, 3))
    return path


@pytest.mark.parametrize(
    ("kind", "name"), [("hair", "long01"), ("clothes", "fedora_cocked")], ids=["own", "second"]
)
def test_a_pack_holds_the_same_asset_as_its_folder(folder, body, tmp_path, kind, name):
    out = tmp_path / "pack.zip"
    pack(folder, body, out)
    ours, theirs = load_asset(out, kind, name), load_asset(folder, kind, name)
    for part in ("mesh", "fit"):
        a, b = getattr(ours, part), getattr(theirs, part)
        for field in type(a).__slots__:
            assert np.array_equal(getattr(a, field), getattr(b, field))
            assert np.asarray(getattr(a, field)).dtype == np.asarray(getattr(b, field)).dtype
    assert ours.fit.scale == theirs.fit.scale


def test_a_pack_holds_the_same_texture_as_its_folder(folder, body, tmp_path):
    out = tmp_path / "pack.zip"
    pack(folder, body, out)
    assert np.array_equal(
        load_texture(out, "long01_diffuse"), load_texture(folder, "long01_diffuse")
    )
    for assets in (folder, out):
        assert has_texture(assets, "long01_diffuse")
        assert not has_texture(assets, "long01_normal")


def test_a_pack_serves_as_the_body_too(folder, body, tmp_path):
    out = tmp_path / "pack.zip"
    pack(folder, body, out)
    with np.load(body_file(out)) as packed, np.load(body_file(body)) as file:
        assert np.array_equal(packed["template"], file["template"])


def test_people_are_solved_with_the_assets_that_they_travel_with(folder, body, tmp_path):
    def people(packed: Path) -> bytes:
        assert load_asset(packed, "hair", "long01").name == "long01"
        assert has_texture(packed, "long01_diffuse")
        return b"somebody"

    pack(folder, body, tmp_path / "pack.zip", people)
    assert read_entry(tmp_path / "pack.zip", IDENTITIES_ENTRY) == b"somebody"


def test_what_no_portrait_shows_stays_at_home(folder, tmp_path):
    pack(folder, None, tmp_path / "pack.zip")
    with pytest.raises(FileNotFoundError, match="shoes01"):
        load_asset(tmp_path / "pack.zip", "clothes", "shoes01")
    with pytest.raises(FileNotFoundError, match="missing"):
        load_texture(tmp_path / "pack.zip", "missing")


def test_the_same_assets_make_the_same_file(folder, body, tmp_path):
    for name in ("a.zip", "b.zip"):
        pack(folder, body, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_pictures_of_the_official_release_are_reduced(tmp_path):
    official = tmp_path / "makehuman-assets"
    add_geometry(official / "base")
    skin = official / "base" / "skins" / "young"
    skin.mkdir(parents=True)
    picture = np.full((2200, 2200, 3), (40, 90, 200), np.uint8)
    cv2.imwrite(str(skin / "young_diffuse.png"), picture)
    cv2.imwrite(str(skin / "young_bump.png"), picture)
    pack(official, None, tmp_path / "pack.zip")
    texture = load_texture(tmp_path / "pack.zip", "young_diffuse")
    assert texture.shape == (2048, 2048, 4)
    assert np.abs(texture[1000, 1000].astype(int) - [200, 90, 40, 255]).max() <= 3
    assert not has_texture(tmp_path / "pack.zip", "young_bump")
    assert load_asset(tmp_path / "pack.zip", "hair", "long01").mesh.triangles.shape == (2, 3)


def test_pointers_instead_of_pictures_are_named(tmp_path):
    skin = tmp_path / "base" / "skins" / "young"
    skin.mkdir(parents=True)
    (skin / "young_diffuse.png").write_text("version https://git-lfs.github.com/spec/v1\n")
    with pytest.raises(ValueError, match=r"young_diffuse\.png.*git lfs pull"):
        pack(tmp_path, None, tmp_path / "pack.zip")


def test_a_pack_too_large_to_travel_is_not_written(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(pack_assets, "LARGEST_BYTES", 500)
    with pytest.raises(ValueError, match="MB"):
        pack(folder, None, tmp_path / "pack.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["assets"]


def test_a_folder_without_assets_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="geometry/base"):
        pack(tmp_path, None, tmp_path / "pack.zip")
