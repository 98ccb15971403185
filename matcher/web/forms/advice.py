"""The forms of advice: writing a note, agreeing to one, checking it, reporting it."""

from collections.abc import Mapping, Sequence

from matcher.actions.network.advising import SentNote
from matcher.web.forms.base import Form
from matcher.web.forms.choosing import Choice, Option
from matcher.web.forms.fields import Line, LongText
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _

MOST_TOPICS = 5
LONGEST_TOPIC = 40
YES, NO = "yes", "no"


class NoteForm(Form):
    """A note of advice."""

    title = Line(
        _("A title"),
        noun=_("The title"),
        hint=_("For example “Getting councillors to use social media safely”."),
        enter=_("Enter a title"),
        limit=120,
    )
    needed = LongText(
        _("What was needed?"),
        noun=_("What was needed"),
        hint=_("Who was stuck with what? Leave out names."),
        enter=_("Enter what was needed"),
        limit=2000,
    )
    helped = LongText(
        _("What helped?"),
        noun=_("What helped"),
        hint=_("What you did, or were shown, that made the difference."),
        enter=_("Enter what helped"),
    )
    again = LongText(
        _("What would you do again, or differently? (optional)"),
        noun=_("What you would do again"),
        limit=2000,
    )
    topics = Line(
        _("Topics (optional)"),
        noun=_("Topics"),
        hint=_("Up to 5, with commas between them, such as “social media, councillors”."),
        limit=200,
    )
    shown_as = Line(
        _("The name to show with it (optional)"),
        noun=_("The name"),
        hint=_("Your name, your role or a name you like. Leave it empty to show none."),
        limit=100,
    )

    def topic_names(self) -> tuple[str, ...]:
        """Return the topics, each once."""
        named = (each.strip() for each in self.topics.data.split(","))
        return tuple(dict.fromkeys(each for each in named if each))

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check the fields, then the topics."""
        valid = super().validate(extra_validators)
        if len(self.topic_names()) > MOST_TOPICS:
            self.topics.refuse(gettext("Enter %(most)s topics or fewer", most=str(MOST_TOPICS)))
        if any(len(each) > LONGEST_TOPIC for each in self.topic_names()):
            longest = str(LONGEST_TOPIC)
            self.topics.refuse(
                gettext("Each topic must be %(longest)s characters or fewer", longest=longest)
            )
        return valid and not self.topics.errors

    def sent(self) -> SentNote:
        """Return what the form says."""
        return SentNote(
            title=self.title.data,
            needed=self.needed.data,
            helped=self.helped.data,
            again=self.again.data,
            topics=self.topic_names(),
            shown_as=self.shown_as.data,
        )


class AgreeForm(Form):
    """Yes or no to the other side's note."""

    answer = Choice(
        _("May it be published?"),
        options=(
            Option(YES, _("Yes, as it is")),
            Option(NO, _("No, something has to change")),
        ),
        enter=_("Select whether it may be published"),
    )
    why = LongText(
        _("If not, what has to change?"),
        noun=_("What has to change"),
        hint=_("Whoever wrote it will read this."),
        limit=1000,
    )

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check the fields; a no needs its reason, so that the note can be mended."""
        valid = super().validate(extra_validators)
        if valid and self.answer.data == NO and not self.why.data:
            self.why.refuse(gettext("Enter what has to change"))
        return valid and not self.why.errors


class WhyForm(Form):
    """A reason in words: for a report, or for not publishing a note."""

    why = LongText(_("What is wrong with it?"), enter=_("Enter what is wrong"), limit=1000)
