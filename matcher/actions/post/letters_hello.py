"""What a hello's emails tell, and whom: the words go on, the addresses do not."""

from collections.abc import Callable, Iterator, Mapping

from matcher.actions.post import telling
from matcher.actions.post.enclosed import Desk
from matcher.actions.post.letters import Letter
from matcher.mail import emails_hello
from matcher.mail.emails import Email
from matcher.mail.facts import Peer
from matcher.records.hellos import Hello, latest_words
from matcher.records.pages.hiding import before_introduction
from matcher.records.volunteers import Volunteer


def _relay(compose: Callable[..., Email]) -> Callable[[Desk, Hello], Iterator[Letter]]:
    """Return what passes the latest words on to the other of the two."""

    def write(desk: Desk, hello: Hello) -> Iterator[Letter]:
        latest = latest_words(desk.session, hello.id)
        author = desk.session.get_one(Volunteer, latest.volunteer_id)
        reader = desk.session.get_one(Volunteer, hello.other_than(author.id))
        links = {"hello": desk.hellos(reader), "unsubscribe": desk.stop_hellos(reader)}
        yield compose(_peer(author), latest.words, **links), telling.to_volunteer(reader)

    return write


def _unpassed(desk: Desk, hello: Hello) -> Iterator[Letter]:
    """Give the words back to their author; not why they were not passed on."""
    latest = latest_words(desk.session, hello.id)
    author = desk.session.get_one(Volunteer, latest.volunteer_id)
    reader = desk.session.get_one(Volunteer, hello.other_than(author.id))
    email = emails_hello.hello_unpassed(_peer(reader), latest.words, hello=desk.hellos(author))
    yield email, telling.to_volunteer(author)


def _peer(volunteer: Volunteer) -> Peer:
    shown = before_introduction(volunteer)
    return Peer(volunteer.shown_as, shown.organisation, shown.job_title)


ABOUT_HELLOS: Mapping[str, Callable[[Desk, Hello], Iterator[Letter]]] = {
    "hello": _relay(emails_hello.hello),
    "hello_answer": _relay(emails_hello.hello_answer),
    "hello_unpassed": _unpassed,
}
