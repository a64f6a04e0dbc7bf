"""Global hotkeys on X11: the keys are grabbed from the server, nothing else is seen.

Xlib through ctypes: it is there wherever Qt's X11 platform is, and no package of Python's grabs
single keys without a compiler (pynput needs evdev there) or without listening to all of them.
"""

import ctypes
import logging

from PySide6.QtCore import QObject, QSocketNotifier

from app.hotkeys.combination import Combination, HotkeyError
from app.hotkeys.keys import Keys

log = logging.getLogger(__name__)

KEY_PRESS, KEY_RELEASE, MAPPING_NOTIFY = 2, 3, 34
GRAB_MODE_ASYNC = 1
MASKS = {"Shift": 1, "Ctrl": 4, "Alt": 8, "Meta": 64}
# Caps Lock and Num Lock are modifiers to X11: a grab has to be made for each of their states.
CAPS_LOCK, NUM_LOCK = 2, 16
LOCKS = (0, CAPS_LOCK, NUM_LOCK, CAPS_LOCK | NUM_LOCK)
KEY_MASK = sum(MASKS.values())


class _KeyEvent(ctypes.Structure):
    """XKeyEvent of Xlib.h."""

    _fields_ = (
        ("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("root", ctypes.c_ulong),
        ("subwindow", ctypes.c_ulong), ("time", ctypes.c_ulong), ("x", ctypes.c_int),
        ("y", ctypes.c_int), ("x_root", ctypes.c_int), ("y_root", ctypes.c_int),
        ("state", ctypes.c_uint), ("keycode", ctypes.c_uint), ("same_screen", ctypes.c_int),
    )  # fmt: skip


class _Event(ctypes.Union):
    """XEvent: 24 longs, whatever it holds."""

    _fields_ = (("key", _KeyEvent), ("padding", ctypes.c_long * 24))


_OnError = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


class X11Hotkeys(Keys):
    """Emits the name of a combination when it is pressed and released, in any window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display: int | None = None
        self._wanted: dict[str, Combination] = {}
        self._names: dict[tuple[int, int], str] = {}
        self._held: dict[int, str] = {}

    def start(self, wanted: dict[str, Combination]) -> None:
        """Grab these, by name. Raises HotkeyError where that is impossible."""
        self._x = _load_xlib()
        self._display = self._x.XOpenDisplay(None)
        if not self._display:
            raise HotkeyError("Global hotkeys are unavailable: no X11 display answers.")
        self._root = self._x.XDefaultRootWindow(self._display)
        self._x.XkbSetDetectableAutoRepeat(self._display, 1, None)
        self._wanted = wanted
        descriptor = self._x.XConnectionNumber(self._display)
        self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        try:
            self._grab()
        except HotkeyError:
            self.stop()
            raise

    def stop(self) -> None:
        """Give the keys back; a second call does nothing."""
        if self._display:
            self._notifier.setEnabled(False)
            self._x.XCloseDisplay(self._display)
            self._display = None
        self._held.clear()

    def _grab(self) -> None:
        self._names, refused = {}, []
        for name, combination in self._wanted.items():
            keycode = self._keycode(combination.key)
            mask = sum(MASKS[modifier] for modifier in combination.modifiers)
            self._names[keycode, mask] = name
            if not keycode or not self._grab_key(keycode, mask):
                refused.append(str(combination))
        if refused:
            words = ", ".join(refused)
            raise HotkeyError(f"Another program has taken {words}; choose another combination.")

    def _grab_key(self, keycode: int, mask: int) -> bool:
        """False where another program holds it."""
        errors = []

        @_OnError
        def on_error(display: int, event: int) -> int:
            errors.append(event)
            return 0

        before = self._x.XSetErrorHandler(ctypes.cast(on_error, ctypes.c_void_p))
        for locks in LOCKS:
            self._x.XGrabKey(
                self._display, keycode, mask | locks, self._root, 0, GRAB_MODE_ASYNC,
                GRAB_MODE_ASYNC,
            )  # fmt: skip
        # Errors come back late; this waits for all of them.
        self._x.XSync(self._display, 0)
        self._x.XSetErrorHandler(before)
        return not errors

    def _keycode(self, key: str) -> int:
        name = key if key.startswith("F") and len(key) > 1 else key.lower()
        keysym = self._x.XStringToKeysym(name.encode("ascii"))
        return self._x.XKeysymToKeycode(self._display, keysym)

    def _read(self) -> None:
        event = _Event()
        while self._display and self._x.XPending(self._display):
            self._x.XNextEvent(self._display, ctypes.byref(event))
            if event.key.type == KEY_PRESS:
                self._press(event.key)
            elif event.key.type == KEY_RELEASE:
                name = self._held.pop(event.key.keycode, None)
                if name is not None:
                    self.released.emit(name)
            elif event.key.type == MAPPING_NOTIFY:
                self._x.XRefreshKeyboardMapping(ctypes.byref(event))

    def _press(self, key: _KeyEvent) -> None:
        name = self._names.get((key.keycode, key.state & KEY_MASK))
        if name is not None and key.keycode not in self._held:
            self._held[key.keycode] = name
            self.pressed.emit(name)


def _load_xlib() -> ctypes.CDLL:
    try:
        x = ctypes.CDLL("libX11.so.6")
    except OSError as error:
        raise HotkeyError("Global hotkeys are unavailable: libX11 is missing.") from error
    display, void = ctypes.c_void_p, ctypes.c_void_p
    for name, result, arguments in (
        ("XOpenDisplay", display, (ctypes.c_char_p,)),
        ("XCloseDisplay", ctypes.c_int, (display,)),
        ("XDefaultRootWindow", ctypes.c_ulong, (display,)),
        ("XConnectionNumber", ctypes.c_int, (display,)),
        ("XkbSetDetectableAutoRepeat", ctypes.c_int, (display, ctypes.c_int, void)),
        ("XStringToKeysym", ctypes.c_ulong, (ctypes.c_char_p,)),
        ("XKeysymToKeycode", ctypes.c_ubyte, (display, ctypes.c_ulong)),
        ("XGrabKey", ctypes.c_int, (display, ctypes.c_int, ctypes.c_uint, ctypes.c_ulong,
                                    ctypes.c_int, ctypes.c_int, ctypes.c_int)),
        ("XSetErrorHandler", void, (void,)),
        ("XSync", ctypes.c_int, (display, ctypes.c_int)),
        ("XPending", ctypes.c_int, (display,)),
        ("XNextEvent", ctypes.c_int, (display, void)),
        ("XRefreshKeyboardMapping", ctypes.c_int, (void,)),
    ):  # fmt: skip
        function = getattr(x, name)
        function.restype, function.argtypes = result, arguments
    return x
