"""The form of a group of the thesaurus."""

from collections.abc import Iterable, Mapping

from matcher.matching.thesaurus import GROUP_WEIGHT, Group
from matcher.matching.thesaurus_checks import LONGEST_TERM, MOST_TERMS, Fault, Finding, find_faults
from matcher.records.thesaurus_versions import OWN_SECTION
from matcher.web.forms.choosing import Choice, Option
from matcher.web.forms.fields import LongText
from matcher.web.forms.sure import SureForm
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

NEARNESS = (
    Option("0.8", _("The same thing by another name"), _("“rota” and “roster”")),
    Option("0.6", _("A service and what belongs to it"), _("“planning” and “building control”")),
    Option("0.5", _("Near enough that who knows one can help with the other")),
    Option("0.3", _("The same field, seen loosely")),
)


class GroupForm(SureForm):
    """The words of a group, and how near they are to each other."""

    terms = LongText(
        _("Words and phrases that mean nearly the same"),
        noun=_("The words and phrases"),
        enter=_("Enter the words and phrases"),
        hint=_(
            "One on each line. Endings do not matter: “councillor” stands for “councillors” too. "
            "A word in capitals that is also an English word, such as SEND, counts only in "
            "capitals."
        ),
        limit=4000,
    )
    nearness = Choice(
        _("How near are they?"),
        options=NEARNESS,
        enter=_("Select how near the words are to each other"),
    )

    def lines(self) -> tuple[str, ...]:
        """Return the terms, without empty lines."""
        return tuple(line.strip() for line in self.terms.data.split("\n") if line.strip())

    def group(self, group_id: str) -> Group:
        """Return the group that was written; only where nothing is wrong with it."""
        return Group(group_id, self.lines(), float(self.nearness.data), OWN_SECTION)

    def takes(self, others: Iterable[Group]) -> bool:
        """Return whether the terms make a group; else say at the box what is wrong with them."""
        found = find_faults(self.lines(), others)
        if found:
            self.terms.refuse(fault_words(found[0]))
        return not found

    def show(self, group: Group) -> None:
        """Fill in a group that is to be changed."""
        self.terms.process_data("\n".join(group.terms))
        self.nearness.process_data(f"{group.weight or GROUP_WEIGHT:g}")


def fault_words(finding: Finding) -> str:
    """Return what is wrong and how to mend it."""
    messages: Mapping[Fault, str] = {
        Fault.TOO_FEW: gettext("Enter two words or phrases or more, one on each line"),
        Fault.TOO_MANY: gettext("Enter %(most)s lines or fewer", most=MOST_TERMS),
        Fault.TOO_SHORT: gettext(
            "“%(term)s” has no word of two letters or more: write it out, or take it out",
            term=finding.term,
        ),
        Fault.TOO_LONG: gettext(
            "“%(term)s…” must be %(most)s characters or fewer",
            term=finding.term[:30],
            most=LONGEST_TERM,
        ),
        Fault.SAYS_NOTHING: gettext(
            "“%(term)s” stands in nearly every sentence: add the word that says what is meant, or "
            "take it out",
            term=finding.term,
        ),
        Fault.TWICE: gettext(
            "“%(term)s” says the same as “%(other)s”: take one of them out",
            term=finding.term,
            other=finding.other,
        ),
        Fault.SAME_GROUP: gettext(
            "There is a group of these very words already: “%(other)s”", other=finding.other
        ),
    }
    return messages[finding.fault]
