"""Addresses of static files that change when the file does, so that browsers may keep them long."""

import hashlib
from functools import cache
from pathlib import Path

from matcher.web.context import settings

FOLDER = Path(__file__).parent / "static"


def static_url(name: str, *, whole: bool = False) -> str:
    """Return the address of a file in static/; a whole one is for readers outside the page.

    Raises FileNotFoundError for a name not there.
    """
    address = f"/static/{name}?v={_digest(name)}"
    return f"{settings().base_url}{address}" if whole else address


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
