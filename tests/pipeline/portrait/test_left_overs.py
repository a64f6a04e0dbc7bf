import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.avatar import load_avatar
from pipeline.portrait.consent import Consent
from pipeline.portrait.left_overs import clear_left_overs
from pipeline.portrait.saved_avatar import save
from tests.pipeline.portrait.imported import imported

ROOT = Path(__file__).parents[3]
CONSENT = Consent.given_now(imported().picture.sha256)
# Ends without a word where the former avatar is aside and the new one not yet in its place.
KILLED = """
import os, sys
from pathlib import Path
from pipeline.portrait import saved_avatar
folder = Path(sys.argv[1])
near = folder / ".new-abc"
(near / "fresh").mkdir(parents=True)
moves = []
def move(source, target):
    if moves:
        os._exit(9)
    moves.append(os.rename(source, target))
saved_avatar.os.replace = move
saved_avatar._exchange(folder / "Me", near / "fresh", folder / "Me", near / "old")
"""


@pytest.fixture
def avatars(tmp_path):
    folder = tmp_path / "avatars"
    save(imported(), "Me", CONSENT, folder)
    return folder


def test_an_avatar_whose_replacement_was_cut_off_is_back(avatars):
    killed = subprocess.run([sys.executable, "-c", KILLED, str(avatars)], cwd=ROOT, check=False)
    assert killed.returncode == 9
    assert not (avatars / "Me").exists()
    assert clear_left_overs(avatars, older_than_s=0.0) == ["Me"]
    assert load_avatar("Me", (avatars,)).portrait.shape == (768, 512, 3)
    assert [path.name for path in avatars.iterdir()] == ["Me"]


def test_what_else_was_left_is_deleted_and_avatars_stay(avatars):
    for name in (".new-abc/fresh", ".new-abc/old", ".old-xyz/Her"):
        (avatars / name).mkdir(parents=True)
        (avatars / name / "portrait.png").write_bytes(b"a face")
    (avatars / ".new-abc" / "old" / "avatar.json").write_text('{"name": "Me"}')
    (avatars / ".old-xyz" / "Her" / "avatar.json").write_text('{"name": "Her"}')
    assert clear_left_overs(avatars, older_than_s=0.0) == []
    assert [path.name for path in avatars.iterdir()] == ["Me"]


@pytest.mark.parametrize("name", ['"../../elsewhere"', "7", '""'])
def test_a_name_that_leads_elsewhere_is_not_followed(avatars, name):
    aside = avatars / ".new-abc" / "old"
    aside.mkdir(parents=True)
    (aside / "avatar.json").write_text(f'{{"name": {name}}}')
    assert clear_left_overs(avatars, older_than_s=0.0) == []
    assert sorted(path.name for path in avatars.parent.iterdir()) == ["avatars"]


def test_a_change_that_is_being_made_is_left_alone(avatars):
    (avatars / ".new-abc").mkdir()
    assert clear_left_overs(avatars) == []
    assert (avatars / ".new-abc").exists()
    os.utime(avatars / ".new-abc", (time.time() - 900,) * 2)
    clear_left_overs(avatars)
    assert not (avatars / ".new-abc").exists()


def test_a_folder_that_is_not_there_has_nothing_left(tmp_path):
    assert clear_left_overs(tmp_path / "none") == []
