import ctypes
import sys

import pytest
from PySide6.QtCore import QByteArray

from app.hot_plug import SETTLE_MS, WM_DEVICECHANGE, DeviceMessages, HotPlug


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="folders of devices")
def test_a_device_that_appears_or_goes_is_noticed_once_it_has_settled(qtbot, tmp_path):
    hot_plug = HotPlug([tmp_path, tmp_path / "none"])
    seen = []
    hot_plug.changed.connect(lambda: seen.append(1))
    with qtbot.waitSignal(hot_plug.changed, timeout=5000):
        for name in ("pcmC1D0c", "controlC1"):
            (tmp_path / name).write_text("")
    assert len(seen) == 1
    with qtbot.waitSignal(hot_plug.changed, timeout=5000):
        (tmp_path / "controlC1").unlink()
    hot_plug.close()
    (tmp_path / "pcmC1D0c").unlink()
    qtbot.wait(SETTLE_MS + 100)
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("kind", "number", "noticed"),
    [
        (b"windows_generic_MSG", WM_DEVICECHANGE, 1),
        (b"windows_generic_MSG", 0x000F, 0),
        (b"xcb_generic_event_t", WM_DEVICECHANGE, 0),
    ],
)
def test_the_message_of_windows_is_told_from_others(kind, number, noticed):
    class Message(ctypes.Structure):
        _fields_ = [("window", ctypes.c_void_p), ("message", ctypes.c_uint32)]

    seen = []
    message = Message(None, number)
    messages = DeviceMessages(lambda: seen.append(1))
    answer = messages.nativeEventFilter(QByteArray(kind), ctypes.addressof(message))
    assert answer == (False, 0)
    assert len(seen) == noticed
