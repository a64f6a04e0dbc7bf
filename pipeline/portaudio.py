"""Late loading of PortAudio, which a machine may lack."""

import atexit
import ctypes
import logging
import sys
import threading
import weakref
from types import ModuleType
from typing import Any

from pipeline.errors import MicrophoneError
from pipeline.sentence import Sentence

log = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 2.0
INSTALL_HINTS = {
    "linux": Sentence("install it with `sudo apt install libportaudio2`"),
    "darwin": Sentence("install it with `brew install portaudio`"),
}
OTHER_HINT = Sentence("reinstall the Python package sounddevice")

# Of this process, as PortAudio itself is.
_streams: weakref.WeakSet[Any] = weakref.WeakSet()
_streams_lock = threading.Lock()
# ALSA keeps only the pointer; the callback object must live as long as the process.
_alsa_error_callback = None


def load_sounddevice() -> ModuleType:
    """The sounddevice module.

    Raises MicrophoneError with what to install when it or the PortAudio library is missing.
    """
    _silence_alsa()
    try:
        import sounddevice
    except ModuleNotFoundError as error:
        raise MicrophoneError(
            "The Python package sounddevice is missing; run `pip install -r requirements.txt`."
        ) from error
    except OSError as error:
        hint = INSTALL_HINTS.get(sys.platform, OTHER_HINT)
        raise MicrophoneError("The PortAudio library is missing; {hint}.", hint=hint) from error
    return sounddevice


def note_stream(stream: Any) -> Any:
    """Remember a stream as long as it is open, and return it."""
    with _streams_lock:
        _streams.add(stream)
    return stream


def refresh_devices() -> None:
    """Make PortAudio look for devices again, unless a stream is open: it would be cut off, and one
    that a driver does not let go of would take the program along.

    PortAudio lists devices once when it starts and never notices what is plugged in later.
    """
    sounddevice = load_sounddevice()
    with _streams_lock:
        is_used = any(not stream.closed for stream in _streams)
    if is_used:
        log.info("devices are not looked for again while one of them is in use")
        return
    sounddevice._terminate()
    sounddevice._initialize()


def close_stream(stream: Any) -> None:
    """Stop and close a stream; a driver that does not answer is left behind with a warning."""

    def close() -> None:
        stream.abort(ignore_errors=True)
        stream.close(ignore_errors=True)

    closer = threading.Thread(target=close, name="close microphone", daemon=True)
    closer.start()
    closer.join(CLOSE_TIMEOUT_S)
    if closer.is_alive():
        log.warning("the sound system does not answer; its microphone stays open until the end")
        # Otherwise sounddevice would wait for the same stream when the program ends.
        atexit.unregister(load_sounddevice()._exit_handler)


def _silence_alsa() -> None:
    """Keep ALSA from printing a page of lines about absent cards to the terminal."""
    global _alsa_error_callback  # noqa: PLW0603
    if not sys.platform.startswith("linux") or _alsa_error_callback is not None:
        return
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:
        return
    signature = ctypes.CFUNCTYPE(
        None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
    )
    _alsa_error_callback = signature(lambda *_: None)
    alsa.snd_lib_error_set_handler(_alsa_error_callback)
