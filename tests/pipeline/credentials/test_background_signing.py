import os
from threading import Event

import pytest

from pipeline.credentials import background_signing
from pipeline.credentials.background_signing import BackgroundSigning
from pipeline.credentials.statement import AI_VIDEO, manifest
from pipeline.credentials.verdict import examine_file

pytest.importorskip("c2pa")
SAYS = manifest(AI_VIDEO, with_own_pictures=False)


@pytest.fixture
def made(clip, tmp_path):
    """A signing that has not begun, and what it answers."""
    answers = []
    return BackgroundSigning(
        clip, SAYS, tmp_path / "identity.pem", lambda *answer: answers.append(answer)
    ), answers


@pytest.fixture
def under_way(monkeypatch):
    """Set as soon as a process tells of the first bytes."""
    event, read = Event(), background_signing.read_line

    def noting(line):
        event.set()
        return read(line)

    monkeypatch.setattr(background_signing, "read_line", noting)
    return event


def enlarge(clip, megabytes):
    """Append a box of data, so that signing takes its time."""
    with clip.open("ab") as file:
        file.write((8 + megabytes * 1_000_000).to_bytes(4, "big") + b"mdat")
        file.write(os.urandom(1_000_000) * megabytes)


def is_intact(clip):
    verdict = examine_file(clip)
    return verdict is not None and verdict.intact


def test_the_file_is_signed_and_told(made, clip):
    signing, answers = made
    enlarge(clip, 20)
    signing.start()
    signing.join(60)
    assert answers == [(clip, "")]
    assert is_intact(clip)
    assert signing.done_bytes == pytest.approx(3 * clip.stat().st_size, rel=0.1)


def test_what_is_given_up_stays_as_it_is(made, clip, under_way):
    signing, answers = made
    enlarge(clip, 60)
    before = clip.read_bytes()
    signing.start()
    assert under_way.wait(60)
    signing.give_up()
    signing.join(60)
    assert answers == [(clip, "Signing the file was given up.")]
    assert clip.read_bytes() == before
    assert list(clip.parent.iterdir()) == [clip]


def test_what_is_given_up_beforehand_does_not_begin(made, clip):
    signing, answers = made
    signing.give_up()
    signing.start()
    signing.join(60)
    assert answers == [(clip, "Signing the file was given up.")]
    assert signing.done_bytes == 0


def test_the_process_goes_on_when_nobody_listens_any_more(made, clip, under_way):
    signing, answers = made
    enlarge(clip, 20)
    signing.start()
    assert under_way.wait(60)
    signing.leave()
    signing._process.stdout.close()
    assert signing._process.wait(60) == 0
    assert is_intact(clip)
    assert answers == []


def test_a_process_that_is_killed_leaves_the_file_as_it_was(made, clip, monkeypatch, caplog):
    start = background_signing.start_signing

    def start_and_kill(*job):
        process = start(*job)
        process.kill()
        return process

    monkeypatch.setattr(background_signing, "start_signing", start_and_kill)
    before = clip.read_bytes()
    signing, answers = made
    signing.start()
    signing.join(60)
    assert "fault of ours" in answers[0][1]
    assert "died" in caplog.text
    assert clip.read_bytes() == before
    assert list(clip.parent.iterdir()) == [clip]


def test_what_is_amiss_is_told_in_a_sentence_that_can_be_translated(made, clip, tmp_path):
    signing, answers = made
    (tmp_path / "identity.pem").mkdir()
    signing.start()
    signing.join(60)
    ((path, fault),) = answers
    assert path == clip
    assert fault.template == "The signing key {path} cannot be read ({reason})."
    assert str(tmp_path) in fault
    assert examine_file(clip) is None
