import json
import random

import numpy as np
import pytest

pytest.importorskip("soundfile")

from training.speech.phones import Phone
from training.speech.scripts import KINDS, Line, turns
from training.speech.shard import LIVELY, Said, Timeline, with_long_pause
from training.speech.speaker import Speaker, cast

soundfile = pytest.importorskip("soundfile")
SPEAKER = Speaker("piper", "joe", "en")


def beeps() -> np.ndarray:
    """1.5 s at 24 kHz: sound from 0.2 to 0.6 s and from 0.9 to 1.3 s."""
    time = np.arange(36_000) / 24_000
    on = ((time > 0.2) & (time < 0.6)) | ((time > 0.9) & (time < 1.3))
    return (0.5 * on * np.sin(2 * np.pi * 300 * time)).astype(np.float32)


PHONES = [
    Phone("sil", 0.0, 0.2),
    Phone("a", 0.2, 0.6, True),
    Phone("sil", 0.6, 0.9),
    Phone("m", 0.9, 1.3),
    Phone("sil", 1.3, 1.5),
]


def said(text: str) -> Said:
    return Said(SPEAKER, Line("talk", text), beeps(), PHONES, "ipa")


def test_a_long_pause_moves_what_follows_by_as_much():
    samples, phones = with_long_pause(beeps(), PHONES, 2.0, random.Random(0))
    assert len(samples) == 36_000 + 48_000
    assert phones[3] == Phone("m", 2.9, 3.3)
    assert phones[1] == PHONES[1]
    loud = np.flatnonzero(np.abs(samples) > 0.1) / 24_000
    assert loud[loud > 1.0][0] == pytest.approx(phones[3].start_s, abs=0.005)


def test_an_utterance_without_a_pause_stays_as_it_is():
    samples, phones = with_long_pause(beeps(), [PHONES[1]], 2.0, random.Random(0))
    assert len(samples) == 36_000
    assert phones == [PHONES[1]]


def test_a_written_shard_keeps_sound_and_labels_together(tmp_path):
    timeline = Timeline(random.Random(3))
    timeline.add_nonspeech("claps")
    timeline.add_turn([said("one"), said("two")], 0)
    timeline.add_turn([said("three")], 1)
    path = tmp_path / "123.json"
    timeline.write(path, "test", 16)
    content = json.loads(path.read_text(encoding="utf-8"))
    decoded, rate_hz = soundfile.read(tmp_path / "123.opus", dtype="float32")
    assert (rate_hz, len(decoded)) == (24_000, content["samples"])
    speech = [c for c in content["clips"] if c["kind"] != "nonspeech"]
    assert [c["text"] for c in speech] == ["one", "two", "three"]
    assert [c["turn"] for c in speech] == [0, 0, 1]
    for clip in speech:
        symbol, start_s, _, stressed = clip["phones"][1]
        assert (symbol, stressed) == ("a", 1)
        sound = decoded[clip["start_sample"] :][: clip["samples"]]
        first = np.flatnonzero(np.abs(sound) > 0.3 * np.abs(sound).max())[0] / 24_000
        assert first == pytest.approx(start_s, abs=0.015)


def test_other_sounds_have_no_phones(tmp_path):
    timeline = Timeline(random.Random(0))
    timeline.add_nonspeech("cough")
    clip = timeline.clips[0]
    assert (clip["kind"], clip["phones"], clip["voice"]) == ("nonspeech", [], "cough")


@pytest.mark.parametrize("variety", ["plain", "tape", "recast"])
def test_speakers_of_a_variety_stay_human(variety):
    draw = random.Random(0)
    speakers = [cast("hibari", "heart", "en", variety, draw) for _ in range(200)]
    assert all(0.79 < s.formant < 1.26 for s in speakers)
    assert all(0.74 < s.tempo < 1.37 for s in speakers)
    assert all(0.4 < s.pitch < 1.5 for s in speakers)
    labels = {s.label for s in speakers}
    assert len(labels) == 1 if variety == "plain" else len(labels) > 100


def test_turns_hold_every_kind_of_line_with_its_words_filled_in(monkeypatch):
    monkeypatch.setattr("training.speech.scripts.sentences", lambda language, seed: ["A b c."])
    for language in ("en", "es", "fr", "it", "pt", "de", "fi"):
        endless = turns(language, 1)
        lines = [line for _ in range(150) for line in next(endless)]
        assert not any("{" in line.text for line in lines)
        kinds = {line.kind for line in lines}
        assert kinds == (set(KINDS) if language != "fi" else {"talk", "numbers", "lips"})


@pytest.mark.parametrize("language", ["en", "es", "fr", "it", "pt", "de", "ca", "cs", "fi"])
def test_varied_turns_have_less_talk_and_every_word_filled_in(monkeypatch, language):
    found = ["A b c.", *(f"Is this {k}?" for k in range(60))]
    monkeypatch.setattr("training.speech.scripts.sentences", lambda language, seed: found)
    endless = turns(language, 1, varied=True)
    lines = [line for _ in range(200) for line in next(endless)]
    assert not any(set("{}&") & set(line.text) for line in lines)
    share = {kind: sum(line.kind == kind for line in lines) / len(lines) for kind in KINDS}
    assert share["talk"] < 0.4
    assert min(share.values()) > 0.01
    questions = [line.text in found for line in lines if line.kind == "question"]
    assert 0.3 < sum(questions) / len(questions) < 0.7


def test_lists_name_each_thing_once(monkeypatch):
    monkeypatch.setattr("training.speech.scripts.sentences", lambda language, seed: ["A b c."])
    endless = turns("en", 2, varied=True)
    lines = [line.text for _ in range(300) for line in next(endless) if line.kind == "list"]
    shopping = [text for text in lines if text.startswith("Shopping: ")]
    assert shopping
    for text in shopping:
        items = text.removeprefix("Shopping: ").rstrip(".").replace(" and ", ", ").split(", ")
        assert 3 <= len(items) == len(set(items)) <= 6


def test_a_lively_rhythm_draws_pauses_out_and_laughs_between_turns():
    lively = Timeline(random.Random(5), LIVELY)
    usual = Timeline(random.Random(5))
    for number in range(60):
        lively.add_turn([said("one"), said("two")], number)
        usual.add_turn([said("one"), said("two")], number)
    assert lively.length_s > 1.2 * usual.length_s
    heard = {clip["voice"] for clip in lively.clips if clip["engine"] == "noise"}
    assert {"laugh", "sigh", "giggle"} <= heard
    assert not {"laugh", "sigh", "giggle"} & {clip["voice"] for clip in usual.clips}
