"""What may not be done, as a tree of named refusals; the web layer alone turns them into pages."""


class Refused(Exception):  # noqa: N818  the field's word: a refusal is an answer, not a fault
    """Something that may not be done now, by this person, or at all. Nothing was changed."""


class IllegalMove(Refused):
    """The state table has no such step, or not for this actor."""


class MovedOn(Refused):
    """The row changed meanwhile: somebody else was first."""


class NotFound(Refused):
    """No such thing, or not theirs: the two cannot be told apart."""


class NotAllowed(Refused):
    """A rule of the programme forbids it; the message says which, for the person who reads it."""


class TooMany(NotAllowed):
    """As often as is allowed already; another day it may be."""


class LinkRefused(Refused):
    """A link from an email that does not work."""


class LinkUnknown(LinkRefused):
    """Altered, mistyped or never made."""


class LinkExpired(LinkRefused):
    """Once good; its time is over."""


class LinkUsed(LinkRefused):
    """Good for one press, and that press was made."""


class LinkRevoked(LinkRefused):
    """Replaced by a newer one, or its person's details were erased."""
