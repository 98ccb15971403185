"""What was asked for in vain: a list for finding new volunteers, by words and by where."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from matcher.lifecycle import help_request
from matcher.lifecycle.choices import CloseReason
from matcher.matching.words import everyday_stems, fold, tokens, word_of
from matcher.places.councils import read_councils
from matcher.records.help_requests import HelpRequest
from matcher.records.pages.statistics import MOST_ROWS, Period, requests_of
from matcher.records.pairings import Pairing

#: Words are counted in so many needs of each kind, the latest ones.
MOST_NEEDS = 400
R = help_request.State


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """One request for which nobody was found, and how many were asked."""

    request_id: int
    reference: str
    heading: str
    place: str
    asked: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """What is lacking: the requests (the latest), and how many there are by word and by region."""

    count: int
    needs: tuple[UnmetNeed, ...]
    words: tuple[tuple[str, int], ...]
    regions: tuple[tuple[str, int], ...]


def read_unmet(session: Session, period: Period) -> Unmet:
    """Return what was asked for in vain in a period."""
    wanted = HelpRequest.id.in_(requests_of(period))
    in_vain = and_(wanted, _in_vain())
    by_council = session.execute(
        select(HelpRequest.council_gss, HelpRequest.nation, func.count())
        .where(in_vain)
        .group_by(HelpRequest.council_gss, HelpRequest.nation)
    )
    regions: Counter[str] = Counter()
    known = _regions()
    for gss, nation, many in by_council:
        regions[known.get(gss) or nation] += many
    unmet = _texts(session, in_vain)
    others = _texts(session, and_(wanted, ~_in_vain()))
    return Unmet(
        count=sum(regions.values()),
        needs=_needs(session, in_vain),
        words=telling_words(unmet, others),
        regions=tuple(regions.most_common()),
    )


def telling_words(unmet: Sequence[str], others: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return words of unmet needs, the most telling first, with how many of them hold each.

    Telling is what many of them say and few of the others do: the number of needs, times the log
    of how rare it is in all (inverse document frequency). Words of a phrase are not named again.
    """
    analyzer = partial(_subject_words, cache(_subject))  # most words come more than once
    if not any(map(analyzer, unmet)):
        return ()
    counter = CountVectorizer(analyzer=analyzer, binary=True)
    held = counter.fit_transform([*unmet, *others])
    here = np.asarray(held[: len(unmet)].sum(axis=0)).ravel()
    everywhere = np.asarray(held.sum(axis=0)).ravel()
    telling = here * np.log((1 + held.shape[0]) / everywhere)
    words = counter.get_feature_names_out()
    order = sorted(range(len(words)), key=lambda each: (-telling[each], words[each]))
    chosen: list[tuple[str, int]] = []
    for each in order:
        word = str(words[each])
        if not any(set(word.split()) & set(other.split()) for other, _many in chosen):
            chosen.append((word, int(here[each])))
        if len(chosen) == MOST_ROWS:
            break
    return tuple(chosen)


def _subject(token: str) -> str:
    """Return the word where it may say what a need is about, else nothing."""
    word = word_of(token)
    return "" if word.stop or word.stem in everyday_stems() else word.lower


def _subject_words(subject: Callable[[str], str], text: str) -> list[str]:
    """Return the words that say what a need is about, and pairs of them side by side."""
    about = [subject(token) for token in tokens(fold(text))]
    pairs = [f"{one} {other}" for one, other in pairwise(about) if one and other]
    return [*filter(None, about), *pairs]


def _in_vain() -> ColumnElement[bool]:
    return or_(
        HelpRequest.state.in_((R.NOBODY, R.EXPIRED)),
        and_(HelpRequest.state == R.CLOSED, HelpRequest.end_reason == CloseReason.UNMET),
    )


def _texts(session: Session, which: ColumnElement[bool]) -> list[str]:
    latest = select(HelpRequest.title, HelpRequest.need).where(which)
    rows = session.execute(latest.order_by(HelpRequest.id.desc()).limit(MOST_NEEDS))
    return [f"{title} {need}" for title, need in rows]


def _needs(session: Session, in_vain: ColumnElement[bool]) -> tuple[UnmetNeed, ...]:
    asked = (
        select(func.count())
        .where(Pairing.help_request_id == HelpRequest.id, Pairing.invited_at.is_not(None))
        .scalar_subquery()
    )
    rows = session.execute(
        select(HelpRequest, asked).where(in_vain).order_by(HelpRequest.id.desc()).limit(MOST_ROWS)
    )
    return tuple(
        UnmetNeed(each.id, each.reference, each.heading, each.place_label, many)
        for each, many in rows
    )


def _regions() -> Mapping[str, str]:
    return {council.gss: council.region for council in read_councils() if council.region}
