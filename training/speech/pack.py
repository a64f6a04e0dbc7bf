"""Shards in packs that can be carried: `python -m training.speech.pack pack|unpack`.

A pack is a tar of Opus files and xz-compressed JSON. Packs are never rewritten: new shards go into
new packs, so that only those need to travel again.
"""

import argparse
import io
import json
import lzma
import os
import tarfile
from pathlib import Path

MOST_MIB = 36.0
_TAR_BLOCK, _TAR_END = 512, 10_240


def pack(shards: Path, packs: Path, most_mib: float = MOST_MIB) -> list[Path]:
    """Writes shards that are in no pack yet into new packs; returns these.

    Raises:
        ValueError: a shard alone is larger than a pack
    """
    packs.mkdir(parents=True, exist_ok=True)
    known = set().union(*map(packed_shards, _packs_of(packs))) if _packs_of(packs) else set()
    new = [path for path in sorted(shards.glob("*.json")) if path.stem not in known]
    number = 1 + max((_number(path) for path in _packs_of(packs)), default=-1)
    most = int(most_mib * 2**20)
    written: list[Path] = []
    batch: list[tuple[str, bytes]] = []
    size = _TAR_END
    for path in new:
        members = _members(path)
        extra = sum(_TAR_BLOCK + -(-len(b) // _TAR_BLOCK) * _TAR_BLOCK for _, b in members)
        if _TAR_END + extra > most:
            raise ValueError(f"shard {path.stem} does not fit into a pack of {most_mib} MiB")
        if size + extra > most:
            written.append(_write(packs / f"pack_{number + len(written)}.tar", batch))
            batch, size = [], _TAR_END
        batch += members
        size += extra
    if batch:
        written.append(_write(packs / f"pack_{number + len(written)}.tar", batch))
    return written


def unpack(packs: Path, shards: Path) -> int:
    """Writes the shards of all packs that are not there yet; returns how many were written.

    Raises:
        ValueError: a pack holds something else than shards
    """
    shards.mkdir(parents=True, exist_ok=True)
    count = 0
    for path in _packs_of(packs):
        with tarfile.open(path) as archive:
            for member in archive:  # the JSON comes last: it means a finished shard
                name = member.name.removesuffix(".xz")
                stem, _, ending = name.partition(".")
                known = stem.isidentifier() or stem.isdigit()
                if not known or ending not in ("json", "opus") or not member.isfile():
                    raise ValueError(f"{path.name} holds {member.name!r}, which is no shard")
                if (shards / f"{stem}.json").exists():
                    continue
                content = archive.extractfile(member)
                assert content is not None
                data = content.read()
                _write_whole(shards / name, lzma.decompress(data) if ending == "json" else data)
                count += ending == "json"
    return count


def packed_shards(path: Path) -> set[str]:
    """Numbers ("042") of the shards in a pack."""
    with tarfile.open(path) as archive:
        return {name.partition(".")[0] for name in archive.getnames()}


def _packs_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("pack_*.tar"), key=_number)


def _number(path: Path) -> int:
    return int(path.stem.removeprefix("pack_"))


def _members(path: Path) -> list[tuple[str, bytes]]:
    text = json.dumps(
        json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False, separators=(",", ":")
    )
    sound = path.with_suffix(".opus")
    return [
        (sound.name, sound.read_bytes()),
        (f"{path.name}.xz", lzma.compress(text.encode(), preset=4)),
    ]


def _write(path: Path, members: list[tuple[str, bytes]]) -> Path:
    partial = path.with_suffix(".partial")
    with tarfile.open(partial, "w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    os.replace(partial, path)
    return path


def _write_whole(path: Path, data: bytes) -> None:
    partial = path.with_suffix(path.suffix + ".partial")
    partial.write_bytes(data)
    os.replace(partial, path)


def main() -> None:
    parser = argparse.ArgumentParser(description="Shards in packs that can be carried")
    parser.add_argument("action", choices=("pack", "unpack"))
    parser.add_argument("--shards", type=Path, default=Path("cache/speech/shards"))
    parser.add_argument("--packs", type=Path, default=Path("cache/packs"))
    parser.add_argument("--mib", type=float, default=MOST_MIB, help="largest size of a pack")
    options = parser.parse_args()
    if options.action == "unpack":
        print(f"{unpack(options.packs, options.shards)} shards")
        return
    for path in pack(options.shards, options.packs, options.mib):
        print(f"{path} {path.stat().st_size / 2**20:.1f} MiB, {len(packed_shards(path))} shards")


if __name__ == "__main__":
    main()
