"""What a view answers with: a page, a page with its form's problems, or the way to another."""

from flask import render_template
from werkzeug.wrappers import Response

from matcher.web.forms.base import Form

Page = str | Response | tuple[str, int]


def show_form(template: str, form: Form, **shown: object) -> Page:
    """Return a form's page; 422 where it was sent and could not be taken as it is."""
    status = 422 if form.is_submitted() else 200
    return render_template(template, form=form, **shown), status
