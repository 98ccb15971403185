"""The addresses in emails: made from a row's id and a key, so that no dump holds one that works."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

HEX_DIGITS = 32
SHAPE = re.compile(rf"\A([0-9a-f]{{{HEX_DIGITS}}})\.([0-9a-f]{{{HEX_DIGITS}}})\Z")
BARE = re.compile(rf"[0-9a-f]{{{HEX_DIGITS}}}\.[0-9a-f]{{{HEX_DIGITS}}}", re.IGNORECASE)
IN_TEXT = re.compile(r"(/t/[a-z_]+/)[^/\s?#\"'<>]+", re.IGNORECASE)


class Purpose(StrEnum):
    """What one link is good for."""

    CONFIRM_REQUEST = "confirm_request"
    STATUS = "status"
    CONFIRM_PERSON = "confirm_person"
    CONFIRM_OFFER = "confirm_offer"
    SIGN_IN_VOLUNTEER = "sign_in_volunteer"
    SIGN_IN_COORDINATOR = "sign_in_coordinator"
    COORDINATOR_INVITED = "coordinator_invited"
    ANSWER = "answer"
    UNSUBSCRIBE = "unsubscribe"
    COLLEAGUE_PROOF = "colleague_proof"
    VISIT = "visit"
    CALENDAR = "calendar"
    DESK_CALENDAR = "desk_calendar"
    YOUR_DATA = "your_data"
    NEW_ADDRESS = "new_address"
    ADVICE = "advice"
    BACK = "back"
    PEER_QUESTION = "peer_question"
    HELLO = "hello"
    STOP_HELLOS = "stop_hellos"


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a link lives, None where its row says, and whether one press uses it up."""

    lifetime: timedelta | None
    single_use: bool = False


LIFETIMES: Mapping[Purpose, Lifetime] = {
    Purpose.CONFIRM_REQUEST: Lifetime(timedelta(days=7)),
    Purpose.STATUS: Lifetime(None),
    Purpose.CONFIRM_PERSON: Lifetime(None),
    Purpose.CONFIRM_OFFER: Lifetime(timedelta(days=7)),
    Purpose.SIGN_IN_VOLUNTEER: Lifetime(timedelta(minutes=30), single_use=True),
    Purpose.SIGN_IN_COORDINATOR: Lifetime(timedelta(minutes=30), single_use=True),
    Purpose.COORDINATOR_INVITED: Lifetime(timedelta(days=7), single_use=True),
    Purpose.ANSWER: Lifetime(None),
    Purpose.UNSUBSCRIBE: Lifetime(timedelta(days=365)),
    Purpose.COLLEAGUE_PROOF: Lifetime(timedelta(days=7)),
    Purpose.VISIT: Lifetime(None),
    Purpose.CALENDAR: Lifetime(None),
    Purpose.DESK_CALENDAR: Lifetime(None),
    Purpose.YOUR_DATA: Lifetime(timedelta(hours=24)),
    Purpose.NEW_ADDRESS: Lifetime(timedelta(hours=24), single_use=True),
    Purpose.ADVICE: Lifetime(None),
    Purpose.BACK: Lifetime(timedelta(days=365)),
    Purpose.PEER_QUESTION: Lifetime(None),
    Purpose.HELLO: Lifetime(None),
    Purpose.STOP_HELLOS: Lifetime(timedelta(days=365)),
}


def days_of(lifetime: Lifetime) -> int:
    """Return the whole days of a lifetime that is fixed; 0 where its row says."""
    return lifetime.lifetime.days if lifetime.lifetime else 0


def minutes_of(lifetime: Lifetime) -> int:
    """Return the whole minutes of a lifetime that is fixed; 0 where its row says."""
    return int(lifetime.lifetime.total_seconds() // 60) if lifetime.lifetime else 0


@dataclass(frozen=True)
class LinkKeys:
    """Secrets by name; the first signs new links, the others still open old ones."""

    keys: Mapping[str, bytes]

    @property
    def current(self) -> str:
        """The name of the key that signs new links."""
        return next(iter(self.keys))


def make_token(keys: LinkKeys, key_id: str, purpose: Purpose, link_id: str) -> str:
    """Return what stands in an address: the id and its signature. Raises KeyError."""
    return f"{link_id}.{_signature(keys.keys[key_id], purpose, link_id)}"


def _signature(key: bytes, purpose: Purpose, link_id: str) -> str:
    signed = hmac.new(key, f"{purpose}|{link_id}".encode(), sha256)
    return signed.hexdigest()[:HEX_DIGITS]


def read_token(token: str) -> tuple[str, str] | None:
    """Return the id and the signature, or None where the shape is wrong."""
    parts = SHAPE.match(token)
    return (parts[1], parts[2]) if parts else None


def check(keys: LinkKeys, key_id: str, purpose: Purpose, link_id: str, signature: str) -> bool:
    """Return whether the signature is that of this key, purpose and id; in constant time."""
    key = keys.keys.get(key_id, b"")
    return hmac.compare_digest(_signature(key, purpose, link_id), signature) and bool(key)


def address(base_url: str, purpose: Purpose, token: str) -> str:
    """Return the whole address for an email."""
    return f"{base_url}/t/{purpose}/{token}"


def mask(text: str) -> str:
    """Return the text with every link's token taken out, for logs."""
    return BARE.sub("[link]", IN_TEXT.sub(r"\1[link]", text))
