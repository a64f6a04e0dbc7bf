import json
import shutil

import numpy as np
import pytest

from training.shard_feed import ShardFeed

soundfile = pytest.importorskip("soundfile")


def write_shard(folder, name: str) -> None:
    sound = 0.1 * np.random.default_rng(0).standard_normal(24_000)
    soundfile.write(folder / f"{name}.opus", sound, 24_000, format="OGG", subtype="OPUS")
    clip = {"engine": "noise", "voice": "x", "start_sample": 0, "samples": 24_000,
            "alphabet": "ipa", "phones": []}  # fmt: skip
    (folder / f"{name}.json").write_text(json.dumps({"clips": [clip]}))


@pytest.mark.slow
def test_shards_that_come_later_are_read_and_unfinished_ones_wait(tmp_path):
    write_shard(tmp_path, "000")
    (tmp_path / "001.json").write_text('{"clips": [')
    feed = ShardFeed(tmp_path, workers=1, watch_s=0.5)
    try:
        assert [s.name for s in feed.wait()] == ["000"]
        assert feed.take() == []
        write_shard(tmp_path, "002")
        shutil.copy(tmp_path / "002.opus", tmp_path / "001.opus")
        shutil.copy(tmp_path / "002.json", tmp_path / "001.json")
        names = {s.name for s in feed.wait(least=3)}
        while len(names) < 2:
            names |= {s.name for s in feed.wait(least=3)}
        assert names == {"001", "002"}
    finally:
        feed.close()
