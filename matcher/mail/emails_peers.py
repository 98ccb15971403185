"""The emails about a question that is asked before a visit."""

from datetime import datetime

from matcher.mail.emails import Email, compose
from matcher.mail.facts import About, Peer


def peer_question(
    about: About, words: str, *, answer_by: datetime, question: str, unsubscribe: str
) -> Email:
    """A short question, to a volunteer who may know the answer."""
    links = {"question": question, "unsubscribe": unsubscribe}
    return compose("peer_question", links, about=about, words=words, answer_by=answer_by)


def peer_answer(about: About, peer: Peer, words: str, *, status: str) -> Email:
    """Somebody answered: to whoever asked."""
    return compose("peer_answer", {"status": status}, about=about, peer=peer, words=words)


def peer_unanswered(about: About, *, status: str) -> Email:
    """Nobody answered in time: what whoever asked can do now."""
    return compose("peer_unanswered", {"status": status}, about=about)


def peer_unreached(about: About, *, awaited: int, answer_by: datetime | None, status: str) -> Email:
    """Somebody could not be asked: how many others have the question now, and until when."""
    links = {"status": status}
    return compose("peer_unreached", links, about=about, awaited=awaited, answer_by=answer_by)
