import sys

from PySide6.QtCore import QObject, Signal


class Emitter(QObject):
    told = Signal(int)


def test_emitting_a_signal_costs_no_reference_to_true():
    # PySide6 6.12.0 loses one each time; before Python 3.12 that ends the process after a while.
    emitter = Emitter()
    before = sys.getrefcount(True)
    for number in range(100):
        emitter.told.emit(number)
    assert sys.getrefcount(True) > before - 50
