"""Addresses of static files that change when the file does, so that browsers may keep them long."""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"


@cache
def static_url(name: str) -> str:
    """Return the address of a file in static/. Raises FileNotFoundError for a name not there."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"
