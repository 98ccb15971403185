"""What is wrong with a group before it joins the thesaurus, and what to look at twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.matching.statistics import Statistics
from matcher.matching.thesaurus import Group
from matcher.matching.words import words_of

MOST_TERMS = 40
LONGEST_TERM = 60
#: A word that stands in more than this share of all texts says little by itself.
COMMON = 0.1
LEAST_DOCUMENTS = 20


class Fault(StrEnum):
    """Why terms do not make a group."""

    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    SAYS_NOTHING = "says_nothing"
    TWICE = "twice"
    SAME_GROUP = "same_group"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, with the term it is about and, where there is one, the other term or group."""

    fault: Fault
    term: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """A term that stands in another group too, so that the two groups run into each other."""

    term: str
    group: Group


@dataclass(frozen=True, slots=True)
class CommonTerm:
    """A term of which every word stands in many texts: in ``documents`` of ``of``."""

    term: str
    documents: int
    of: int


def find_faults(terms: Sequence[str], others: Iterable[Group]) -> list[Finding]:
    """Return what is wrong with the terms of a group; nothing where they make one."""
    if len(terms) > MOST_TERMS:
        return [Finding(Fault.TOO_MANY)]
    found = [Finding(fault, term) for term in terms for fault in _faults(term)]
    found.extend(_repeated(terms))
    if not found and len(terms) < 2:
        found.append(Finding(Fault.TOO_FEW))
    stems = {_stems(term) for term in terms}
    same = (group for group in others if {_stems(term) for term in group.terms} == stems)
    found.extend(Finding(Fault.SAME_GROUP, other=group.id) for group in same)
    return found


def _faults(term: str) -> Iterator[Fault]:
    words = words_of(term)
    if not words:
        yield Fault.TOO_SHORT
    elif len(term) > LONGEST_TERM:
        yield Fault.TOO_LONG
    elif all(word.stop for word in words) and not term.isupper():
        yield Fault.SAYS_NOTHING


def _repeated(terms: Sequence[str]) -> Iterator[Finding]:
    first: dict[tuple[str, ...], str] = {}
    for term in terms:
        stems = _stems(term)
        if stems and stems in first:
            yield Finding(Fault.TWICE, term, first[stems])
        first.setdefault(stems, term)


def false_friends(group: Group, others: Iterable[Group]) -> list[FalseFriend]:
    """Return the terms of a group that stand in another one too, in the order of the terms."""
    where: dict[tuple[str, ...], list[Group]] = {}
    for other in others:
        for stems in {_stems(term) for term in other.terms}:
            where.setdefault(stems, []).append(other)
    return [
        FalseFriend(term, other)
        for term in group.terms
        for other in where.get(_stems(term), ())
        if other.id != group.id
    ]


def common_terms(group: Group, statistics: Statistics) -> list[CommonTerm]:
    """Return the terms that so many texts have that they would match nearly everybody."""
    if statistics.documents < LEAST_DOCUMENTS:
        return []
    counted = ((term, _documents(term, statistics.counts)) for term in group.terms)
    return [
        CommonTerm(term, documents, statistics.documents)
        for term, documents in counted
        if documents > COMMON * statistics.documents
    ]


def _documents(term: str, counts: Mapping[str, int]) -> int:
    return min((counts.get(word.stem, 0) for word in words_of(term) if not word.stop), default=0)


def _stems(term: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words_of(term))
