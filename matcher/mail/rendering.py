"""Turning an email's name and values into words: subject, text and HTML from its three files."""

from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from matcher.mail.message import Rendered
from matcher.mail.wording import FILTERS

Translate = Callable[[str], str]
TranslatePlural = Callable[[str, str, int], str]


class Renderer:
    """Renders emails from the folder of their templates, in one language."""

    def __init__(
        self, folder: Path, gettext: Translate | None = None, ngettext: TranslatePlural | None = None
    ) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        install = self._environment.install_gettext_callables  # type: ignore[attr-defined]  # by i18n
        install(gettext or _as_it_is, ngettext or _as_they_are, newstyle=True)
        self._environment.filters.update(FILTERS)

    def render(self, name: str, values: Mapping[str, object]) -> Rendered:
        """Return the email of this name. Raises UndefinedError where a value is missing."""
        subject, text, html = (
            self._environment.get_template(f"{name}/{part}").render(values)
            for part in ("subject.txt", "body.txt", "body.html")
        )
        return Rendered(" ".join(subject.split()), text.strip() + "\n", html)


def _as_it_is(text: str) -> str:
    return text


def _as_they_are(one: str, many: str, count: int) -> str:
    return one if count == 1 else many
