"""Turning an email's name and values into words: subject, text and HTML.

The words stand once, in ``body.txt``; ``body.html`` is the same in HTML's clothes. Which clothes is
decided by the parts they are made of: ``_parts.txt`` and ``_layout.txt``, or those ending in .html.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from matcher.mail.message import Rendered
from matcher.mail.wording import LOCALE, Translate, Wording, line

TranslatePlural = Callable[[str, str, int], str]


class Renderer:
    """Renders emails from the folder of their templates, in one language.

    Templates may import macros from the folder above, which are shared with the pages.
    """

    def __init__(
        self,
        folder: Path,
        gettext: Translate | None = None,
        ngettext: TranslatePlural | None = None,
        locale: str = LOCALE,
    ) -> None:
        self._loader = FileSystemLoader([folder, folder.parent])
        self._gettext = gettext or _as_it_is
        self._ngettext = ngettext or _as_they_are
        self._locale = locale
        self._text = self._environment("txt")
        self._html = self._environment("html")

    def _environment(self, kind: str) -> Environment:
        environment = Environment(
            loader=self._loader,
            autoescape=kind == "html",  # noqa: S701  the other kind is plain text
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        install = environment.install_gettext_callables  # type: ignore[attr-defined]  # by i18n
        install(self._gettext, self._ngettext, newstyle=True)
        environment.filters.update(Wording(self._gettext, self._locale).filters())
        environment.globals.update(
            layout=f"_layout.{kind}",
            parts=f"_parts.{kind}",
            language=self._locale.partition("_")[0],
        )
        return environment

    def render(self, name: str, values: Mapping[str, object]) -> Rendered:
        """Return the email of this name. Raises UndefinedError where a value is missing."""
        subject = self._text.get_template(f"{name}/subject.txt").render(values)
        text = self._text.get_template(f"{name}/body.txt").render(values)
        html = self._html.get_template(f"{name}/body.html").render(values)
        return Rendered(line(subject), _spaced(text), html)

    def render_calendar(self, name: str, values: Mapping[str, object]) -> tuple[str, str]:
        """Return the title and the description of the calendar entry that goes with an email."""
        words = self._text.get_template(f"{name}/calendar.txt").render(values)
        title, _, description = words.strip().partition("\n")
        return line(title), _spaced(description)


def _spaced(text: str) -> str:
    """Return the text with never more than one empty line, and none at its ends."""
    tidied = "\n".join(each.rstrip() for each in text.strip().split("\n"))
    while "\n\n\n" in tidied:
        tidied = tidied.replace("\n\n\n", "\n\n")
    return tidied + "\n"


def _as_it_is(text: str) -> str:
    return text


def _as_they_are(one: str, many: str, count: int) -> str:
    return one if count == 1 else many
