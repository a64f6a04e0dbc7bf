import subprocess
import sys

import psutil
import pytest

from pipeline.processor_load import REMINDER_LOOKS, ProcessorLoad


def test_a_busy_processor_is_told_once_and_once_more_when_it_has_time(caplog):
    caplog.set_level("INFO")
    percents = iter([0.0, 60.0, 99.0, 100.0, 90.0, 100.0, 50.0, 40.0, 96.0])
    load = ProcessorLoad(lambda: next(percents), lambda: 120.0, cores=2)
    for _ in range(9):
        load.look()
    assert [record.getMessage() for record in caplog.records] == [
        "the processor is busy: 99 %, 60 % of it for us",
        "the processor has time again",
        "the processor is busy: 96 %, 60 % of it for us",
    ]


def test_one_that_stays_busy_is_told_again_now_and_then(caplog):
    caplog.set_level("INFO")
    load = ProcessorLoad(lambda: 100.0, lambda: 50.0, cores=1)
    for _ in range(2 * REMINDER_LOOKS + 1):
        load.look()
    assert len(caplog.records) == 3


@pytest.mark.slow
def test_programs_that_take_every_core_are_noticed(caplog):
    caplog.set_level("INFO")
    load = ProcessorLoad()
    load.look()
    hog = [
        sys.executable,
        "-S",
        "-c",
        "import time\ne = time.time() + 3\nwhile time.time() < e: pass",
    ]
    hogs = [subprocess.Popen(hog) for _ in range(psutil.cpu_count() or 1)]
    for process in hogs:
        process.wait()
    load.look()
    assert "the processor is busy" in caplog.text
