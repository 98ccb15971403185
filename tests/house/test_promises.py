"""What a reviewer would have to remember: who a route is for, forged forms, the README's lists."""

import re
from pathlib import Path

import click
import pytest

from matcher.cli import commands
from matcher.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
#: RFC 8058: mail programs press this one, and have no token.
WITHOUT_TOKEN = {"unsubscribing"}


def test_every_route_says_who_it_is_for(app):
    silent = [name for name, view in app.view_functions.items() if not getattr(view, "users", None)]
    assert silent == []


def test_every_form_is_refused_without_its_token(app, client):
    app.config["WTF_CSRF_ENABLED"] = True
    refused = {
        rule.rule: client.post(re.sub("<[^>]+>", "1", rule.rule)).status_code
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and rule.endpoint.split(".")[0] not in WITHOUT_TOKEN
    }
    assert {path: status for path, status in refused.items() if status != 400} == {}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme(name):
    assert f"`{name.upper()}`" in README


def names_of(group: click.Group, before: str = "matcher"):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from names_of(command, f"{before} {name}")
        else:
            yield f"{before} {name}"


@pytest.mark.parametrize("name", sorted(names_of(commands)))
def test_every_command_is_in_the_readme(name):
    assert f"`{name}" in README


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_trusts_words_or_carries_script_of_its_own(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b", text)
    assert not re.search(r"<script(?![^>]*nonce=)", text)
    assert not re.search(r"\son[a-z]+=", text)
