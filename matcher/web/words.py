"""Translation with types. Modules import ``gettext as _``; module-level words are lazy."""

from typing import cast

import flask_babel
from babel.support import NullTranslations
from flask import Flask, g, has_app_context
from flask_babel.speaklater import LazyString


def _translations() -> NullTranslations:
    """Return the words of the reader's language; looked up once for all of a page's sentences."""
    if not has_app_context():
        return NullTranslations()
    if "translations" not in g:
        g.translations = flask_babel.get_translations()
    return cast(NullTranslations, g.translations)


def gettext(words: str, **values: object) -> str:
    """Return ``words`` in the reader's language, with ``%(name)s`` filled in from ``values``."""
    told: str = _translations().gettext(words)
    return told % values if values else told


def ngettext(one: str, many: str, count: int) -> str:
    """Return the words for a number of things, with ``%(num)s`` filled in."""
    told: str = _translations().ngettext(one, many, count)
    return told % {"num": count}


def lazy_gettext(words: str) -> str:
    """Return words that are translated when they are shown.

    They call themselves safe HTML, so they never carry what a person typed.
    """
    return cast(str, LazyString(gettext, words))


def format_day(day: object) -> str:
    """Return a date as "5 June 2027"."""
    return str(flask_babel.format_date(day, "d MMMM y"))


def translate_templates(app: Flask) -> None:
    """Have templates say their words the same way; Jinja fills in ``%(name)s``."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # by Flask-Babel
        gettext=lambda words: _translations().gettext(words),
        ngettext=lambda one, many, count: _translations().ngettext(one, many, count),
        newstyle=True,
    )
