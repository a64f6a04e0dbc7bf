import pytest

from app.chain import Level
from app.level_meter import DECAY_DB_PER_S, FLOOR_DB, LevelMeter, position

LOUD = Level(peak_db=-6.0, rms_db=-18.0)
SILENT = Level(peak_db=-100.0, rms_db=-100.0)


@pytest.fixture
def meter(qtbot):
    meter = LevelMeter(lambda: SILENT)
    qtbot.addWidget(meter)
    return meter


def test_the_scale_runs_from_the_floor_to_full_scale():
    assert position(FLOOR_DB) == position(-100) == 0
    assert position(-30) == pytest.approx(0.5)
    assert position(0) == position(3) == 1


def test_it_rises_at_once_and_falls_slowly(meter):
    meter.follow(LOUD, 0.033)
    assert (meter.rms_db, meter.peak_db) == (-18, -6)
    meter.follow(SILENT, 0.5)
    assert meter.rms_db == pytest.approx(-18 - DECAY_DB_PER_S / 2)


def test_the_peak_is_held_before_it_falls(meter):
    meter.follow(LOUD, 0.033)
    meter.follow(SILENT, 0.7)
    assert meter.peak_db == -6
    meter.follow(SILENT, 0.2)
    assert FLOOR_DB < meter.peak_db < -6


def test_it_never_leaves_the_scale(meter):
    for _ in range(200):
        meter.follow(SILENT, 0.1)
    assert (meter.rms_db, meter.peak_db) == (FLOOR_DB, FLOOR_DB)


def test_the_bar_is_as_long_as_the_level(meter):
    meter.resize(300, 10)
    meter.follow(Level(-30.0, -30.0), 0.033)
    image = meter.grab().toImage()
    empty = image.pixelColor(280, 5)
    assert image.pixelColor(20, 5) != empty
    assert image.pixelColor(140, 5) != empty
    assert image.pixelColor(170, 5) == empty
