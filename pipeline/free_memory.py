"""Gives memory that is free inside this process back to the system."""

import ctypes
import sys
import threading

# By then the last picture of what was given up has been shown.
DELAY_S = 1.0


def free_memory_soon() -> None:
    """Do so in a second, on a thread; at once it takes some hundredths of a second.

    An engine is made on another thread than the one that uses it; without this the C library keeps
    the memory of some that were given up, a third of a gigabyte.
    """
    if not sys.platform.startswith("linux"):
        return
    timer = threading.Timer(DELAY_S, free_memory)
    timer.daemon = True
    timer.start()


def free_memory() -> bool:
    """True where something was given back; only glibc has to be asked."""
    try:
        trim = ctypes.CDLL("libc.so.6").malloc_trim
    except (OSError, AttributeError):
        return False
    return bool(trim(0))
