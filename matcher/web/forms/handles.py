"""Where somebody can be found on the web: a line each, checked for its form; nothing is fetched."""

import re

from wtforms.form import BaseForm

from matcher.web.forms.fields import LongText
from matcher.web.forms.web_address import is_web_address
from matcher.web.words import gettext

MOST_HANDLES = 6
LONGEST_ADDRESS = 200
#: As people write them: @name@server for Mastodon, @name.bsky.social for Bluesky.
ON_A_SERVER = re.compile(r"\A@?([\w.-]+)@((?:[a-z0-9-]+\.)+[a-z]{2,})\Z", re.IGNORECASE)
BLUESKY = re.compile(r"\A@?((?:[a-z0-9-]+\.)+bsky\.social)\Z", re.IGNORECASE)
#: A host by itself, as in linkedin.com/in/name.
WITHOUT_SCHEME = re.compile(r"\A(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?\Z", re.IGNORECASE)


class Handles(LongText):
    """Addresses of profiles and blogs, one on each line."""

    usual_limit = 1200

    @property
    def addresses(self) -> tuple[str, ...]:
        """The web addresses, each once, in the order they were written."""
        lines = (line.strip() for line in self.data.splitlines())
        return tuple(dict.fromkeys(as_address(line) for line in lines if line))

    def find_problem(self, form: BaseForm) -> str:
        """Return a message where a line is no address, or there are too many."""
        problem = super().find_problem(form)
        if problem:
            return problem
        wrong = next((each for each in self.addresses if not _good(each)), "")
        if wrong:
            return gettext(
                "“%(line)s” is not an address. Write one on each line, like "
                "https://mastodon.social/@name or @name.bsky.social",
                line=wrong[:60],
            )
        if len(self.addresses) > MOST_HANDLES:
            return gettext("Enter %(most)s addresses or fewer", most=MOST_HANDLES)
        return ""


def as_address(line: str) -> str:
    """Return the web address that somebody's handle stands for; other lines as they are."""
    mastodon, bluesky = ON_A_SERVER.match(line), BLUESKY.match(line)
    if bluesky:
        return f"https://bsky.app/profile/{bluesky[1]}"
    if mastodon and line.startswith("@"):
        return f"https://{mastodon[2]}/@{mastodon[1]}"
    return f"https://{line}" if WITHOUT_SCHEME.match(line) else line


def _good(address: str) -> bool:
    return is_web_address(address) and len(address) <= LONGEST_ADDRESS
