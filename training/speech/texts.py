# ruff: noqa: RUF001  (letters of other scripts are the data)
"""Sentences to speak: small talk, dictionary examples, fortunes and templates of our own."""

import importlib.util
import json
import lzma
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SAVED = Path("cache/speech/texts")  # made by corpus --save-texts; read instead of the sources
_FORTUNES = Path("/usr/share/games/fortunes")
_WORDNET = Path("/usr/share/wordnet")
_FORTUNE_FILES = {
    "en": ("fortunes", "literature", "wisdom", "cookie", "people", "work", "science", "food"),
    "es": ("es/*",),
    "it": ("it/*", "italia", "formiche"),
    "de": ("de/*",),
    "pt": ("brasil",),
    "ru": ("ru/*",),
    "pl": ("pl/*",),
    "cs": ("cs/*",),
    "eo": ("eo/*",),
}
_LATIN_1 = frozenset(("en", "es", "it", "de", "pt"))  # what an undecodable file of theirs is
_BLOCKED = re.compile(
    r"\b(fuck|shit|cunt|nigg|bitch|rape|whore|porn|sex|nazi|slut|puta|merda)", re.IGNORECASE
)
_BUILT_IN = {
    "fi": (
        "Hyvää huomenta, mitä sinulle kuuluu tänään?",
        "Menemme huomenna junalla mummon luokse maalle.",
        "Puhelin on pöydällä, mutta pomo ei vielä vastaa.",
        "Minä pidän kahvista ja pullasta, entä sinä?",
        "Bussi on myöhässä, joten odotamme vielä vähän.",
    ),
    "ru": (
        "Доброе утро, как у вас сегодня дела?",
        "Мама мыла раму, а папа пил чай с вареньем.",
        "Поезд отправляется в пять часов с первого пути.",
        "Большое спасибо, мы позвоним вам завтра.",
        "Я думаю, что это очень хорошая мысль.",
    ),
    "fr": (
        "Bonjour, comment allez-vous aujourd'hui ?",
        "Le petit bateau passe sous le pont de bois.",
        "Je voudrais un peu de pain et du fromage, s'il vous plaît.",
        "Demain, nous partons à la montagne avec des amis.",
        "Maman prépare une soupe pendant que papa parle au téléphone.",
        "Vous pouvez me passer le beurre et la confiture, s'il vous plaît ?",
        "Je ne sais pas si Philippe viendra à la fête samedi soir.",
        "Il a plu toute la matinée, alors nous sommes restés à la maison.",
        "Bravo ! Vous avez vraiment bien travaillé cette semaine.",
        "Quelle heure est-il ? Il faut partir avant huit heures.",
        "Mon frère habite une petite maison blanche près de la forêt.",
        "Elle m'a demandé pourquoi je buvais toujours du café froid.",
        "Le boulanger vend du pain, des gâteaux et des bonbons.",
        "Ça me semble une très bonne idée, mais il faut en parler d'abord.",
        "Beaucoup de bateaux partent du port avant le lever du soleil.",
        "Votre facture sera envoyée par la poste avant la fin du mois.",
        "On pourrait se voir mardi matin, ou bien vendredi après-midi.",
        "Je vous appelle pour confirmer notre rendez-vous de demain.",
    ),
    "ca": (
        "Bon dia, com estàs avui?",
        "Demà anirem a la platja amb la família i els amics.",
        "M'agrada molt el pa amb tomàquet i un bon vi.",
        "La meva mare prepara el sopar mentre el pare parla per telèfon.",
        "Quina hora és? Hem de marxar abans de les vuit.",
        "Va ploure tot el matí i vam quedar-nos a casa.",
        "Si us plau, em pots passar el formatge i la mantega?",
        "El vaixell petit va sortir del port de matinada.",
        "No sé si la Montserrat vindrà a la festa de dissabte.",
    ),
    "nl": (
        "Goedemorgen, hoe gaat het vandaag met je?",
        "Mijn broer woont in een klein huis bij het bos.",
        "Morgen gaan we met de trein naar oma op het platteland.",
        "Mag ik alsjeblieft nog een kopje koffie met melk?",
        "Het boek ligt op tafel naast de lamp en de bloemen.",
        "Waarom ben je gisteren niet naar het feest gekomen?",
    ),
    "tr": (
        "Günaydın, bugün nasılsın?",
        "Babam bahçede büyük bir masa yapıyor.",
        "Yarın sabah vapurla adaya gideceğiz.",
        "Bana biraz peynir ve ekmek verir misin?",
        "Bu kitabı okudum ama pek beğenmedim.",
        "Annem pazardan elma, muz ve üzüm aldı.",
    ),
    "sv": (
        "God morgon, hur mår du i dag?",
        "Min pappa bygger en båt nere vid bryggan.",
        "I morgon åker vi tåg till mormor på landet.",
        "Kan du ge mig lite mer kaffe och bröd, tack?",
        "Varför kom du inte till festen i går kväll?",
        "Vi fiskade hela sommaren men fick bara små abborrar.",
    ),
    "pt": (
        "Bom dia, como vai você hoje?",
        "Amanhã vamos passear na praia com a família.",
        "Por favor, me passe um pouco mais de café.",
    ),
}
_NAMES = ("Bob", "Mary", "Papa", "Phoebe", "Theo", "Walter", "Joe", "Fiona", "Maya", "Owen")
_THINGS = ("boat", "map", "thin book", "vase", "shoe", "scarf", "bowl of soup", "piano", "mirror")
_FILLERS = ("Um,", "Uh,", "Hmm,", "Well...", "Oh,", "Wow,", "Okay, so,", "You know,", "Mmm.")
_TEMPLATES = (
    "{f} {n} bought a {t}, and then lost it.",
    "{f} did you see the {t}? It was right there.",
    "Hello, {n}! {f} how are you today?",
    "{f} one, two, three, four, five, six, seven, eight, nine, ten.",
    "Stop! {f} give me the {t}, please.",
    "{n}, {n}, come and look at the {t}! {f}",
    "Pa ba ma, fa va, tha, cha, sha, wa, oh, ooh, ee. {f}",
    "{f} maybe {n} may bring back my big {t} by Monday morning.",
    "Please press one, or pound. {f} {n} will be back in a moment.",
)


def save(language: str, folder: Path) -> Path:
    """Writes all sentences of a language, for machines that have none of their sources."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{language}.json.xz"
    text = json.dumps(_pool(language), ensure_ascii=False)
    path.write_bytes(lzma.compress(text.encode()))
    return path


def speakable(text: str) -> bool:
    """Is this a sentence a voice can read aloud without guessing?"""
    if not 12 <= len(text) <= 160 or _BLOCKED.search(text):
        return False
    if re.search(r"https?:|www\.|[<>{}\[\]|\\_=#@*~^/]|\d{3,}|\.\.\.\.", text):
        return False
    plain = sum(c.isalpha() or c in " '" for c in text) / len(text)
    return plain > 0.85 and sum(c.isupper() for c in text) < 0.4 * len(text)


def sentences(language: str, seed: int) -> list[str]:
    """Shuffled sentences of one language, each one once."""
    pool = list(_pool(language))
    if not pool:
        raise LookupError(f"no sentences for the language {language!r}")
    random.Random(seed).shuffle(pool)
    return pool


@cache
def _pool(language: str) -> tuple[str, ...]:
    saved = SAVED / f"{language}.json.xz"
    if saved.exists():
        return tuple(json.loads(lzma.decompress(saved.read_bytes())))
    found = {_tidy(text) for text in _sources(language)}
    return tuple(sorted(text for text in found if speakable(text)))


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("´", "'")).strip(' -"')


def _sources(language: str) -> Iterator[str]:
    yield from _BUILT_IN.get(language, ())
    for pattern in _FORTUNE_FILES.get(language, ()):
        for path in sorted(_FORTUNES.glob(pattern)):
            if path.is_file() and path.suffix not in (".dat", ".u8"):
                yield from _fortunes(path, language)
    if language == "en":
        yield from _small_talk()
        yield from _dictionary_examples()
        yield from _from_templates()


def _fortunes(path: Path, language: str) -> Iterator[str]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        if language not in _LATIN_1:
            return
        text = raw.decode("latin-1")
    for quote in re.split(r"\n%\n?", text):
        body = re.sub(r"\s+", " ", re.split(r"\n\s*(--|—)", quote)[0])
        for sentence in re.split(r"(?<=[.!?])\s+", body):
            if re.search(r'[.!?]["»]?$', sentence):
                yield sentence


def _small_talk() -> Iterator[str]:
    """chitchat-dataset (MIT), turns of typed conversations."""
    spec = importlib.util.find_spec("chitchat_dataset")
    if spec is None or not spec.submodule_search_locations:
        return
    path = Path(spec.submodule_search_locations[0]) / "dataset.json"
    for conversation in json.loads(path.read_text(encoding="utf-8")).values():
        for turn in conversation["messages"]:
            for message in turn:
                text = message["text"].strip()
                if text.isascii():
                    yield text[:1].upper() + text[1:] + ("" if text[-1:] in ".!?" else ".")


def _dictionary_examples() -> Iterator[str]:
    """WordNet 3.0 usage examples."""
    for part in ("noun", "verb", "adj", "adv"):
        path = _WORDNET / f"data.{part}"
        lines = path.read_text(errors="ignore").splitlines() if path.is_file() else []
        for line in lines:
            for quote in re.findall(r'"([^"]{15,120})"', line.split("|")[-1]):
                if quote.count(" ") >= 3:
                    yield quote[0].upper() + quote[1:] + ("" if quote[-1] in ".!?" else ".")


def _from_templates() -> Iterator[str]:
    draw = random.Random(0)
    for _ in range(2500):
        template = draw.choice(_TEMPLATES)
        yield template.format(
            f=draw.choice(_FILLERS), n=draw.choice(_NAMES), t=draw.choice(_THINGS)
        )
