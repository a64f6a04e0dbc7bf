"""Aligns recordings with their transcripts, phone by phone.

`python -m bench.phone_alignment --out cache/prompts` (with training/requirements.txt) takes the
English voice prompts and the test recordings of Debian's asterisk-core-sounds-en-g722 and
pocketsphinx-testdata, which are kept for evaluation: nothing may be trained on them. Each becomes
NAME.wav and NAME.json; half of the prompts are marked "tune", everything else "report".

`--final 80 --out cache/prompts_final` makes a third share instead, "final": prompts in no other
share, the longest first, whose alignment agrees with the level of the sound (see `fault`). It is
for figures only; nobody tunes on it.
"""

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import wave
from pathlib import Path

import numpy as np
import pocketsphinx

PROMPTS = Path("/usr/share/asterisk/sounds/en_US_f_Allison")
PROMPT_TEXTS = Path("/usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz")
READINGS = Path("/usr/share/pocketsphinx/test/data")
RATE_HZ = 16_000
# clips that development looks at
DEVELOPMENT = frozenset({"goforward", "something", "conf-usermenu", "conf-usermenu-162"})
_MORE_WORDS = {  # that pocketsphinx's dictionary lacks
    "pbx": "P IY B IY EH K S", "ivr": "AY V IY AA R", "unmute": "AH N M Y UW T",
    "unmuted": "AH N M Y UW T IH D", "digium": "D IH JH IY AH M", "rerecord": "R IY R IH K AO R D",
    "undelete": "AH N D IH L IY T", "undeleted": "AH N D IH L IY T IH D",
    "prepend": "P R IY P EH N D", "prepending": "P R IY P EH N D IH NG",
    "represenatives": "R EH P R IH Z EH N T AH T IH V Z",
    "waldo's": "W AO L D OW Z", "umute": "AH N M Y UW T",
}  # fmt: skip
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
    for word in set(words) & set(_MORE_WORDS):
        if decoder.lookup_word(word) is None:
            decoder.add_word(word, _MORE_WORDS[word], True)
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
    chosen = _usable(2.5, 9.0)[:count]
    return [(p, t, "tune" if k % 2 else "report") for k, (p, t) in enumerate(chosen)]


def final_prompts(count: int, others: int) -> list[tuple[Path, str, str]]:
    """The same of the share "final": long prompts first, none among the `others` first ones."""
    taken = {path.stem for path, _, _ in prompts(others)} | DEVELOPMENT
    words = {" ".join(words_of(text)) for _, text, _ in prompts(others)}
    found = _usable(6.0, 45.0) + _usable(1.5, 6.0)
    fresh = [
        (path, text, "final")
        for path, text in found
        if path.stem not in taken and " ".join(words_of(text)) not in words
    ]
    return fresh[:count]


def _usable(shortest_s: float, longest_s: float) -> list[tuple[Path, str]]:
    found = []
    for line in gzip.decompress(PROMPT_TEXTS.read_bytes()).decode("utf-8").splitlines():
        name, _, text = line.partition(":")
        path = PROMPTS / f"{name}.g722"
        usable = re.fullmatch(r"[A-Za-z0-9 ,.'!?-]+", text) and path.is_file()
        if usable and "..." not in text and shortest_s < path.stat().st_size / 8000 < longest_s:
            found.append((hashlib.sha256(name.encode()).hexdigest(), path, text))
    return [(path, text) for _, path, text in sorted(found)]


def fault(pcm: bytes, phones: list[dict]) -> str | None:
    """Why an alignment cannot be trusted, by the level of the sound alone."""
    sound = np.frombuffer(pcm, np.int16).astype(np.float64) / 32768
    count = len(sound) // 160
    level_db = 10 * np.log10(np.square(sound[: count * 160]).reshape(count, 160).mean(1) + 1e-10)
    loud_db = np.percentile(level_db, 95)
    pause, vowel = np.ones(count, bool), np.zeros(count, bool)
    for phone in phones:
        inside = slice(round(phone["start"] * 100), round(phone["end"] * 100))
        if phone["phone"] not in ("SIL", "sil"):
            pause[inside] = False
            vowel[inside] = phone["phone"][0] in "AEIOU"
    spoken = max(1, int((~pause).sum()))
    if (pause & (level_db > loud_db - 20)).sum() > max(8, 0.03 * spoken):
        return "speech in a pause"
    if (level_db[vowel] < loud_db - 30).mean() > 0.08:
        return "silent vowels"
    spoken_phones = [p for p in phones if p["phone"] not in ("SIL", "sil")]
    shortest = sum(p["end"] - p["start"] < 0.035 for p in spoken_phones) / len(spoken_phones)
    return "phones too short" if shortest > 0.25 else None


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
    if not phones or (share == "final" and fault(pcm, phones)):
        return False
    with wave.open(str(out / f"{path.stem}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(pcm)
    record = {"id": path.stem, "text": text.strip(), "share": share, "lang": "en", "phones": phones}
    if share == "final":
        record["speaker"] = "allison" if path.suffix == ".g722" else "other"
    (out / f"{path.stem}.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("cache/prompts"))
    parser.add_argument("--prompts", type=int, default=48)
    parser.add_argument("--final", type=int, default=0, metavar="CLIPS", help="the share final")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.final:
        clips = final_prompts(options.final, options.prompts)
    else:
        clips = prompts(options.prompts) + readings()
    done = [write(*clip, options.out) for clip in clips]
    print(f"aligned {sum(done)} of {len(done)} recordings into {options.out}")


if __name__ == "__main__":
    main()
