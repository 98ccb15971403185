"""The forms on a volunteer's own page: what they say of themselves, and when not to ask."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from wtforms.form import BaseForm

from matcher.lifecycle.choices import Kind
from matcher.web.forms.base import Form
from matcher.web.forms.basis import AnyField
from matcher.web.forms.branching import BranchingForm
from matcher.web.forms.choosing import Choice, Choices, Option
from matcher.web.forms.dates import Day
from matcher.web.forms.fields import Line, LongText
from matcher.web.forms.numbers import WholeNumber
from matcher.web.forms.travelling import TravelForm
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

BETWEEN_SKILLS = re.compile(r"[,;\n]")
BLANK_LINE = re.compile(r"\n\s*\n")
SKILL_LIMIT = 80
MOST_SKILLS = 40
MOST_ASKS = 20

KINDS = (
    Option(Kind.BRIEF_LEADERS, _("Brief leaders or elected members")),
    Option(Kind.WORKSHOP, _("Run a workshop")),
    Option(Kind.DAY_WITH_TEAM, _("Spend a day with a team")),
    Option(Kind.ONE_TO_ONE, _("Talk with one person")),
    Option(Kind.REVIEW, _("Review what they do")),
    Option(Kind.SOMETHING_ELSE, _("Something else")),
)


class SkillTags(LongText):
    """Skills, separated by commas or on lines of their own."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The skills, each once, in the order they were written."""
        found: dict[str, str] = {}
        for part in BETWEEN_SKILLS.split(self.data):
            tag = " ".join(part.split())
            if tag:
                found.setdefault(tag.casefold(), tag)
        return tuple(found.values())

    def find_problem(self, form: BaseForm) -> str:
        """Return a message where there are too many, or one is no tag but a text."""
        problem = super().find_problem(form)
        if problem:
            return problem
        if len(self.tags) > MOST_SKILLS:
            return gettext("Enter %(most)s skills or fewer", most=MOST_SKILLS)
        if any(len(tag) > SKILL_LIMIT for tag in self.tags):
            return gettext(
                "Each skill must be %(limit)s characters or fewer. Put a comma or a new line "
                "between two skills",
                limit=SKILL_LIMIT,
            )
        return ""


class WordsForm(Form):
    """What the matcher reads of a volunteer."""

    offer = LongText(
        _("What could others learn from you?"),
        noun=_("What others could learn from you"),
        enter=_("Enter what others could learn from you"),
    )
    job_title = Line(_("Job title (optional)"), noun=_("Job title"), limit=200)
    skills = SkillTags(
        _("Skills (optional)"),
        noun=_("Skills"),
        hint=_(
            "A few words each, with a comma or a new line between them. "
            "For example: social media, crisis communications, member briefings"
        ),
        limit=2000,
    )
    experience = LongText(
        _("Experience (optional)"),
        noun=_("Experience"),
        hint=_(
            "What you did, for whom, and what came of it. Leave an empty line between two pieces "
            "of work: each is compared with a request by itself."
        ),
    )
    kinds = Choices(
        _("What kinds of help would you give?"),
        hint=_("Leave all empty if any kind is fine."),
        options=KINDS,
    )

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The pieces of experience."""
        parts = (part.strip() for part in BLANK_LINE.split(self.experience.data))
        return tuple(part for part in parts if part)


class ReachForm(TravelForm):
    """Where from, how far, and how often."""

    asks_per_quarter = WholeNumber(
        _("How often may we ask you, at most, in three months?"),
        noun=_("How often we may ask"),
        hint=_("Most people say 2 or 3. Being asked is not the same as having to go."),
        enter=_("Enter how often we may ask you in three months"),
        least=1,
        most=MOST_ASKS,
    )

    @property
    def chosen_asks(self) -> int:
        """How often, once the form is valid. Raises ValueError before."""
        if self.asks_per_quarter.data is None:
            raise ValueError("no number was given")
        return self.asks_per_quarter.data


class AwayForm(Form):
    """Days on which a volunteer cannot come."""

    first = Day(_("First day away"), enter=_("Enter the first day you are away"))
    last = Day(
        _("Last day away"),
        hint=_("The same as the first for a single day."),
        enter=_("Enter the last day you are away"),
    )

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check that the days are in order."""
        if not super().validate(extra_validators):
            return False
        if self.span[1] < self.span[0]:
            self.last.errors = (gettext("The last day must not be before the first"),)
            return False
        return True

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day, once the form is valid."""
        first, last = self.first.data, self.last.data
        if first is None or last is None:
            raise ValueError("no days were given")
        return first, last


UNTIL_A_DAY = "until"
UNTIL_BACK = "back"


class PauseForm(BranchingForm):
    """How long a volunteer is asked nothing."""

    how_long = Choice(
        _("How long should we pause?"),
        enter=_("Select how long we should pause"),
        options=(
            Option(UNTIL_A_DAY, _("Until a date")),
            Option(UNTIL_BACK, _("Until I say I am back")),
        ),
    )
    until = Day(
        _("Ask me again from"),
        noun=_("The date from which we may ask again"),
        enter=_("Enter the date from which we may ask again"),
    )

    def unasked(self) -> Iterable[AnyField]:
        """The date counts only where one was chosen."""
        return () if self.how_long.data == UNTIL_A_DAY else (self.until,)

    @property
    def chosen_until(self) -> date | None:
        """The day the pause ends; None for until they come back."""
        return self.until.data if self.how_long.data == UNTIL_A_DAY else None
