import re

import pytest
from jinja2 import TemplateNotFound, TemplateRuntimeError, UndefinedError

from matcher.mail.examples import EXAMPLES
from matcher.mail.rendering import Renderer
from tests.builders_mail import TEMPLATES, values_of


def folder(tmp_path, **files: str):
    """A folder of templates with one email, ``hello``, beside its layouts and parts."""
    (tmp_path / "email" / "hello").mkdir(parents=True)
    given = {
        "_layout.txt": "{% block content required %}{% endblock %}",
        "_layout.html": "<main>{% block content required %}{% endblock %}</main>",
        "_parts.txt": "{% macro strong(words) %}*{{ words }}*{% endmacro %}",
        "_parts.html": "{% macro strong(words) %}<b>{{ words }}</b>{% endmacro %}",
        "hello/subject.txt": "{{ _('Hello') }}",
        "hello/body.txt": "{% extends layout %}{% from parts import strong %}"
        "{% block content %}{{ strong(who) }}{% endblock %}",
        "hello/body.html": '{% extends "hello/body.txt" %}',
    }
    for name, words in {**given, **files}.items():
        (tmp_path / "email" / name).write_text(words)
    return tmp_path / "email"


def test_the_same_words_are_dressed_as_text_and_as_html(tmp_path):
    written = Renderer(folder(tmp_path)).render("hello", {"who": "Ruth"})
    assert (written.text, written.html) == ("*Ruth*\n", "<main><b>Ruth</b></main>")


def test_what_means_something_in_html_is_escaped_there_alone(tmp_path):
    written = Renderer(folder(tmp_path)).render("hello", {"who": "<i> & 'x'"})
    assert written.text == "*<i> & 'x'*\n"
    assert written.html == "<main><b>&lt;i&gt; &amp; &#39;x&#39;</b></main>"


def test_a_value_that_is_missing_is_an_error_and_no_gap(tmp_path):
    with pytest.raises(UndefinedError):
        Renderer(folder(tmp_path)).render("hello", {})


def test_an_email_without_what_every_email_says_is_an_error(tmp_path):
    bare = {"hello/body.txt": "{% extends layout %}"}
    with pytest.raises(TemplateRuntimeError):
        Renderer(folder(tmp_path, **bare)).render("hello", {"who": "Ruth"})


def test_an_email_that_there_is_not_is_an_error():
    with pytest.raises(TemplateNotFound):
        Renderer(TEMPLATES).render("no_such_email", {})


def test_a_subject_is_one_line(tmp_path):
    two_lines = {"hello/subject.txt": "Hello\n{{ who }}"}
    written = Renderer(folder(tmp_path, **two_lines)).render("hello", {"who": "Ruth\r\nBcc: x"})
    assert written.subject == "Hello Ruth Bcc: x"


def test_the_text_has_no_more_than_one_empty_line_together(tmp_path):
    wide = {"hello/body.txt": "One  \n\n\n\n\nTwo\n\n\n"}
    assert Renderer(folder(tmp_path, **wide)).render("hello", {"who": ""}).text == "One\n\nTwo\n"


def test_an_email_may_use_the_words_of_the_pages(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "words.html").write_text("{% macro hi(who) %}Hi {{ who }}{% endmacro %}")
    shared = {"hello/body.txt": '{% from "parts/words.html" import hi %}{{ hi(who) }}'}
    written = Renderer(folder(tmp_path, **shared)).render("hello", {"who": "R&D"})
    assert (written.text, written.html) == ("Hi R&D\n", "Hi R&amp;D")


def test_every_word_for_people_goes_through_gettext(tmp_path):
    renderer = Renderer(
        TEMPLATES, lambda words: f"«{words}»", lambda one, _many, _count: one, "cy_GB"
    )
    written = renderer.render("invitation", values_of(EXAMPLES["invitation"]))
    untranslated = [
        line
        for line in written.text.splitlines()
        if line.strip() and "«" not in line and "http" not in line and not line.startswith("    ")
    ]
    assert [line for line in untranslated if not re.match(r"-+$|\* |H-1012: ", line)] == []
    assert '<html lang="cy">' in written.html


def test_a_calendar_entry_has_a_title_and_a_description(tmp_path):
    told = {"hello/calendar.txt": "Visit to {{ who }}\n\nWhat it is about\n"}
    renderer = Renderer(folder(tmp_path, **told))
    assert renderer.render_calendar("hello", {"who": "R\x0bD"}) == (
        "Visit to R D",
        "What it is about\n",
    )
