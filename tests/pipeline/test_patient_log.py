import contextlib
import logging
import os
from pathlib import Path

import pytest

from pipeline.patient_log import PatientLog


@pytest.fixture
def make_log():
    files = []

    def make(path):
        files.append(PatientLog(path))
        return files[-1]

    yield make
    for file in files:
        file.close()


def record(text):
    return logging.makeLogRecord({"msg": text, "levelno": logging.INFO, "levelname": "INFO"})


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
def test_a_full_disk_costs_lines_and_they_are_counted(make_log, tmp_path, capfd):
    path = tmp_path / "a.log"
    log = make_log(path)
    log.emit(record("before"))
    good, log.stream = log.stream, Path("/dev/full").open("w")  # noqa: SIM115
    for _ in range(3):
        log.emit(record("lost"))
    full, log.stream = log.stream, good
    log.emit(record("after"))
    with contextlib.suppress(OSError):
        full.close()
    lines = path.read_text().splitlines()
    assert [line.rpartition(": ")[2] for line in lines[:2]] == ["before", "after"]
    assert "3 lines could not be written here" in lines[2]
    assert len(lines) == 3
    assert capfd.readouterr().err == ""
