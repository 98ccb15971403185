"""What somebody replied by email to a question, ready for a coordinator to take as the answer."""

from matcher.mail.own_part import own_part
from matcher.mail.received import ReceivedKind
from matcher.records.outbox import OutgoingEmail
from matcher.records.pages.hiding import without_contacts
from matcher.records.received import ReceivedEmail
from matcher.records.volunteers import Volunteer

TO_REQUESTER = frozenset({"question", "question_reminder"})
TO_VOLUNTEER = "peer_question"
LONGEST = 2000


def ready_answer(
    came: ReceivedEmail | None, answered: OutgoingEmail | None, volunteer: Volunteer | None
) -> str:
    """Return the words, or nothing where this is no answer of whoever was asked.

    It is theirs where it names the Message-ID that nobody else was sent, and comes from where that
    went. A volunteer's words go to somebody who does not know them: no name, no way to reach them.
    """
    if came is None or answered is None or came.kind != ReceivedKind.REPLY:
        return ""
    if came.from_address != answered.to_address.lower():
        return ""
    words = own_part(came.text)[:LONGEST]
    if answered.name == TO_VOLUNTEER and volunteer is not None:
        return without_contacts(volunteer, words)
    return words if answered.name in TO_REQUESTER else ""
