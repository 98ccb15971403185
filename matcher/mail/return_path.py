"""The sender on the envelope names the email, so that any report of it can be matched (VERP).

Reports come back to that address whatever they hold, also without the email's own headers.
"""

import hmac
import re
from collections.abc import Iterable
from hashlib import sha256

from matcher.mail.links import LinkKeys

#: Servers may write the part before the @ in small letters; it may have 64 characters (RFC 5321).
SIGNATURE_DIGITS = 24
NAMED = re.compile(rf"\+([1-9][0-9]{{0,17}})-([0-9a-f]{{{SIGNATURE_DIGITS}}})@", re.IGNORECASE)


def return_path(base: str, keys: LinkKeys, email_id: int) -> str:
    """Return the address to which reports about an email come back, made of ``base``."""
    name, _at, domain = base.rpartition("@")
    signature = _signature(keys.keys[keys.current], email_id)
    return f"{name}+{email_id}-{signature}@{domain}"


def named_email(keys: LinkKeys, addresses: Iterable[str]) -> int | None:
    """Return the id of the email that one of these addresses names, signed by a key of ours."""
    for found in (each for address in addresses for each in NAMED.finditer(address)):
        email_id, given = int(found[1]), found[2].lower()
        signatures = [_signature(key, email_id) for key in keys.keys.values()]
        if any(hmac.compare_digest(each, given) for each in signatures):
            return email_id
    return None


def _signature(key: bytes, email_id: int) -> str:
    signed = hmac.new(key, f"return_path|{email_id}".encode(), sha256)
    return signed.hexdigest()[:SIGNATURE_DIGITS]
