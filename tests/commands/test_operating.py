"""What an operator types, and what the command says and ends with."""

import pytest
from click.testing import CliRunner

from matcher.cli import commands
from matcher.records.database import db

RUTH = "ruth@westberks.example"


@pytest.fixture
def typed(app, settings, monkeypatch):
    """Run a command with the settings of the test in the environment."""
    values = {
        "DATABASE_URL": settings.database_url,
        "BASE_URL": settings.base_url,
        "SECRET_KEY": "s" * 32,
        "LINK_KEYS": "one:" + "k" * 32,
        "MAIL_FROM": settings.mail_from,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": "9",
        "DNS_SERVER": "127.0.0.1:9",
        "LOG_LEVEL": "ERROR",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)

    def run(*words: str):
        db.session.rollback()
        return CliRunner().invoke(commands, list(words))

    return run


def test_a_copy_is_written_as_json(typed, cast):
    cast.request()
    answer = typed("export", RUTH)
    assert (answer.exit_code, '"requester_name": "Ruth Adeyemi"' in answer.output) == (0, True)


def test_erasing_asks_first(typed, cast):
    cast.request()
    assert typed("erase", RUTH).exit_code == 1
    assert typed("erase", RUTH, "--yes").exit_code == 0
    assert "Ruth" not in typed("export", RUTH).output


def test_a_dry_run_of_retention_says_what_is_due(typed, cast):
    answer = typed("retention", "--dry-run")
    assert answer.exit_code == 0
    assert "help requests that ended" in answer.output
    assert "Nothing was changed." in answer.output


def test_the_doctor_says_what_to_do_and_ends_with_1(typed, cast):
    answer = typed("doctor")
    assert answer.exit_code == 1
    assert "MEND  a worker is at work\n      Start matcher work." in answer.output
    assert "Check SMTP_HOST" in answer.output
    assert "well  the database answers and has the schema of this release" in answer.output


def test_a_missing_setting_is_named(monkeypatch, typed):
    monkeypatch.delenv("BASE_URL")
    assert "BASE_URL" in str(typed("check").exception)
