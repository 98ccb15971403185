"""How text becomes words: tokens of two or more characters, their stems, and the function words."""

import gzip
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import Stemmer

# Words of two or more characters; R&D and A&E; initials with stops, as in "D.B.S."; and words with
# hyphens in one piece, which `tokens` takes apart unless they are also written as one word.
_TOKEN = re.compile(r"\w[\w+#]+|\b[A-Za-z]&[A-Za-z]s?\b|(?:\b[A-Z]\.){2,}")
_HYPHENED = re.compile(rf"\w+(?:[-\u2010\u2011]\w+)+|{_TOKEN.pattern}")
_INNER = re.compile("[-.\u2010\u2011]")
_HYPHEN = re.compile("[-\u2010\u2011]")


@dataclass(frozen=True)
class Word:
    """One token: as written, in lower case, its stem, and whether it is a function word."""

    written: str
    lower: str
    stem: str
    stop: bool


@cache
def stop_words() -> frozenset[str]:
    """Return the function words that carry no meaning for a match, in lower case."""
    return _listed("stop_words.txt")


@cache
def everyday_stems() -> frozenset[str]:
    """Return the stems of words that are said of everything, and so say little of a subject."""
    return frozenset(stem(word) for word in _listed("everyday_words.txt"))


def _listed(name: str) -> frozenset[str]:
    lines = _data(name).decode("ascii").splitlines()
    return frozenset(word for line in lines if line[0] != "#" for word in line.split())


def fold(text: str) -> str:
    """Return the text without accents, so that Môn and Mon are one word."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """Return the tokens of a folded text, as written: "on-line" is one, as "online" is."""
    if not _HYPHEN.search(text):
        return _TOKEN.findall(text)
    found: list[str] = []
    for token in _HYPHENED.findall(text):
        whole = not _HYPHEN.search(token) or _plain(token) in english_words()
        found.extend((token,) if whole else _TOKEN.findall(token))
    return found


def stem(lower: str) -> str:
    """Return the Snowball English stem of a word in lower case."""
    # One stemmer must not be shared between threads. Making one costs 0.6 µs, and callers keep
    # what they have stemmed.
    stemmed: str = Stemmer.Stemmer("english", 0).stemWord(lower)
    return stemmed


def word_of(token: str) -> Word:
    """Return the token with its stem."""
    lower = _plain(token)
    return Word(token, lower, stem(lower), lower in stop_words())


def _plain(token: str) -> str:
    # HMOs are of the same word as an HMO, which the stemmer does not know of capitals.
    singular = token[:-1] if token[-1] == "s" and len(token) > 2 and token[:-1].isupper() else token
    return singular.lower() if singular.isalnum() else _INNER.sub("", singular).lower()


def words_of(text: str) -> list[Word]:
    """Return every word of the text in order, function words included."""
    return [word_of(token) for token in tokens(fold(text))]


@cache
def english_words() -> frozenset[str]:
    """Return some seventy thousand words and names of English, British spelling first, lower case.

    SCOWL by Kevin Atkinson, sizes 10 to 50; its licence stands in data/SOURCES.md.
    """
    return frozenset(gzip.decompress(_data("english.txt.gz")).decode("ascii").split())


def _data(name: str) -> bytes:
    return files("matcher.matching").joinpath("data", name).read_bytes()
