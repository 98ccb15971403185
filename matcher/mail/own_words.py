"""A programme's own words for a sentence of an email, with the same values in it.

Every fixed sentence of a template goes through gettext; a programme may say it otherwise. Values
stand in braces, as in "{organisation} is looking for somebody", and none may be lost. What all
emails share, such as who is behind them, stands in other templates and is not to be changed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2s

KEY_BYTES = 6
MOST_CHARACTERS = 600
_VALUE = re.compile(r"%\((\w+)\)s")
_BRACED = re.compile(r"\{([^{}]*)\}")

#: Own words by the key of the sentence in whose place they stand.
Kept = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an email as the service says it; ``words`` has its values in braces."""

    key: str
    words: str
    of_subject: bool

    @property
    def values(self) -> tuple[str, ...]:
        """The values that must stand in it, each once."""
        return _values_of(self.words)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a programme says otherwise in one email."""

    email: str
    kept: Kept = field(default_factory=dict)

    def of(self, message: str) -> str | None:
        """Return the own words for a gettext message, as such a message; None where none are."""
        own = self.kept.get(key_of(self.email, message))
        return None if own is None else _as_message(own)


def key_of(email: str, message: str) -> str:
    """Return the key of a sentence: its email, and a digest that changes when its words do."""
    digest = blake2s(message.encode(), digest_size=KEY_BYTES).hexdigest()
    return f"{email}/{digest}"


def make_sentence(email: str, message: str, *, of_subject: bool) -> Sentence:
    """Return the sentence of a gettext message."""
    words = _VALUE.sub(r"{\1}", message).replace("%%", "%")
    return Sentence(key_of(email, message), words, of_subject)


def lost_values(sentence: Sentence, own: str) -> tuple[str, ...]:
    """Return the values that the own words lack."""
    return tuple(each for each in sentence.values if each not in _values_of(own))


def unknown_values(sentence: Sentence, own: str) -> tuple[str, ...]:
    """Return what stands in braces in the own words and is no value of the sentence."""
    return tuple(each for each in _values_of(own) if each not in sentence.values)


def changed_words(sentences: Iterable[Sentence], typed: Mapping[str, str], kept: Kept) -> Kept:
    """Return what is kept once these were typed: a sentence as it was, or empty, is not kept."""
    merged = dict(kept)
    for sentence in sentences:
        own = typed[sentence.key]
        merged.pop(sentence.key, None)
        if own and own != sentence.words:
            merged[sentence.key] = own
    return merged


def _values_of(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_BRACED.findall(words)))


def _as_message(own: str) -> str:
    return _BRACED.sub(r"%(\1)s", own.replace("%", "%%"))
