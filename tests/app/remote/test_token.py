import os
import stat

import pytest

from app.remote.token import is_token, new_token, read_token


def test_a_token_is_made_once_and_kept(tmp_path):
    path = tmp_path / "config" / "token"
    token = read_token(path)
    assert len(token) >= 43
    assert read_token(path) == token
    assert new_token(path) != token
    assert read_token(path) != token
    assert os.listdir(path.parent) == ["token"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_only_the_user_can_read_it(tmp_path):
    read_token(tmp_path / "token")
    assert stat.S_IMODE((tmp_path / "token").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_a_damaged_file_gets_a_new_token(tmp_path, content):
    (tmp_path / "token").write_bytes(content)
    assert len(read_token(tmp_path / "token")) >= 43


@pytest.mark.parametrize("given", ["", "x", "tok", "tokens", "tökén", "TOKEN"])
def test_only_the_same_token_counts(given):
    assert not is_token(given, "token")
    assert is_token("token", "token")
