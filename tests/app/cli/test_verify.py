"""`verify` on files that are intact, altered, of others, or say nothing."""

import shutil

import numpy as np
import pytest

from app.cli.signed_recording import shows_own_pictures, sign_recording
from pipeline.picture_settings import PictureSettings
from pipeline.recorder import Recorder
from pipeline.stages import Choices


@pytest.fixture
def clip(command, tmp_path):
    path = tmp_path / "clip.mp4"
    with Recorder(path, 64, 64, with_audio=False) as recorder:
        recorder.write_video(np.full((64, 64, 3), 90, np.uint8))
    return path


@pytest.fixture
def signed(clip):
    pytest.importorskip("c2pa")
    assert sign_recording(clip, Choices()) == {"signed": True}
    return clip


def test_an_intact_file_tells_what_it_says(command, signed):
    outcome = command("verify", signed, "--json")
    assert outcome.code == 0
    assert "clip.mp4 is intact" in outcome.out
    assert "Made with ChatAnyone" in outcome.out
    assert "Signed by this installation" in outcome.out
    assert outcome.answer["is_ours"]
    assert outcome.answer["faults"] == []


def test_files_of_another_installation_are_told_from_ours(command, signed, tmp_path):
    (identity,) = (tmp_path / "home").rglob("signing_identity.pem")
    identity.unlink()
    outcome = command("verify", signed)
    assert outcome.code == 0
    assert "Nobody vouches for that name here." in outcome.out
    assert not identity.exists(), "reading makes no identity"


def test_an_altered_file_ends_with_2_and_a_sentence(command, signed):
    content = bytearray(signed.read_bytes())
    content[-1] ^= 1
    signed.write_bytes(content)
    outcome = command("verify", signed)
    assert outcome.code == 2
    assert "intact" not in outcome.out
    assert "ALTERED" in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_file_without_credentials_ends_with_2_and_a_sentence(command, clip):
    pytest.importorskip("c2pa")
    outcome = command("verify", clip)
    assert outcome.code == 2
    assert "no content credentials" in outcome.err


def test_a_missing_file_is_told(command, tmp_path):
    pytest.importorskip("c2pa")
    outcome = command("verify", tmp_path / "none.mp4")
    assert (outcome.code, outcome.out) == (2, "")
    assert "none.mp4 cannot be read" in outcome.err


def test_a_recording_in_a_format_that_cannot_be_signed_stays(clip, tmp_path, capfd):
    pytest.importorskip("c2pa")
    other = tmp_path / "clip.mkv"
    shutil.copy(clip, other)
    answer = sign_recording(other, Choices())
    assert not answer["signed"]
    assert "The video is not signed. There is no place" in capfd.readouterr().out
    assert other.read_bytes() == clip.read_bytes()


@pytest.mark.parametrize(
    ("choices", "own"),
    [
        (Choices(), False),
        (Choices(avatar="maya", picture=PictureSettings("blur")), False),
        (Choices(avatar="maya", picture=PictureSettings("#2b5d8c")), False),
        (Choices(avatar="maya", picture=PictureSettings("beach.jpg")), True),
        (Choices(avatar="me"), True),
        (Choices(avatar="/tmp/chatanyone-1/picture"), True),
    ],
)
def test_what_is_shown_of_the_users_own_is_known(choices, own):
    assert shows_own_pictures(choices) == own
