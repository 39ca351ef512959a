"""Words: stems for search and likeness, initials, slugs, and a look for personal numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_ELEVEN_DIGITS = re.compile(r"(?<!\d)(\d{6})[ .-]?(\d{5})(?!\d)")
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STOP_WORDS = frozenset(
    "og i på for til av med som er det den de en et ei at å om ikke ikkje har kan skal vil må ved fra frå "
    "eller men så vi eg jeg du han hun ho dei dem seg sin si sitt sine vår vårt våre når der her etter "
    "over under ut inn opp ned mot også òg bare berre blir bli ble var være vere mange noe noko alle alt "
    "hver kvar dette denne disse desse".split()
)
_stemmer = snowballstemmer.stemmer("norwegian")


# The same word in nynorsk and in bokmål, where the stemmer cannot know: part of a word → its other form.
_NYNORSK = (
    ("skul", "skol"), ("rekning", "regning"), ("rekneskap", "regnskap"), ("tenest", "tjenest"),
    ("rettlei", "veiled"), ("vegled", "veiled"), ("sjuk", "syk"), ("heim", "hjem"),
    ("opplysing", "opplysning"), ("forsking", "forskning"), ("tilset", "ansett"), ("tilsatt", "ansatt"),
    ("eining", "enhet"), ("lærar", "lærer"), ("brukar", "bruker"), ("eigar", "eier"), ("givar", "giver"),
    ("innbyggjar", "innbygger"), ("handsamar", "behandler"), ("styresmakt", "myndighet"),
    ("verksemd", "virksomhet"), ("naudsynt", "nødvendig"), ("vanskeleg", "vanskelig"),
    ("utdaning", "utdanning"), ("oppgåv", "oppgav"), ("avgjerd", "avgjørels"), ("fleire", "flere"),
    ("gong", "gang"), ("sjølv", "selv"), ("løysing", "løsning"), ("tryggleik", "sikkerhet"),
    ("medverknad", "medvirkning"), ("verknad", "virkning"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    for nynorsk, other in _NYNORSK:
        word = word.replace(nynorsk, other)
    return str(_stemmer.stemWord(word))


def stems(text: str, *, keep_stop_words: bool = False) -> list[str]:
    """Return the Norwegian stems of the words in ``text``, in order, lower case.

    One function feeds every search index and every likeness measure. Accents are kept, so that
    «får» and «far» stay different words. Nynorsk is read as bokmål, so that either finds the other.
    Source of the stemmer: Snowball, Norwegian.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    return [_stem(w) for w in words if keep_stop_words or w not in _STOP_WORDS]


def initials(name: str) -> str:
    """Return up to two letters for a face: «Håkon Åsheim» → «HÅ»."""
    parts = [part for part in re.split(r"\s+", name.strip()) if part]
    if not parts:
        return "?"
    picked = [parts[0], parts[-1]] if len(parts) > 1 else parts
    return "".join(part[0] for part in picked).upper()


def first_name(name: str) -> str:
    """Return what one calls a person: «Ann-Kristin Bye-Hansen» → «Ann-Kristin»."""
    return name.split(maxsplit=1)[0] if name.strip() else name


def shorten(text: str, length: int) -> str:
    """Return ``text`` on one line, cut at a word before ``length`` characters, with «…» when cut."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(",.;:–-") + " …"


def printable(text: str) -> str:
    """Return ``text`` without the control characters that XML and calendars cannot hold at all."""
    return _UNPRINTABLE.sub("", text)


def has_national_id(text: str) -> bool:
    """Tell whether ``text`` holds what looks like a Norwegian national identity number.

    Eleven digits whose two check digits fit (fødselsnummer and D-number: modulus 11, weights from
    Skatteetaten's public description). Order and case numbers of eleven digits pass unflagged.
    """
    return any(_checks_out(first + last) for first, last in _ELEVEN_DIGITS.findall(text))


def _checks_out(digits: str) -> bool:
    d = [int(c) for c in digits]
    one = 11 - sum(w * x for w, x in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), d, strict=False)) % 11
    two = 11 - sum(w * x for w, x in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), d, strict=False)) % 11
    day = d[0] * 10 + d[1]
    month = d[2] * 10 + d[3]
    plausible = 1 <= day % 40 <= 31 and 1 <= month % 40 <= 12
    return plausible and d[9] == one % 11 and d[10] == two % 11
