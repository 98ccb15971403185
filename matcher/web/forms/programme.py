"""The forms of the programme's settings, made from the catalogue."""

from collections.abc import Mapping

from wtforms import Field

from matcher.records.pages.settings_log import Value, flatten, with_values
from matcher.records.programmes import ProgrammeSettings
from matcher.records.settings_checks import Clash, Contradiction, find_clashes
from matcher.web.forms.choosing import Tick
from matcher.web.forms.fields import Email, Line
from matcher.web.forms.numbers import WholeNumber
from matcher.web.forms.setting import Kind, Section, Setting
from matcher.web.forms.sure import SureForm
from matcher.web.words import gettext
from matcher.web.words import lazy_gettext as _


class SettingsForm(SureForm):
    """The settings of one page; made by ``form_of``."""

    section: Section

    def show(self, settings: ProgrammeSettings) -> None:
        """Fill in the settings in force."""
        values = flatten(settings)
        for setting in self.section.settings:
            self[setting.name].process_data(_shown(setting, values[setting.path]))

    def changed(self, settings: ProgrammeSettings) -> ProgrammeSettings:
        """Return the settings with what was typed; what was not changed stays as it is."""
        before = flatten(settings)
        typed = {
            setting.path: _value(setting, self[setting.name].data, before[setting.path])
            for setting in self.section.settings
        }
        return with_values(settings, typed)

    def agrees(self, settings: ProgrammeSettings) -> bool:
        """Return whether settings do not contradict each other; else say at the boxes why."""
        clashes = find_clashes(settings)
        here = {setting.path: setting for setting in self.section.settings}
        for clash in clashes:
            if clash.path in here:
                self[here[clash.path].name].refuse(clash_words(clash))
            else:
                self.form_errors.append(clash_words(clash))
        return not clashes


def form_of(section: Section) -> SettingsForm:
    """Return the form of a page of settings, with what was sent to it, if anything was."""
    fields: dict[str, object] = {setting.name: _field(setting) for setting in section.settings}
    made = type("SettingsForm", (SettingsForm,), {**fields, "section": section})
    form: SettingsForm = made()
    return form


def _field(setting: Setting) -> Field:
    enter = gettext("Enter a number for “%(question)s”", question=setting.question)
    if setting.kind == Kind.YES:
        return Tick(setting.question, hint=setting.hint)
    if setting.kind == Kind.EMAIL:
        return Email(setting.question, hint=setting.hint, enter=_("Enter an address"))
    if setting.kind == Kind.WORDS:
        return Line(setting.question, hint=setting.hint, enter=_("Enter words"), limit=setting.most)
    unit = "%" if setting.kind == Kind.PER_CENT else setting.unit
    return WholeNumber(
        question_words(setting),
        least=setting.least,
        most=setting.most,
        unit=unit,
        hint=setting.hint,
        enter="" if setting.optional else enter,
        noun=setting.question,
    )


def question_words(setting: Setting) -> str:
    """Return the question with its unit."""
    unit = gettext("per cent") if setting.kind == Kind.PER_CENT else setting.unit
    if not unit:
        return setting.question
    return gettext("%(question)s, in %(unit)s", question=setting.question, unit=unit)


def _shown(setting: Setting, value: Value) -> Value:
    if setting.kind == Kind.PER_CENT:
        return _per_cent(value)
    return round(value) if isinstance(value, float) else value


def _per_cent(value: Value) -> int:
    return round(float(value or 0) * 100)


def _value(setting: Setting, typed: Value, before: Value) -> Value:
    if setting.kind != Kind.PER_CENT:
        return typed
    return before if typed == _per_cent(before) else int(typed or 0) / 100


def value_words(setting: Setting | None, value: Value) -> str:
    """Return a setting's value as it is read."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value is None or value == "":
        return gettext("none")
    if setting is not None and setting.kind == Kind.PER_CENT:
        return gettext("%(number)s per cent", number=_per_cent(value))
    number = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{number} {setting.unit}" if setting is not None and setting.unit else number


def clash_words(clash: Clash) -> str:
    """Return why settings cannot stand together, and how to mend it."""
    return CLASHES[clash.why]


CLASHES: Mapping[Contradiction, str] = {
    Contradiction.WAVES_NOT_IN_ORDER: _(
        "Each wave must begin further from the date than the next one: enter more days"
    ),
    Contradiction.LAST_WAVE_NOT_AT_NOUGHT: _("The last wave must begin at 0 days"),
    Contradiction.REMINDER_TOO_LATE: _(
        "The reminder must come before the time to answer ends: enter fewer working days"
    ),
    Contradiction.HOURS_TURNED_ROUND: _("Invitations must end later in the day than they begin"),
    Contradiction.DUE_BEFORE_FIRST: _("Answers must fall due after the first hour of invitations"),
    Contradiction.STEPS_NOT_IN_ORDER: _(
        "This must come before the step that follows it: enter fewer days"
    ),
    Contradiction.NETWORK_BELOW_ADDRESS: _(
        "One network must be allowed at least as many emails as one address"
    ),
    Contradiction.ALL_BELOW_NETWORK: _(
        "All together must be allowed at least as many emails as one network"
    ),
    Contradiction.NO_WORDS_COUNT: _("At least one way of weighing words must count"),
}
