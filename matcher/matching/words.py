"""How text becomes words: tokens of two or more characters, their stems, and the function words."""

import gzip
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import Stemmer

_TOKEN = re.compile(r"\w[\w+#]+")


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
    lines = _data("stop_words.txt").decode("ascii").splitlines()
    return frozenset(word for line in lines if line[0] != "#" for word in line.split())


def fold(text: str) -> str:
    """Return the text without accents, so that Môn and Mon are one word."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """Return the tokens of a folded text, as written."""
    return _TOKEN.findall(text)


def stem(lower: str) -> str:
    """Return the Snowball English stem of a word in lower case."""
    # One stemmer must not be shared between threads. Making one costs 0.6 µs, and callers keep
    # what they have stemmed.
    stemmed: str = Stemmer.Stemmer("english", 0).stemWord(lower)
    return stemmed


def word_of(token: str) -> Word:
    """Return the token with its stem."""
    lower = token.lower()
    return Word(token, lower, stem(lower), lower in stop_words())


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
