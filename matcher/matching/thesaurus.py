"""The thesaurus of local government: groups of terms that mean nearly the same, and acronyms.

A thesaurus is frozen and versioned. The shipped one is read from data/; groups from elsewhere are
added, and any group is switched off, by making another thesaurus of it.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from matcher.matching.words import english_words, stem, words_of

# A term of the same group counts for most of the term itself, never for all of it.
GROUP_WEIGHT = 0.5
ACRONYM_WEIGHT = 0.9
_WEIGHT = re.compile(r"\{([\d.]+)\}\s*$")


class ThesaurusError(ValueError):
    """A line of a thesaurus file that cannot be read; the message names the line."""


@dataclass(frozen=True)
class Group:
    """Terms that mean nearly the same. `weight`, over 0 and up to 1, says how nearly."""

    id: str
    terms: tuple[str, ...]
    weight: float = GROUP_WEIGHT
    section: str = ""
    acronym: bool = False


@dataclass(frozen=True)
class Phrase:
    """One term of a group as stems. `capitals` asks for capital letters: SEND is not "send"."""

    group: Group
    term: str
    stems: tuple[str, ...]
    capitals: bool


@dataclass(frozen=True)
class Thesaurus:
    """Groups by id, in order. Two with the same groups are equal and have the same version."""

    groups: tuple[Group, ...] = ()

    @cached_property
    def version(self) -> str:
        """A short name of the content: the same groups always have the same."""
        lines = (f"{g.id}|{g.weight:g}|{g.acronym:d}|{'|'.join(g.terms)}" for g in self.groups)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]

    @cached_property
    def starts(self) -> Mapping[str, tuple[Phrase, ...]]:
        """The phrases by their first stem, longest first."""
        found: dict[str, list[Phrase]] = {}
        for group in self.groups:
            for phrase in _phrases(group):
                found.setdefault(phrase.stems[0], []).append(phrase)
        return {first: tuple(sorted(of, key=_longest_first)) for first, of in found.items()}

    @cached_property
    def by_id(self) -> Mapping[str, Group]:
        """The groups by their id."""
        return {group.id: group for group in self.groups}

    def with_groups(self, groups: Iterable[Group]) -> "Thesaurus":
        """Return a thesaurus with these groups too; one with a known id takes its place."""
        return Thesaurus(tuple({**self.by_id, **{group.id: group for group in groups}}.values()))

    def without(self, group_ids: Iterable[str]) -> "Thesaurus":
        """Return a thesaurus without the groups of these ids."""
        gone = frozenset(group_ids)
        return Thesaurus(tuple(group for group in self.groups if group.id not in gone))


@cache
def shipped_thesaurus() -> Thesaurus:
    """Return the thesaurus that comes with the package."""
    groups = read_groups(_lines("thesaurus.txt"))
    return Thesaurus().with_groups(groups).with_groups(read_acronyms(_lines("acronyms.csv")))


def _lines(name: str) -> list[str]:
    file = files("matcher.matching").joinpath("data", name)
    return file.read_text("utf-8").splitlines() if file.is_file() else []


def read_groups(lines: Iterable[str]) -> Iterator[Group]:
    """Yield the groups of a thesaurus file: an id and a colon, terms parted by |, a {weight}.

    The id and the weight may be left out. Raises ThesaurusError for a group of fewer than two
    terms or a weight not in (0, 1].
    """
    section = ""
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        if text.startswith("["):
            section = text.strip("[] ")
        elif text:
            yield _group(text, section=section, number=number)


def read_acronyms(lines: Iterable[str]) -> Iterator[Group]:
    """Yield one group for each row of a CSV file with the columns acronym and expansion.

    An acronym with two meanings is two groups: the meanings have nothing to do with each other.
    """
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        acronym, meaning = row["acronym"].strip(), row["expansion"].strip()
        group_id = f"acronym-{slug(acronym)}-{slug(meaning)}"
        yield Group(group_id, (acronym, meaning), ACRONYM_WEIGHT, "", True)


def make_group(
    terms: Iterable[str], *, weight: float = GROUP_WEIGHT, section: str = "", group_id: str = ""
) -> Group:
    """Return a group of these terms. Raises ThesaurusError where they do not make one."""
    kept = tuple(dict.fromkeys(term.strip() for term in terms if words_of(term)))
    if len(kept) < 2:
        raise ThesaurusError("a group needs two terms or more")
    if not 0 < weight <= 1:
        raise ThesaurusError(f"the weight must be over 0 and up to 1, not {weight:g}")
    return Group(group_id or slug(kept[0]), kept, weight, section)


def _group(text: str, *, section: str, number: int) -> Group:
    weight = _WEIGHT.search(text)
    named, colon, listed = _WEIGHT.sub("", text).partition(": ")
    terms = (listed if colon else named).split("|")
    group_id = named.strip() if colon else slug(f"{section} {terms[0]}")
    try:
        stated = float(weight[1]) if weight else GROUP_WEIGHT
        return make_group(terms, weight=stated, section=section, group_id=group_id)
    except ValueError as error:
        raise ThesaurusError(f"line {number}: {error}") from None


def slug(text: str) -> str:
    """Return the words of a text in small letters, joined by hyphens, as ids are made."""
    return "-".join(re.findall(r"[\w+#]+", text.lower()))


def _phrases(group: Group) -> Iterator[Phrase]:
    for term in group.terms:
        # "Anti-social" is read as one word, and some write two.
        for written in dict.fromkeys((term, term.replace("-", " "))):
            stems = tuple(word.stem for word in words_of(written))
            if stems:
                yield Phrase(group, term, stems, _needs_capitals(term))


def _needs_capitals(term: str) -> bool:
    # IT, SEND, PAN: an English word in small letters, and so told apart by its capitals.
    lower = term.lower()
    return term.isupper() and (lower in english_words() or stem(lower) in english_words())


def _longest_first(phrase: Phrase) -> tuple[int, str, str]:
    return (-len(phrase.stems), phrase.group.id, phrase.term)
