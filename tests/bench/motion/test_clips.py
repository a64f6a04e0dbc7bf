import json
import wave

import numpy as np
import pytest

from bench.motion.clips import aligned_clips, section_of, sections


def write_sound(path, seconds):
    samples = np.random.default_rng(len(path.name)).integers(-999, 999, round(24_000 * seconds))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24_000)
        file.writeframes(samples.astype(np.int16).tobytes())


def test_clips_come_with_their_visemes_and_their_speaker(tmp_path):
    for name, share in (("tt-weasels", "report"), ("reader_07-0870", "report"), ("b", "tune")):
        write_sound(tmp_path / f"{name}.wav", 0.4)
        phones = [
            {"phone": "P", "start": 0.0, "end": 0.1},
            {"phone": "AA", "start": 0.1, "end": 0.4},
        ]
        record = {"share": share, "phones": phones}
        (tmp_path / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    reader, prompt = aligned_clips(tmp_path, "report")
    assert [reader.speaker, prompt.speaker] == ["reader_07", "prompts"]
    assert prompt.visemes == [("PP", 0.0, 0.1), ("aa", 0.1, 0.4)]
    assert len(prompt.samples) == 9600


def test_sections_are_the_beginnings_of_sounds_that_are_long_enough(tmp_path):
    for name, seconds in (("a", 2.0), ("b", 0.5), ("c", 3.0), ("d", 2.5)):
        write_sound(tmp_path / f"{name}.wav", seconds)
    found = sections(tmp_path, 3, 1.5)
    assert sorted(section.name for section in found) == ["a", "c", "d"]
    assert all(len(section.samples) == 36_000 for section in found)
    with pytest.raises(ValueError, match="not 4"):
        sections(tmp_path, 4, 1.5)


def test_an_utterance_that_would_be_cut_off_is_silenced():
    utterances = [{"start_sample": 0, "samples": 500}, {"start_sample": 600, "samples": 900}]
    section = section_of("s", np.ones(1000, np.float32), utterances)
    assert section.utterances == utterances[:1]
    assert section.samples[:600].all()
    assert not section.samples[600:].any()
