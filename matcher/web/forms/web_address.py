"""An address on the web, checked for its form alone: nothing is fetched."""

from urllib.parse import urlsplit

from wtforms.form import BaseForm

from matcher.web.forms.basis import Look
from matcher.web.forms.fields import Line
from matcher.web.words import gettext


class WebAddress(Line):
    """An address on the web."""

    default_look = Look(type="url", spellcheck=False, autocomplete="url")
    usual_limit = 300

    def find_problem(self, form: BaseForm) -> str:
        """Return a message where this is no address on the web."""
        problem = super().find_problem(form)
        if problem or is_web_address(self.data):
            return problem
        return gettext("Enter a web address in the correct format, like https://example.org/camp")


def is_web_address(text: str) -> bool:
    """Return whether this is a whole http or https address without a password or white space."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = not any(letter.isspace() for letter in text) and "@" not in parts.netloc
    return parts.scheme in {"http", "https"} and "." in host and plain
