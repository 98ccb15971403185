"""Turning an email's name and values into words: subject, text and HTML.

The words stand once, in ``body.txt``; ``body.html`` is the same in HTML's clothes. Which clothes is
decided by the parts they are made of: ``_parts.txt`` and ``_layout.txt``, or those ending in .html.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import escape

from matcher.mail.message import Rendered
from matcher.mail.own_words import Kept, OwnWords, Sentence, make_sentence
from matcher.mail.wording import LOCALE, Translate, Wording, line

TranslatePlural = Callable[[str, str, int], str]
#: Under this name the templates' gettext finds the programme's own words.
OWN_WORDS = "own_words"


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
        install(_own_or(self._gettext), _own_or_plural(self._ngettext), newstyle=True)
        environment.filters.update(Wording(self._gettext, self._locale).filters())
        environment.globals.update(
            layout=f"_layout.{kind}",
            parts=f"_parts.{kind}",
            language=self._locale.partition("_")[0],
        )
        return environment

    def render(self, name: str, values: Mapping[str, object], own: Kept | None = None) -> Rendered:
        """Return the email of this name, with the programme's own words where it has any.

        Raises UndefinedError where a value is missing.
        """
        given = {**values, OWN_WORDS: OwnWords(name, own or {})}
        subject = self._text.get_template(f"{name}/subject.txt").render(given)
        text = self._text.get_template(f"{name}/body.txt").render(given)
        html = self._html.get_template(f"{name}/body.html").render(given)
        return Rendered(line(subject), _spaced(text), html)

    def list_sentences(self, name: str) -> tuple[Sentence, ...]:
        """Return the sentences of an email that a programme may say otherwise, in order."""
        found: dict[str, Sentence] = {}
        for file in ("subject.txt", "body.txt"):
            source = self._loader.get_source(self._text, f"{name}/{file}")[0]
            for message in self._messages(source):
                sentence = make_sentence(name, message, of_subject=file == "subject.txt")
                found.setdefault(sentence.key, sentence)
        return tuple(found.values())

    def _messages(self, source: str) -> Iterator[str]:
        extract = self._text.extract_translations  # type: ignore[attr-defined]  # by i18n
        for _line, _function, found in extract(source):
            forms = found if isinstance(found, tuple) else (found,)
            yield from (form for form in forms if form and form.strip(" ,.:"))

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


def _own_or(translate: Translate) -> Callable[[Context, str], str]:
    @pass_context
    def own_or_shipped(context: Context, message: str) -> str:
        return _own(context, message) or translate(message)

    return own_or_shipped


def _own_or_plural(translate: TranslatePlural) -> Callable[[Context, str, str, int], str]:
    @pass_context
    def own_or_shipped(context: Context, one: str, many: str, count: int) -> str:
        return _own(context, one if count == 1 else many) or translate(one, many, count)

    return own_or_shipped


def _own(context: Context, message: str) -> str | None:
    """Return the own words, escaped for HTML: gettext takes what it is given for safe."""
    words = context.get(OWN_WORDS)
    own = words.of(message) if isinstance(words, OwnWords) else None
    return str(escape(own)) if own and context.eval_ctx.autoescape else own


def _as_it_is(text: str) -> str:
    return text


def _as_they_are(one: str, many: str, count: int) -> str:
    return one if count == 1 else many
