"""Aligns recordings with their transcripts, phone by phone.

`python -m bench.phone_alignment --out cache/prompts` (with training/requirements.txt) takes the
English voice prompts and the test recordings of Debian's asterisk-core-sounds-en-g722 and
pocketsphinx-testdata, which are kept for evaluation: nothing may be trained on them. Each becomes
NAME.wav and NAME.json; half of the prompts are marked "tune", everything else "report".
"""

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import wave
from pathlib import Path

import pocketsphinx

PROMPTS = Path("/usr/share/asterisk/sounds/en_US_f_Allison")
PROMPT_TEXTS = Path("/usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz")
READINGS = Path("/usr/share/pocketsphinx/test/data")
RATE_HZ = 16_000
_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def words_of(text: str) -> list[str]:
    """Lower-case words as the dictionary has them, digits spoken one by one."""
    spoken = re.sub(r"\d", lambda m: f" {_DIGITS[int(m.group())]} ", text.lower())
    return re.findall(r"[a-z']+", spoken.replace("-", " "))


def align(pcm: bytes, words: list[str]) -> list[dict] | None:
    """Phones with start and end in seconds, None where a word or the sound does not fit."""
    decoder = pocketsphinx.Decoder(
        samprate=RATE_HZ, lm=None, loglevel="FATAL", beam=1e-280, pbeam=1e-280, wbeam=1e-280,
        bestpath=False,
    )  # fmt: skip
    if any(decoder.lookup_word(word) is None for word in words):
        return None
    decoder.set_align_text(" ".join(words))
    _decode(decoder, pcm)  # words first
    if decoder.hyp() is None:
        return None
    decoder.set_alignment()
    _decode(decoder, pcm)  # then their phones
    phones = []
    for word in decoder.get_alignment():
        for phone in word:
            start_s, end_s = phone.start / 100, (phone.start + phone.duration) / 100
            phones.append({"phone": phone.name, "start": start_s, "end": end_s})
    return phones


def _decode(decoder: pocketsphinx.Decoder, pcm: bytes) -> None:
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()


def pcm_of(path: Path) -> bytes:
    """16 kHz 16-bit mono, by ffmpeg."""
    kind = ["-f", "s16le", "-ar", "16000", "-ac", "1"] if path.suffix == ".raw" else []
    command = ["ffmpeg", "-v", "error", *kind, "-i", str(path), "-f", "s16le"]
    return subprocess.run(
        [*command, "-ar", str(RATE_HZ), "-ac", "1", "-"], capture_output=True, check=True
    ).stdout


def prompts(count: int) -> list[tuple[Path, str, str]]:
    """Sound file, text and share ("tune" or "report") of evenly chosen English prompts."""
    found = []
    for line in gzip.decompress(PROMPT_TEXTS.read_bytes()).decode("utf-8").splitlines():
        name, _, text = line.partition(":")
        path = PROMPTS / f"{name}.g722"
        usable = re.fullmatch(r"[A-Za-z0-9 ,.'!?-]+", text) and path.is_file()
        if usable and "..." not in text and 2.5 < path.stat().st_size / 8000 < 9:
            found.append((hashlib.sha256(name.encode()).hexdigest(), path, text))
    chosen = sorted(found)[:count]
    return [(p, t, "tune" if k % 2 else "report") for k, (_, p, t) in enumerate(chosen)]


def readings() -> list[tuple[Path, str, str]]:
    """The same of the readers of pocketsphinx-testdata."""
    found = []
    for folder, table in (("librivox", "transcription"), ("cards", "cards.transcription")):
        for line in (READINGS / folder / table).read_text().splitlines():
            match = re.fullmatch(r"<s> (.*) </s> \((.*)\)", line.strip())
            if match:
                found.append((READINGS / folder / f"{match[2]}.wav", match[1], "report"))
    return found


def write(path: Path, text: str, share: str, out: Path) -> bool:
    """Writes the clip and its phones; False where it cannot be aligned."""
    pcm = pcm_of(path)
    phones = align(pcm, words_of(text))
    if not phones:
        return False
    with wave.open(str(out / f"{path.stem}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(pcm)
    record = {"id": path.stem, "text": text.strip(), "share": share, "lang": "en", "phones": phones}
    (out / f"{path.stem}.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("cache/prompts"))
    parser.add_argument("--prompts", type=int, default=48)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    done = [write(*clip, options.out) for clip in prompts(options.prompts) + readings()]
    print(f"aligned {sum(done)} of {len(done)} recordings into {options.out}")


if __name__ == "__main__":
    main()
