import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from pipeline import microphone, portaudio
from pipeline.errors import MicrophoneError
from pipeline.microphone import Microphone, probe_audio
from pipeline.microphone_list import MicrophoneInfo, list_microphones
from tests.pipeline.fakes import FakeClock


class FakeStream:
    """A PortAudio input stream whose blocks the test delivers."""

    def __init__(self, driver, **options) -> None:
        if options["channels"] not in driver.accepted_channels:
            raise driver.PortAudioError("Invalid number of channels")
        self.options = options
        self.running = False
        self.closed = False
        driver.streams.append(self)

    def start(self) -> None:
        self.running = True

    def deliver(self, block: np.ndarray, overflow: bool = False, age_s: float = 0.0) -> None:
        time_info = SimpleNamespace(
            currentTime=50.0, inputBufferAdcTime=50.0 - age_s - len(block) / 48_000
        )
        status = SimpleNamespace(input_overflow=overflow)
        self.options["callback"](block, len(block), time_info, status)

    def abort(self, ignore_errors: bool) -> None:
        self.running = False

    def close(self, ignore_errors: bool) -> None:
        self.closed = True


class FakeDriver:
    """What `Microphone` uses of the sounddevice module, with devices of the test's choice."""

    class PortAudioError(Exception):
        pass

    def __init__(self, accepted_channels=(1,), devices=1) -> None:
        self.accepted_channels = accepted_channels
        self.streams: list[FakeStream] = []
        self.refreshes = 0
        self.default = SimpleNamespace(device=[0 if devices else -1, -1])
        self._devices = devices

    def InputStream(self, **options) -> FakeStream:  # noqa: N802
        return FakeStream(self, **options)

    def _terminate(self) -> None:
        assert all(stream.closed for stream in self.streams), "that would crash"
        self.refreshes += 1

    def _initialize(self) -> None:
        """Nothing else changes."""

    def query_hostapis(self):
        return [{"name": "ALSA"}]

    def query_devices(self):
        speaker = {"name": "Speaker", "hostapi": 0, "index": 1, "max_input_channels": 0}
        studio = {
            "name": "Studio", "hostapi": 0, "index": 0,
            "max_input_channels": 2, "default_samplerate": 48_000.0,
        }  # fmt: skip
        return [studio, speaker][: 2 * self._devices]


@pytest.fixture
def driver(monkeypatch):
    return install(monkeypatch, FakeDriver())


def install(monkeypatch, driver):
    monkeypatch.setitem(sys.modules, "sounddevice", driver)
    return driver


def test_only_inputs_are_listed(driver):
    assert list_microphones() == [MicrophoneInfo("Studio", "ALSA", True, 48_000, 2, 0)]


def test_without_any_input_the_sentence_says_what_to_do(monkeypatch):
    install(monkeypatch, FakeDriver(devices=0))
    with pytest.raises(MicrophoneError, match="plug one in"):
        Microphone()
    probe = probe_audio()
    assert not probe.ok
    assert probe.sentence == "No microphone was found."
    assert probe.fix.startswith("Plug one in")


def test_a_missing_portaudio_library_says_what_to_install(monkeypatch):
    class Missing:
        def find_spec(self, name, path=None, target=None):
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(MicrophoneError, match=r"PortAudio library is missing; .*install"):
        portaudio.load_sounddevice()


def test_importing_the_module_loads_no_portaudio():
    code = "import sys, pipeline.microphone; sys.exit('sounddevice' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_opens_at_the_rate_of_the_device_and_yields_chunks(driver):
    clock = FakeClock(start_s=10.0)
    with Microphone(clock=clock) as source:
        stream = driver.streams[0]
        assert (stream.options["samplerate"], stream.options["channels"]) == (48_000, 1)
        assert source.name == "Studio, ALSA"
        assert source.read(timeout_s=0.0) is None
        for _ in range(4):
            stream.deliver(np.full((480, 1), 0.25, np.float32), age_s=0.020)
        chunk = source.read(timeout_s=0.0)
        assert chunk.start_sample == 0
        assert chunk.samples[-1] == pytest.approx(0.25, abs=1e-4)
        # 1920 samples came, of which 1599 were needed; the newest is 20 ms old.
        assert chunk.capture_time_s == pytest.approx(10.0 - 0.020 - 321 / 48_000)
    assert stream.closed


def test_overflows_of_the_device_and_of_the_ring_are_counted(driver):
    with Microphone(clock=FakeClock()) as source:
        stream = driver.streams[0]
        stream.deliver(np.zeros((480, 1), np.float32), overflow=True)
        stream.deliver(np.zeros((480, 1), np.float32))
        assert source.xruns == 1
        stream.deliver(np.zeros((2 * 48_000, 1), np.float32))
        assert source.lost_samples == 480


def test_a_device_that_only_offers_stereo_is_mixed(monkeypatch):
    driver = install(monkeypatch, FakeDriver(accepted_channels=(2,)))
    with Microphone(clock=FakeClock()) as source:
        driver.streams[0].deliver(np.tile(np.array([[0.2, 0.4]], np.float32), (1920, 1)))
        assert source.read(timeout_s=0.0).samples[-1] == pytest.approx(0.3, abs=1e-4)


def test_a_device_that_cannot_be_opened_gives_its_reason(monkeypatch):
    install(monkeypatch, FakeDriver(accepted_channels=()))
    with pytest.raises(MicrophoneError, match=r"Studio, ALSA .*Invalid number of channels"):
        Microphone(clock=FakeClock())


def test_a_device_that_falls_silent_for_good_is_reported(driver):
    clock = FakeClock()
    with Microphone(clock=clock) as source:
        driver.streams[0].deliver(np.zeros((1920, 1), np.float32))
        assert source.read(timeout_s=0.0) is not None
        clock.advance(microphone.FIRST_BLOCK_TIMEOUT_S + microphone.STALL_TIMEOUT_S)
        with pytest.raises(MicrophoneError, match="sends no more sound"):
            source.read(timeout_s=0.0)


def test_the_first_block_may_take_longer(driver):
    clock = FakeClock()
    with Microphone(clock=clock) as source:
        clock.advance(microphone.FIRST_BLOCK_TIMEOUT_S - 0.1)
        assert source.read(timeout_s=0.0) is None
        clock.advance(0.2)
        with pytest.raises(MicrophoneError, match="sends no more sound"):
            source.read(timeout_s=0.0)


def test_closing_twice_is_fine(driver):
    source = Microphone(clock=FakeClock())
    source.close()
    source.close()
    assert source.read(timeout_s=0.0) is None
    assert source.ended


def test_a_working_machine_passes_the_check(driver):
    probe = probe_audio()
    assert probe.ok
    assert probe.sentence == "1 microphone, the default is Studio (ALSA, 48000 Hz)."


def test_devices_are_looked_for_again_only_while_no_stream_is_open(driver):
    portaudio.refresh_devices()
    assert driver.refreshes == 1
    with Microphone(clock=FakeClock()):
        portaudio.refresh_devices()
        assert driver.refreshes == 1
    portaudio.refresh_devices()
    assert driver.refreshes == 2
