"""Translation with types. Modules import ``gettext as _``; module-level words are lazy."""

from typing import cast

import flask_babel


def gettext(words: str, **values: object) -> str:
    """Return ``words`` in the reader's language, with ``%(name)s`` filled in from ``values``."""
    return str(flask_babel.gettext(words, **values))


def ngettext(one: str, many: str, count: int) -> str:
    """Return the words for a number of things, with ``%(num)s`` filled in."""
    return str(flask_babel.ngettext(one, many, count))


def lazy_gettext(words: str) -> str:
    """Return words that are translated when they are shown.

    They call themselves safe HTML, so they never carry what a person typed.
    """
    return cast(str, flask_babel.lazy_gettext(words))


def format_day(day: object) -> str:
    """Return a date as "5 June 2027"."""
    return str(flask_babel.format_date(day, "d MMMM y"))
