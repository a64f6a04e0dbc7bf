"""Quick or smooth."""

import pytest
from PySide6.QtCore import Qt

from app.settings import AUTOMATIC
from app.smoothness_slider import SmoothnessSlider


@pytest.fixture
def widget(qtbot):
    widget = SmoothnessSlider()
    qtbot.addWidget(widget)
    return widget


def test_automatic_greys_the_slider(widget):
    widget.show_smoothness(AUTOMATIC)
    assert widget.auto.isChecked()
    assert not widget.slider.isEnabled()


def test_showing_a_choice_changes_nothing(widget, qtbot):
    with qtbot.assertNotEmitted(widget.changed):
        for smoothness in (0, 4, AUTOMATIC):
            widget.show_smoothness(smoothness)


def test_leaving_automatic_takes_the_middle_and_keys_move_it(widget, qtbot):
    widget.show_smoothness(AUTOMATIC)
    with qtbot.waitSignal(widget.changed) as left:
        widget.auto.click()
    assert left.args == [2]
    with qtbot.waitSignal(widget.changed) as moved:
        qtbot.keyClick(widget.slider, Qt.Key.Key_Left)
    assert moved.args == [1]
    with qtbot.waitSignal(widget.changed) as back:
        widget.auto.click()
    assert back.args == [AUTOMATIC]
