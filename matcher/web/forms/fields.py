"""Fields of words. Each cleans what comes in, says what is wrong in a sentence, loses nothing."""

from typing import ClassVar, Unpack

from email_validator import EmailNotValidError, validate_email
from markupsafe import Markup
from wtforms.form import BaseForm

from matcher.web.forms.basis import Box, BoxGiven, Look
from matcher.web.forms.cleaning import Cleaned, clean_line, clean_text
from matcher.web.forms.markup import Params, label, render
from matcher.web.words import gettext as _

#: The longest address that SMTP can carry (RFC 5321, section 4.5.3.1.3).
EMAIL_LIMIT = 254
#: The counter of a long text is shown once this share of the limit, in per cent, is written.
COUNT_FROM = 75


class Line(Box):
    """Words on one line. ``data`` is the words, cleaned; empty where none were given."""

    data: str
    usual_limit: ClassVar[int] = 200

    def __init__(
        self, question: str, *, limit: int | None = None, **given: Unpack[BoxGiven]
    ) -> None:
        super().__init__(question, **given)
        self.limit = limit or self.usual_limit

    @property
    def typed(self) -> str:
        """What the box shows: what was typed, cleaned."""
        return self.data

    def clean(self, typed: str) -> Cleaned:
        """Return the words as they are kept."""
        return clean_line(typed)

    def process_data(self, value: object) -> None:
        """Take words from a row or a draft."""
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take words from a form. Raises ValueError naming characters that cannot be kept."""
        cleaned = self.clean(valuelist[0] if valuelist else "")
        self.data = cleaned.words
        if cleaned.removed:
            raise ValueError(_hidden_characters(self.noun, cleaned.removed))

    def find_problem(self, _form: BaseForm) -> str:
        """Return a message where the words are too long."""
        if len(self.data) <= self.limit:
            return ""
        return _(
            "%(noun)s must be %(limit)s characters or fewer",
            noun=self.noun,
            limit=f"{self.limit:,}",
        )


def _hidden_characters(noun: str, removed: tuple[str, ...]) -> str:
    return _(
        "%(noun)s contained hidden characters that cannot be kept (%(characters)s). "
        "They have been taken out: check the words and continue",
        noun=noun,
        characters=", ".join(removed[:3]),
    )


class LongText(Line):
    """Words in several paragraphs, with a count of what is left near the limit."""

    usual_limit = 4000

    def clean(self, typed: str) -> Cleaned:
        """Return the words with their line breaks."""
        return clean_text(typed)

    def __call__(  # type: ignore[override]
        self, *, size: str = "", page_heading: bool = False, rows: int = 8
    ) -> Markup:
        """Return the markup."""
        params: Params = {
            "id": self.id,
            "value": self.typed,
            "rows": rows,
            "maxlength": self.limit,
            "threshold": COUNT_FROM,
        }
        named = label(self.label.text, size, page_heading=page_heading)
        params |= self.describe() | named | _count_words()
        return render("character-count", "govukCharacterCount", params)


def _count_words() -> Params:
    return {
        "textareaDescriptionText": _("You can enter up to %{count} characters"),
        "charactersAtLimitText": _("You have 0 characters remaining"),
        "charactersUnderLimitText": {
            "one": _("You have %{count} character remaining"),
            "other": _("You have %{count} characters remaining"),
        },
        "charactersOverLimitText": {
            "one": _("You have %{count} character too many"),
            "other": _("You have %{count} characters too many"),
        },
    }


class PersonName(Line):
    """A person's full name."""

    default_look = Look(autocomplete="name", spellcheck=False)
    usual_limit = 100


class Email(Line):
    """An email address, kept in lower case. Whether it exists is proved by a link, not here."""

    default_look = Look(type="email", autocomplete="email", spellcheck=False)
    usual_limit = EMAIL_LIMIT

    def find_problem(self, form: BaseForm) -> str:
        """Return a message where this cannot be an address; else keep it in its usual form."""
        too_long = super().find_problem(form)
        if too_long:
            return too_long
        try:
            found = validate_email(self.data, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError:
            return _("Enter an email address in the correct format, like name@council.gov.uk")
        self.data = found.normalized.lower()
        return ""


class OrganisationName(Line):
    """The name of an organisation: free words, with suggestions where there is script.

    The view sets ``suggestions_url``, the address of a JSON list of lists of names (the first of
    each is shown, the others are found by), and looks up what was typed.
    """

    default_look = Look(autocomplete="organization", spellcheck=False)
    suggestions_url = ""

    def __call__(self, *, size: str = "", page_heading: bool = False) -> Markup:  # type: ignore[override]
        """Return the markup, with the words that the script needs."""
        if self.suggestions_url:
            words = _suggestion_words() | {"data-suggestions": self.suggestions_url}
            self.look = Look(autocomplete="organization", spellcheck=False, attributes=words)
        return super().__call__(size=size, page_heading=page_heading)


def _suggestion_words() -> dict[str, str]:
    return {
        "data-wording": _(
            "When suggestions appear, use the up and down arrow keys to look through them and "
            "Enter to choose one."
        ),
        "data-count-wording": _("Number of suggestions: {count}"),
        "data-nothing-wording": _("No suggestions. You can still send this name."),
    }
