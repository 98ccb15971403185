"""Hostile words in every column where a person's words may stand."""

from hostile import MARK
from sqlalchemy import JSON, Column

from matcher.lifecycle.tables import Actor
from tests.canaries import Canaries

POLYGLOT = (
    f"{MARK}\"'></title></textarea><script>{MARK}()</script><svg onload={MARK}()>"
    f"<{MARK} onfocus={MARK}()>javascript:{MARK}() {{{{ 7 * 7 }}}}{{% print 7 * 7 %}}"
)
LISTS = {"skills", "experience", "not_for_me", "topics"}
#: By these people sign in.
KEPT = {"email"}


class Polyglots(Canaries):
    """The same hostile words in every place; lists of a person's words hold them too.

    Other JSON is made by the service, and stays.
    """

    def word(self) -> str:
        return f"{POLYGLOT}{next(self.numbers)}"

    def _columns(self, name: str) -> list[Column]:
        found = [each for each in super()._columns(name) if each.name not in KEPT]
        return [each for each in found if not isinstance(each.type, JSON) or each.name in LISTS]


def fill_with_hostile_words(side: Actor, ids: dict[str, int]) -> int:
    """Put hostile words into everything that people of one side wrote; return how many."""
    return Polyglots(side, ids).fill()
