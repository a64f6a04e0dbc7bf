import json
import tarfile

import pytest

from training.speech.pack import pack, packed_shards, unpack


def add_shard(folder, number: int, size: int = 3000) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{number:03d}.opus").write_bytes(bytes([number % 256]) * size)
    (folder / f"{number:03d}.json").write_text(json.dumps({"job": number, "clips": ["ä"]}))


def test_shards_come_out_of_their_packs_unchanged(tmp_path):
    for number in (7, 130, 131):
        add_shard(tmp_path / "a", number)
    assert len(pack(tmp_path / "a", tmp_path / "packs")) == 1
    assert unpack(tmp_path / "packs", tmp_path / "b") == 3
    for path in (tmp_path / "a").iterdir():
        other = tmp_path / "b" / path.name
        if path.suffix == ".json":
            assert json.loads(other.read_text()) == json.loads(path.read_text())
        else:
            assert other.read_bytes() == path.read_bytes()
    assert unpack(tmp_path / "packs", tmp_path / "b") == 0


def test_new_shards_go_into_new_packs(tmp_path):
    add_shard(tmp_path / "a", 1)
    [first] = pack(tmp_path / "a", tmp_path / "packs")
    before = first.read_bytes()
    add_shard(tmp_path / "a", 2)
    [second] = pack(tmp_path / "a", tmp_path / "packs")
    assert first.read_bytes() == before
    assert packed_shards(second) == {"002"}
    assert pack(tmp_path / "a", tmp_path / "packs") == []


def test_no_pack_is_larger_than_asked(tmp_path):
    for number in range(9):
        add_shard(tmp_path / "a", number, 20_000)
    packs = pack(tmp_path / "a", tmp_path / "packs", most_mib=0.06)
    assert len(packs) == 5
    assert all(path.stat().st_size <= 0.06 * 2**20 for path in packs)
    assert sorted(set().union(*map(packed_shards, packs))) == [f"{k:03d}" for k in range(9)]


def test_a_shard_larger_than_a_pack_is_refused(tmp_path):
    add_shard(tmp_path / "a", 1, 200_000)
    with pytest.raises(ValueError, match="001 does not fit"):
        pack(tmp_path / "a", tmp_path / "packs", most_mib=0.1)


def test_a_pack_with_anything_else_is_refused(tmp_path):
    (tmp_path / "packs").mkdir()
    (tmp_path / "x").write_text("x")
    with tarfile.open(tmp_path / "packs" / "pack_0.tar", "w") as archive:
        archive.add(tmp_path / "x", "../x.json")
    with pytest.raises(ValueError, match="no shard"):
        unpack(tmp_path / "packs", tmp_path / "b")
