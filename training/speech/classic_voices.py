"""Classic synthesisers of the distribution with their own segment times."""

import ctypes
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from training.speech.spoken import Spoken

FESTIVAL_VOICES = {
    "slt_hts": "cmu_us_slt_arctic_hts",
    "kal": "kal_diphone",
    "ked": "ked_diphone",
    "it_f": "lp_diphone",
    "it_m": "pc_diphone",
    "fi_m": "hy_fi_mv_diphone",
    "fi_f": "suo_fi_lj_diphone",
    "ru_m": "msu_ru_nsh_clunits",
    "ca_f": "upc_ca_ona_hts",
    "cs_f": "czech_dita",
    "cs_m": "czech_machac",
    "cs_p": "czech_ph",
    "cs_child": "czech_krb",
}
_FESTIVAL_ENCODING = {"ru": "utf-8", "cs": "iso-8859-2"}


class Flite:
    """flite; voices kal16, awb, rms, slt."""

    name = "flite"

    def speak(self, text: str, voice: str, speed: float) -> Spoken:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.wav"
            stretch = f"duration_stretch={1 / speed:g}"
            command = ["flite", "-voice", voice, "-t", text, "-o", str(path), "-psdur"]
            said = subprocess.run(
                [*command, "--setf", stretch], capture_output=True, text=True, check=True
            ).stdout
            samples, rate_hz = soundfile.read(path, dtype="float32")
        segments, start_s = [], 0.0
        for item in said.split():
            symbol, end = item.rsplit(":", 1)
            segments.append((symbol, start_s, float(end)))
            start_s = float(end)
        return Spoken(samples, rate_hz, segments)


class Festival:
    """festival; starting it costs most, so ask for many sentences at once."""

    name = "festival"

    def speak_all(self, texts: list[str], voice: str, speed: float) -> list[Spoken | None]:
        """The sentences in their order; None where it fails (letters it does not know)."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            script = [f"(voice_{FESTIVAL_VOICES[voice]})"]
            script.append(f"(Parameter.set 'Duration_Stretch {1 / speed:g})")
            for index, text in enumerate(texts):
                clean = text.replace('"', "").replace("\\", "")
                script.append(
                    f'(set! u (SynthText "{clean}"))'
                    f'(utt.save.wave u "{folder}/{index}.wav" \'riff)'
                    f'(set! f (fopen "{folder}/{index}.seg" "w"))'
                    '(mapcar (lambda (x) (format f "%s %f\\n" (item.name x) (item.feat x "end")))'
                    " (utt.relation.items u 'Segment))(fclose f)"
                )
            encoding = _FESTIVAL_ENCODING.get(voice[:2], "iso-8859-15")
            (folder / "x.scm").write_bytes("\n".join(script).encode(encoding, "replace"))
            command = ["festival", "-b", str(folder / "x.scm")]
            subprocess.run(command, capture_output=True, check=False, timeout=600)
            return [self._read(folder, index) for index in range(len(texts))]

    @staticmethod
    def _read(folder: Path, index: int) -> Spoken | None:
        sound, times = folder / f"{index}.wav", folder / f"{index}.seg"
        if not sound.exists() or not times.exists() or sound.stat().st_size < 1000:
            return None
        samples, rate_hz = soundfile.read(sound, dtype="float32")
        segments, start_s = [], 0.0
        for line in times.read_text(encoding="latin-1").splitlines():
            symbol, end = line.rsplit(" ", 1)
            segments.append((symbol, start_s, float(end)))
            start_s = float(end)
        return Spoken(samples, rate_hz, segments)


class _EspeakEvent(ctypes.Structure):
    """espeak_EVENT of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


class Espeak:
    """espeak-ng through its library: phoneme events at exact samples."""

    name = "espeak"

    def __init__(self):
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._rate_hz = self._library.espeak_Initialize(1, 0, None, 0b11)
        self._blocks: list[np.ndarray] = []
        self._events: list[tuple[str, int]] = []
        callback = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_EspeakEvent)
        )
        self._callback = callback(self._collect)  # kept: the library holds only the pointer
        self._library.espeak_SetSynthCallback(self._callback)

    def _collect(self, wave, count, events) -> int:
        if wave and count > 0:
            self._blocks.append(np.ctypeslib.as_array(wave, (count,)).copy())
        index = 0
        while events[index].type != 0:
            if events[index].type == 7:
                symbol = bytes(events[index].id).split(b"\0")[0].decode("utf-8", "replace")
                self._events.append((symbol, events[index].sample))
            index += 1
        return 0

    def speak(self, text: str, voice: str, speed: float) -> Spoken:
        self._blocks, self._events = [], []
        if self._library.espeak_SetVoiceByName(voice.encode()):
            raise LookupError(f"espeak-ng has no voice {voice!r}")
        self._library.espeak_SetParameter(1, int(165 * speed), 0)
        raw = text.encode()
        self._library.espeak_Synth(raw, len(raw) + 1, 0, 1, 0, 1, None, None)
        self._library.espeak_Synchronize()
        samples = np.concatenate(self._blocks).astype(np.float32) / 32768
        ends = [sample for _, sample in self._events[1:]] + [len(samples)]
        rate = self._rate_hz
        segments = [
            (symbol or "_", start / rate, end / rate)
            for (symbol, start), end in zip(self._events, ends, strict=True)
            if end > start
        ]
        return Spoken(samples, rate, segments)
