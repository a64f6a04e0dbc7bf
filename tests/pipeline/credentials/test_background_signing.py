import pytest

from pipeline.credentials import background_signing
from pipeline.credentials.background_signing import BackgroundSigning
from pipeline.credentials.statement import AI_VIDEO, manifest
from pipeline.credentials.verdict import examine_file

pytest.importorskip("c2pa")

SAYS = manifest(AI_VIDEO, with_own_pictures=False)


def sign(clip, tmp_path, give_up=False):
    answers = []
    signing = BackgroundSigning(
        clip, SAYS, tmp_path / "identity.pem", lambda *answer: answers.append(answer)
    )
    if give_up:
        signing.give_up()
    signing.start()
    signing.join(20)
    return signing, answers


def test_the_file_is_signed_and_told(clip, tmp_path):
    signing, answers = sign(clip, tmp_path)
    assert answers == [(clip, "")]
    verdict = examine_file(clip)
    assert verdict is not None
    assert verdict.intact
    assert signing.done_bytes > 2 * clip.stat().st_size


def test_what_is_given_up_stays_as_it_is(clip, tmp_path):
    before = clip.read_bytes()
    _, answers = sign(clip, tmp_path, give_up=True)
    assert answers == [(clip, "Signing the file was given up.")]
    assert clip.read_bytes() == before


def test_an_identity_that_cannot_be_kept_is_told(clip, tmp_path):
    (tmp_path / "identity.pem").mkdir()
    _, ((path, fault),) = sign(clip, tmp_path)
    assert path == clip
    assert "identity.pem" in fault
    assert examine_file(clip) is None


def test_a_fault_of_ours_is_logged_and_told(clip, tmp_path, monkeypatch, caplog):
    def fail(*_):
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(background_signing, "sign_file", fail)
    _, ((_, fault),) = sign(clip, tmp_path)
    assert "fault of ours" in fault
    assert "unforeseen" in caplog.text
