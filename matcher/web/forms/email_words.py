"""The form in which a programme says the sentences of one email in its own words."""

from collections.abc import Mapping, Sequence
from typing import Unpack

from wtforms.form import BaseForm

from matcher.mail.own_words import MOST_CHARACTERS, Kept, Sentence, lost_values, unknown_values
from matcher.web.forms.basis import BoxGiven
from matcher.web.forms.cleaning import Cleaned, clean_line
from matcher.web.forms.fields import LongText
from matcher.web.forms.sure import SureForm
from matcher.web.words import gettext as _


class OwnSentence(LongText):
    """One sentence on one line: empty is as it comes; its values must all be kept."""

    usual_limit = MOST_CHARACTERS

    def __init__(self, sentence: Sentence, **given: Unpack[BoxGiven]) -> None:
        hint = ""
        if sentence.values:
            values = " ".join(f"{{{value}}}" for value in sentence.values)
            hint = _("Keep %(values)s: facts are put there.", values=values)
        given["hint"] = hint
        super().__init__(sentence.words, **given)
        self.sentence = sentence

    def clean(self, typed: str) -> Cleaned:
        """Return the words on one line."""
        return clean_line(typed)

    def find_problem(self, form: BaseForm) -> str:
        """Return which value is lost, or which there is not."""
        lost = lost_values(self.sentence, self.data) if self.data else ()
        unknown = unknown_values(self.sentence, self.data)
        if lost:
            return _("Put {%(value)s} into “%(typed)s”", value=lost[0], typed=self.data)
        if unknown:
            return _(
                "Take {%(value)s} out of “%(typed)s”: nothing is known that could stand there",
                value=unknown[0],
                typed=self.data,
            )
        return super().find_problem(form)


class EmailWordsForm(SureForm):
    """The sentences of one email; made by ``words_form``."""

    sentences: Sequence[Sentence]

    def show(self, kept: Kept) -> None:
        """Fill in the words in force."""
        for sentence in self.sentences:
            self[name_of(sentence)].process_data(kept.get(sentence.key, sentence.words))

    def typed(self) -> Mapping[str, str]:
        """Return what was typed by the key of its sentence."""
        return {each.key: self[name_of(each)].data for each in self.sentences}


def words_form(sentences: Sequence[Sentence]) -> EmailWordsForm:
    """Return the form for these sentences, with what was sent to it, if anything was."""
    fields = {name_of(each): OwnSentence(each) for each in sentences}
    made = type("EmailWordsForm", (EmailWordsForm,), {**fields, "sentences": sentences})
    form: EmailWordsForm = made()
    return form


def name_of(sentence: Sentence) -> str:
    """Return the name of a sentence's box."""
    return "words-" + sentence.key.rpartition("/")[2]
