"""Tasks and answers, with a program in the place of Chromium that asks as the page does."""

import json
import sys

import pytest

from bench.camera_client.browser import Browser

PATIENCE_S = 10.0
PAGE = """
import json, sys
from urllib.request import Request, urlopen
address = sys.argv[-1]
assert b"getUserMedia" in urlopen(address).read()
while True:
    task = json.loads(urlopen(address + "task").read())
    if not task:
        continue
    name = task["name"]
    urlopen(Request(address + "opened/" + name, b"", method="POST"))
    urlopen(Request(address + name + ".i420", b"picture", method="POST"))
    report = json.dumps({"label": task["label"]}).encode()
    urlopen(Request(address + name + ".json", report, method="POST"))
"""


@pytest.fixture
def browser(tmp_path):
    with Browser(tmp_path, [sys.executable, "-c", PAGE]) as browser:
        assert browser.wait_until_up(PATIENCE_S)
        yield browser


def test_tasks_are_done_one_after_the_other_and_what_comes_is_kept(browser, tmp_path):
    for name in ("first", "second"):
        browser.begin({"name": name, "label": f"camera {name}"})
        assert browser.is_open(name, PATIENCE_S)
        assert browser.report(name, PATIENCE_S) == {"label": f"camera {name}"}
        assert (tmp_path / f"{name}.i420").read_bytes() == b"picture"
        assert json.loads((tmp_path / f"{name}.json").read_text())


def test_a_task_that_is_not_done_in_time_is_an_error(tmp_path):
    with Browser(tmp_path, [sys.executable, "-c", "input()"]) as browser:
        assert not browser.wait_until_up(0.01)
        browser.begin({"name": "first"})
        assert not browser.is_open("first", 0.01)
        assert browser.report("first", 0.01) == {"error": "no report within 0.01 s"}
