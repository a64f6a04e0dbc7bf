import random

import numpy as np
import pytest

pytest.importorskip("soundfile")
from training.speech.phones import Phone
from training.speech.report import report
from training.speech.scripts import Line
from training.speech.shard import Said, Timeline
from training.speech.speaker import Speaker


def test_a_report_counts_hours_by_engine_language_and_kind(tmp_path):
    timeline = Timeline(random.Random(0))
    silence = np.zeros(24_000 * 18, np.float32)
    phones = [Phone("sil", 0.0, 18.0)]
    speaker = Speaker("flite", "slt", "en")
    timeline.add_turn([Said(speaker, Line("list", "x"), silence, phones, "arpabet")] * 2, 0)
    timeline.add_nonspeech("ring")
    timeline.write(tmp_path / "100.json", "test", 12)
    text = report(tmp_path)
    assert text.startswith("1 shards")
    assert "flite 0.01" in text
    assert "list 0.01" in text
    assert "nonspeech 0.00" in text


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="no shards"):
        report(tmp_path)
