"""Whether anybody looks at a virtual camera, as its driver tells."""

import errno
import os
import struct
import sys
from collections.abc import Callable

from pipeline import v4l2
from pipeline.clock import Clock, MonotonicClock

# linux/videodev2.h: _IOR('V', 89, struct v4l2_event), _IOW('V', 90, struct v4l2_event_subscription)
VIDIOC_DQEVENT = 0x80885659
VIDIOC_SUBSCRIBE_EVENT = 0x4020565A
SEND_INITIAL = 1
# v4l2loopback.h since 0.13: V4L2_EVENT_PRIVATE_START + 0x08E00000 + 1; its data is one u32, how
# many clients stream.
CLIENT_USAGE = 0x08000000 + 0x08E00000 + 1
SUBSCRIPTION = struct.Struct("=IIIIIIII")
EVENT = struct.Struct("=I4xI124x")
ASK_PERIOD_S = 0.25
# Events tell of changes only; one that was lost would be believed for ever.
RENEW_PERIOD_S = 5.0


class ClientUsage:
    """The events of one loopback device.

    Raises OSError where the device cannot be opened or its driver has no such events.
    """

    def __init__(self, path: str) -> None:
        self._device = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        try:
            subscription = SUBSCRIPTION.pack(CLIENT_USAGE, 0, SEND_INITIAL, 0, 0, 0, 0, 0)
            self._control(VIDIOC_SUBSCRIBE_EVENT, subscription)
        except OSError:
            os.close(self._device)
            raise

    def newest(self) -> int | None:
        """How many clients stream by the newest event; None where there was none."""
        count = None
        while True:
            try:
                answer = self._control(VIDIOC_DQEVENT, bytes(EVENT.size))
            except OSError as fault:
                if fault.errno in (errno.ENOENT, errno.EAGAIN):
                    return count
                raise
            kind, clients = EVENT.unpack(answer)
            if kind == CLIENT_USAGE:
                count = clients

    def close(self) -> None:
        """Give the device back."""
        os.close(self._device)

    def _control(self, request: int, argument: bytes) -> bytes:
        import fcntl

        return fcntl.ioctl(self._device, request, argument)


class CameraWatch:
    """Asked often, asks the driver seldom; where nothing can be told somebody may be looking.

    name() -> the camera's, "" while there is none; open_usage(path): for tests
    """

    def __init__(
        self,
        name: Callable[[], str],
        clock: Clock | None = None,
        open_usage: Callable[[str], ClientUsage] = ClientUsage,
    ) -> None:
        self._name = name
        self._clock = clock or MonotonicClock()
        self._open_usage = open_usage
        self._usage: ClientUsage | None = None
        self._ask_s = self._renew_s = self._clock.now_s()
        self._watched = True

    def is_watched(self) -> bool:
        """Whether a picture that is sent now may be seen by somebody."""
        now_s = self._clock.now_s()
        if now_s >= self._ask_s:
            self._ask_s = now_s + ASK_PERIOD_S
            self._watched = self._ask(now_s)
        return self._watched

    def close(self) -> None:
        """Stop watching; a second call does nothing."""
        usage, self._usage = self._usage, None
        if usage is not None:
            usage.close()

    def _ask(self, now_s: float) -> bool:
        if not self._name():
            self.close()
            return False
        try:
            if self._usage is None or now_s >= self._renew_s:
                self.close()
                self._renew_s = now_s + RENEW_PERIOD_S
                self._usage = self._open()
                if self._usage is None:
                    return True
            count = self._usage.newest()
        except OSError:
            self.close()
            return True
        return self._watched if count is None else count > 0

    def _open(self) -> ClientUsage | None:
        if not sys.platform.startswith("linux"):
            return None
        labels = {device.label: device.path for device in v4l2.loopback_devices()}
        path = labels.get(self._name())
        return None if path is None else self._open_usage(path)
