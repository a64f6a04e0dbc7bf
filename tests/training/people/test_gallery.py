import json
from itertools import combinations

import cv2
import numpy as np
import pytest

pytest.importorskip("moderngl")

from pipeline.avatar import GALLERY, list_avatars, read_avatar
from pipeline.regions import Region
from training.people.gallery import PEOPLE
from training.people.styles.style import PORTRAIT_STYLES

LARGEST_BYTES = 1_000_000
# Mean difference of portraits, of 255, and of identities as a share of their size.
LEAST_APART, LEAST_OTHER = 20, 0.12


def test_everybody_described_has_a_folder_and_stands_in_its_order():
    shown = [entry.name for entry in list_avatars((GALLERY,))]
    assert shown == sorted(PEOPLE, key=lambda name: PEOPLE[name].order)
    assert len(shown) == 12


def test_each_style_is_drawn_once_and_the_others_look_like_photographs():
    styles = [person.style for person in PEOPLE.values()]
    assert sorted(filter(None, styles)) == sorted(PORTRAIT_STYLES)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_folder_is_small_and_says_that_nobody_real_is_shown(name):
    folder = GALLERY / name
    assert sum(file.stat().st_size for file in folder.iterdir()) < LARGEST_BYTES
    description = json.loads((folder / "avatar.json").read_text(encoding="utf-8"))
    assert description["title"] == PEOPLE[name].title
    assert description["order"] == PEOPLE[name].order
    licence = (folder / "licence.txt").read_text(encoding="utf-8")
    assert "synthetic" in licence
    assert "CC0" in licence


def test_no_two_people_of_the_gallery_are_alike():
    avatars = [read_avatar(entry.folder) for entry in list_avatars((GALLERY,))]
    small = [cv2.resize(a.portrait, (64, 96), interpolation=cv2.INTER_AREA) for a in avatars]
    for (a, left), (b, right) in combinations(zip(avatars, small, strict=True), 2):
        assert np.abs(left.astype(int) - right).mean() > LEAST_APART, (a.name, b.name)
        size = np.linalg.norm(a.identity) + np.linalg.norm(b.identity)
        other = np.linalg.norm(a.identity - b.identity) / size
        assert other > LEAST_OTHER, (a.name, b.name)


@pytest.mark.parametrize("name", [n for n, p in PEOPLE.items() if p.adornment.glasses])
def test_who_wears_glasses_has_them_in_the_regions(name):
    regions = read_avatar(GALLERY / name).regions
    assert (regions == Region.GLASSES).sum() > 300
