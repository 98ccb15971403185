"""The emails that pass words on between two volunteers, without an address of either."""

from matcher.mail.emails import Email, compose
from matcher.mail.facts import Peer


def hello(peer: Peer, words: str, *, hello: str, unsubscribe: str) -> Email:
    """Somebody who does the same work says hello, to who agreed to be found."""
    links = {"hello": hello, "unsubscribe": unsubscribe}
    return compose("hello", links, peer=peer, words=words)


def hello_answer(peer: Peer, words: str, *, hello: str, unsubscribe: str) -> Email:
    """The other wrote back."""
    links = {"hello": hello, "unsubscribe": unsubscribe}
    return compose("hello_answer", links, peer=peer, words=words)


def hello_unpassed(peer: Peer, words: str, *, hello: str) -> Email:
    """What somebody wrote could not be passed on: to who wrote it."""
    return compose("hello_unpassed", {"hello": hello}, peer=peer, words=words)
