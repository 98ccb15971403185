"""Own words for emails: every sentence, how the email then reads, and keeping it."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from matcher.actions.coordinator.settings_changing import save_settings
from matcher.lifecycle.refusals import MovedOn
from matcher.mail.catalogue import CATALOGUE
from matcher.mail.examples import EXAMPLES
from matcher.mail.message import Rendered
from matcher.mail.own_words import Kept, changed_words
from matcher.records.database import db
from matcher.records.programmes import ProgrammeSettings, get_programme, latest_settings
from matcher.web.context import email_renderer, settings
from matcher.web.forms.email_words import EmailWordsForm, words_form
from matcher.web.showing import Page
from matcher.web.signed_in import administrators_only, signed_in_occasion
from matcher.web.words import gettext as _

blueprint = Blueprint("coordinator_email_words", __name__, url_prefix="/coordinator/email-words")
EXAMPLE_NAME = "Sam Okafor"
#: Stands where an email carries its reader's own address.
OWN_LINK = "…"


@blueprint.get("")
@administrators_only
def every() -> str:
    """List the emails, and which of them say something otherwise."""
    _version, programme = _in_force()
    own = {key.partition("/")[0] for key in programme.email_words}
    return render_template("coordinator/email_words.html", emails=CATALOGUE, own=own)


@blueprint.route("/<name>", methods=["GET", "POST"])
@administrators_only
def one(name: str) -> Page:
    """Show an email sentence by sentence, and how it reads with what is typed; keep it."""
    if name not in CATALOGUE:
        abort(404)
    sentences, (version, programme) = email_renderer().list_sentences(name), _in_force()
    form = words_form(sentences)
    if not form.is_submitted():
        form.show(programme.email_words)
        form.based_on.data = str(version)
        return _page(name, form, programme, programme.email_words)
    if not form.validate_on_submit():
        return _page(name, form, programme, programme.email_words), form.status
    changed = changed_words(sentences, form.typed(), programme.email_words)
    if not form.sure.data:
        return _page(name, form, programme, changed)
    return _keep(name, form, programme, changed)


def _keep(name: str, form: EmailWordsForm, programme: ProgrammeSettings, changed: Kept) -> Page:
    if dict(changed) == programme.email_words:
        flash(_("Nothing was changed."))
        return redirect(url_for(".every"), 303)
    try:
        based_on = form.based_on.data or ""
        after = programme.model_copy(update={"email_words": dict(changed)})
        save_settings(after, int(based_on) if based_on.isdecimal() else 0, signed_in_occasion())
    except MovedOn:
        form.based_on.data = str(_in_force()[0])
        form.form_errors.append(
            _("Somebody else has changed the settings meanwhile. Look at the words and save again")
        )
        return _page(name, form, programme, changed), form.status
    flash(_("The words are kept, for every email from now on."), "success")
    return redirect(url_for(".every"), 303)


def _page(name: str, form: EmailWordsForm, programme: ProgrammeSettings, own: Kept) -> str:
    return render_template(
        "coordinator/email_words_edit.html",
        name=name,
        form=form,
        example=_example(name, programme, own),
        subjects=[each for each in form.sentences if each.of_subject],
        others=[each for each in form.sentences if not each.of_subject],
    )


def _example(name: str, programme: ProgrammeSettings, own: Kept) -> Rendered:
    email, site = EXAMPLES[name], settings().base_url
    values = {
        **email.context,
        "link": dict.fromkeys(email.links, f"{site}/{OWN_LINK}"),
        "to_name": "" if CATALOGUE[name].proves_address else EXAMPLE_NAME,
        "site": site,
        "programme_name": programme.name,
        "controller": programme.controller,
        "contact_email": programme.contact_email,
    }
    return email_renderer().render(name, values, own)


def _in_force() -> tuple[int, ProgrammeSettings]:
    session = db.session()
    kept = latest_settings(session, get_programme(session).id)
    if kept is None:
        return 0, ProgrammeSettings()
    return kept.version, ProgrammeSettings(**kept.values)
