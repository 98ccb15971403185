"""Finding published advice by words, with the same matcher that finds volunteers."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from sqlalchemy.orm import Session

from matcher.matching.index import OfferIndex
from matcher.matching.offers import Candidate, Need, Offer, WhyThin
from matcher.records.pages.advice import published_version, published_words

#: A note is offered as an answer from this score on; below it only a search shows it.
ANSWERS_FROM = 0.12
#: Too little to go by. (Among a few notes every word is common, so that says nothing here.)
THIN = frozenset({WhyThin.ONE_WORD, WhyThin.ONLY_SIMILAR_WORDS})


@dataclass(slots=True)
class LiveAdvice:
    """The index of published notes in one process; made anew when any of them has changed."""

    version: tuple[int, datetime | None] | None = None
    _index: OfferIndex = field(default_factory=lambda: OfferIndex(()))
    _lock: Lock = field(default_factory=Lock)

    def follow(self, session: Session) -> OfferIndex:
        """Return the index of the notes as they are published now."""
        with self._lock:
            version = published_version(session)
            if version != self.version:
                notes = published_words(session)
                session.rollback()  # no transaction stays open while the matcher works
                self._index = OfferIndex(
                    Offer(id=str(note_id), title=title, skills=topics, experience=paragraphs)
                    for note_id, title, topics, paragraphs in notes
                )
                self.version = version
            return self._index


def search_advice(live: LiveAdvice, session: Session, words: str, limit: int) -> list[int]:
    """Return the ids of the notes that fit the words, best first."""
    return [int(each.offer_id) for each in _ranked(live, session, words, limit)]


def advice_that_answers(live: LiveAdvice, session: Session, need: str, limit: int) -> list[int]:
    """Return the ids of notes that may answer a need, best first; none that fits only a little."""
    ranked = _ranked(live, session, need, limit)
    good = (each for each in ranked if each.score >= ANSWERS_FROM and each.why_thin not in THIN)
    return [int(each.offer_id) for each in good]


def _ranked(live: LiveAdvice, session: Session, words: str, limit: int) -> list[Candidate]:
    return live.follow(session).rank(Need(id="advice", text=words), limit=limit)
