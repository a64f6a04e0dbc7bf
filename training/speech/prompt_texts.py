# ruff: noqa: RUF001  (letters of other scripts are the data)
"""Texts of recorded prompts and their phones, word by word, as espeak-ng would say them."""

import gzip
import re
import subprocess
from pathlib import Path

from training.speech.phones import viseme_parts

# the Spanish texts are written without accents, which decide where the stress is
_ACCENTS = {
    "numero": "número", "numeros": "números", "mas": "más", "despues": "después",
    "tambien": "también", "contrasena": "contraseña", "codigo": "código", "linea": "línea",
    "lineas": "líneas", "telefono": "teléfono", "telefonico": "telefónico", "sera": "será",
    "invalido": "inválido", "invalida": "inválida", "invalidos": "inválidos", "ultimo": "último",
    "unico": "único", "menu": "menú", "aqui": "aquí", "ningun": "ningún", "algun": "algún",
    "dia": "día", "dias": "días", "sabado": "sábado", "miercoles": "miércoles", "musica": "música",
    "automatico": "automático", "informatica": "informática", "tecnica": "técnica", "util": "útil",
    "pagina": "página", "maximo": "máximo", "minimo": "mínimo", "lider": "líder",
    "ingles": "inglés", "ano": "año", "anos": "años", "espanol": "español",
    "companero": "compañero", "compania": "compañía", "senal": "señal", "manana": "mañana",
}  # fmt: skip


def read_prompts(table: Path) -> dict[str, str]:
    """Text by prompt name; without those that describe a noise or have a doubtful text."""
    raw = gzip.decompress(table.read_bytes())
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = raw.decode("latin-1").splitlines()
    texts = {}
    for line in lines:
        name, colon, text = line.partition(":")
        text = re.sub(r"\([^)]*\)|\.\.+|[\"“”«»]", " ", text).strip()
        doubtful = re.search(r"[\[\]<>%@�]|\w\?\w|\w\?\s+[a-zà-ú]|www", text)
        if colon and not name.startswith(";") and re.search(r"\w", text) and not doubtful:
            texts[name.strip()] = text
    return texts


def accented(text: str) -> str:
    """Spanish with the accents of its most frequent words and of -ción, -sión."""
    text = re.sub(r"(?i)([cs])ion\b", r"\1ión", text)
    return re.sub(r"\w+", lambda m: _ACCENTS.get(m.group().lower(), m.group()), text)


def phone_words(text: str, voice: str) -> list[list[tuple[str, bool]]]:
    """Words of (IPA symbol, stressed) of a text in an espeak-ng voice ("fr-fr").

    Raises:
        LookupError: it says a phone that has no viseme
    """
    command = ["espeak-ng", "-q", "--ipa", "--sep=_", "-v", voice, "--", text]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return parse_phones(said.replace("y", "ɨ") if voice == "ru" else said)  # its name for ы


def parse_phones(said: str) -> list[list[tuple[str, bool]]]:
    """The same from espeak-ng's own notation: phones joined by "_", words by blanks."""
    words = []
    for spoken in re.sub(r"\([a-z-]+\)", "", said).split():
        word: list[tuple[str, bool]] = []
        for item in filter(None, spoken.split("_")):
            symbol = re.sub(r"[-ːˑˈˌ;^'\"]", "", item).replace("ss", "s")
            glide = symbol[0] if len(symbol) == 2 and symbol[0] == "j" else ""  # "ja"
            for part in filter(None, (glide, symbol[len(glide) :])):
                viseme_parts(part, "ipa")
                word.append((part, "ˈ" in item))
        if word:
            words.append(word)
    return words
