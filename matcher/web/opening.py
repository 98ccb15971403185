"""Opening the links that emails carry, and making an address of one for its owner."""

from matcher.actions.linking import get_link
from matcher.lifecycle.tables import Actor
from matcher.mail.links import Purpose, address, make_token
from matcher.records.database import db
from matcher.records.links import Link
from matcher.web.context import link_keys, occasion


def open_link(purpose: Purpose, token: str) -> Link:
    """Return the row behind an address. Raises the LinkRefused family, which become pages."""
    return get_link(db.session(), link_keys(), purpose, token, occasion(Actor.VOLUNTEER).now)


def address_of_link(link: Link) -> str:
    """Return the path that opens a link's page; empty where its key is no longer kept."""
    token = token_of(link.id, link.key_id, Purpose(link.purpose))
    return address("", Purpose(link.purpose), token) if token else ""


def token_of(link_id: str, key_id: str, purpose: Purpose) -> str:
    """Return what stands in the address of a link; empty where its key is no longer kept."""
    keys = link_keys()
    return make_token(keys, key_id, purpose, link_id) if key_id in keys.keys else ""
