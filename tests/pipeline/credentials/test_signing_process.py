import io
import json
import sys

import pytest

import main
from pipeline.credentials import signing_process
from pipeline.credentials.signing_process import ARGUMENT, read_line
from pipeline.credentials.statement import AI_VIDEO, manifest
from pipeline.credentials.verdict import examine_file

pytest.importorskip("c2pa")


def test_the_built_application_signs_by_an_argument_of_its_own(clip, tmp_path, monkeypatch, capsys):
    job = {
        "path": str(clip),
        "manifest": manifest(AI_VIDEO, with_own_pictures=True),
        "identity_file": str(tmp_path / "identity.pem"),
    }
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(job) + "\n"))
    monkeypatch.setattr(signing_process.os, "nice", lambda by: None)
    assert main.main([ARGUMENT]) == 0
    assert capsys.readouterr().out == "{}\n"
    verdict = examine_file(clip)
    assert verdict is not None
    assert verdict.intact


@pytest.mark.parametrize(
    ("line", "said"), [("4000000\n", 4_000_000), ("{}\n", {}), ("noise\n", None), ('"x"\n', None)]
)
def test_lines_are_counts_answers_or_noise(line, said):
    assert read_line(line) == said
