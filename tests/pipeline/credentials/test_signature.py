import errno
import getpass
import io
import json
import platform
import shutil
from pathlib import Path

import pytest

from pipeline.credentials import signature
from pipeline.credentials.c2pa_library import OFFLINE
from pipeline.credentials.signature import sign_file
from pipeline.credentials.statement import AI_PICTURE, AI_VIDEO, TITLE, manifest
from pipeline.credentials.verdict import examine_file
from pipeline.errors import CredentialsError
from pipeline.sound_file import decode_audio
from pipeline.version import VERSION
from pipeline.video_file import read_frames, video_info

c2pa = pytest.importorskip("c2pa")
PORTRAIT = min((Path(__file__).parents[3] / "resources" / "avatars").glob("*/portrait.png"))
SAYS = manifest(AI_VIDEO, with_own_pictures=False)


def read_back(path):
    with (
        c2pa.Context.from_dict(OFFLINE) as context,
        c2pa.Reader(path, context=context) as reader,
    ):
        return json.loads(reader.json())


def test_picture_and_sound_are_the_same_and_the_file_is_alone(clip, identity):
    before = [frame for _, frame in read_frames(clip)]
    sound, info = decode_audio(clip), video_info(clip)
    sign_file(clip, SAYS, identity)
    assert all(
        (now == then).all() for (_, now), then in zip(read_frames(clip), before, strict=True)
    )
    assert (decode_audio(clip) == sound).all()
    assert video_info(clip) == info
    assert [path.name for path in clip.parent.iterdir()] == [clip.name]


@pytest.mark.parametrize("ending", ["mp4", "mov", "m4v", "png"])
def test_every_format_that_can_be_signed_is_intact_afterwards(tmp_path, recorded, identity, ending):
    path = tmp_path / f"a.{ending}"
    shutil.copy(PORTRAIT if ending == "png" else recorded, path)
    sign_file(path, manifest(AI_PICTURE, with_own_pictures=True), identity)
    verdict = examine_file(path)
    assert verdict is not None
    assert verdict.intact


def test_the_manifest_says_what_it_is_and_nothing_about_the_user(clip, identity):
    sign_file(clip, SAYS, identity)
    told = read_back(clip)
    said = told["manifests"][told["active_manifest"]]
    assert said["title"] == TITLE
    program = said["claim_generator_info"][0]
    assert (program["name"], program["version"]) == ("ChatAnyone", VERSION)
    (actions,) = [one for one in said["assertions"] if one["label"] == "c2pa.actions.v2"]
    assert actions["created"]
    (action,) = actions["data"]["actions"]
    assert action["action"] == "c2pa.created"
    assert action["digitalSourceType"].endswith("/trainedAlgorithmicMedia")
    assert "when" not in action
    everything = json.dumps(told).lower()
    for personal in (getpass.getuser(), platform.node(), clip.name, str(clip.parent)):
        assert personal.lower() not in everything
    assert len(said["assertions"]) == 2, "beside it only the checksum: no thumbnail, no metadata"


def test_only_the_signature_is_missing_of_what_validators_check(clip, identity):
    sign_file(clip, SAYS, identity)
    assert [status["code"] for status in read_back(clip)["validation_status"]] == [
        "signingCredential.untrusted"
    ]


def test_a_format_without_a_place_for_it_is_told(tmp_path, identity):
    path = tmp_path / "a.mkv"
    path.write_bytes(b"video")
    with pytest.raises(CredentialsError, match=r"no place for a signature in \.mkv files"):
        sign_file(path, SAYS, identity)
    assert path.read_bytes() == b"video"


def test_a_file_that_is_no_video_stays_as_it_is(tmp_path, identity):
    path = tmp_path / "a.mp4"
    path.write_bytes(b"no video at all")
    with pytest.raises(CredentialsError, match="could not be signed"):
        sign_file(path, SAYS, identity)
    assert path.read_bytes() == b"no video at all"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_unsigned_file(clip, identity, monkeypatch):
    def fail(file, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = clip.read_bytes()
    monkeypatch.setattr(signature._Watched, "write", fail)
    with pytest.raises(CredentialsError, match="could not be signed"):
        sign_file(clip, SAYS, identity)
    assert clip.read_bytes() == before
    assert list(clip.parent.iterdir()) == [clip]


def test_a_copy_that_is_not_intact_takes_no_ones_place(clip, identity, monkeypatch):
    def write_badly(file, data):
        return io.FileIO.write(file, bytes(data)[:-1] + b"\0")

    before = clip.read_bytes()
    monkeypatch.setattr(signature._Watched, "write", write_badly)
    with pytest.raises(CredentialsError, match="could not be signed"):
        sign_file(clip, SAYS, identity)
    assert clip.read_bytes() == before


def test_a_file_that_was_deleted_meanwhile_does_not_come_back(clip, identity):
    with pytest.raises(CredentialsError):
        sign_file(clip, SAYS, identity, lambda count: clip.unlink(missing_ok=True))
    assert not list(clip.parent.iterdir())
