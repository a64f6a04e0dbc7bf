"""The parts of the latency."""

import pytest
from PySide6.QtCore import Qt

from app.chain import Readings
from app.latency_panel import LEG_TITLES, LatencyField
from pipeline.journey import LEGS

READINGS = Readings(
    30.0, 0.081, 0, 0, "lite", "CPU", 0.0664, tuple(zip(LEGS, (10, 33, 7, 12, 3, 1.4), strict=True))
)


# The platform of the tests has no popups that take the keyboard.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def field(qtbot):
    field = LatencyField()
    qtbot.addWidget(field)
    field.show_readings(READINGS)
    field.show()
    return field


def test_every_leg_has_a_title_in_the_order_of_the_way():
    assert tuple(LEG_TITLES) == LEGS


def test_the_field_shows_the_median_and_tells_the_rest_in_words(field):
    assert field.text() == "66 ms"
    assert "66 ms as a rule, 81 ms at most" in field.toolTip()
    assert "Look-ahead: 33 ms" in field.toolTip()


def test_a_click_opens_the_panel_and_escape_closes_it(field, qtbot):
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.panel.isVisible()
    qtbot.keyClick(field.panel, Qt.Key.Key_Escape)
    assert not field.panel.isVisible()


def test_space_opens_it_too(field, qtbot):
    qtbot.keyClick(field, Qt.Key.Key_Space)
    assert field.panel.isVisible()
    field.panel.hide()
