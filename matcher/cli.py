"""The ``matcher`` command: what an operator types."""

import sys

import click
from email_validator import EmailNotValidError, validate_email

from matcher.actions.coordinator.access import add_coordinator, end_coordinator
from matcher.app import create_app, opened_app
from matcher.commands.events import events_group
from matcher.commands.files import assign_command, judge_command, rank_command
from matcher.commands.imports import import_requests_command, import_volunteers_command
from matcher.commands.mail import bounces_command
from matcher.commands.operating import (
    backup_command,
    doctor_command,
    erasures_command,
    metrics_command,
    release_command,
    restore_command,
)
from matcher.commands.personal_data import (
    correct_command,
    erase_command,
    export_command,
    retention_command,
)
from matcher.lifecycle.access import Role
from matcher.lifecycle.refusals import Refused
from matcher.operating.acting import operator_occasion
from matcher.operating.serving import migrate, serve
from matcher.settings import WrongSettings, read_settings
from matcher.worker import run_worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Ask for help in person. Settings come from the environment; see the README."""


for each_command in (
    rank_command,
    assign_command,
    judge_command,
    export_command,
    erase_command,
    correct_command,
    retention_command,
    backup_command,
    restore_command,
    release_command,
    erasures_command,
    doctor_command,
    metrics_command,
    bounces_command,
    events_group,
    import_volunteers_command,
    import_requests_command,
):
    commands.add_command(each_command)


def main() -> None:
    """Run a command; a wrong setting or a refusal is one clear line, not a trace."""
    try:
        commands()
    except WrongSettings as wrong:
        sys.exit(f"Settings need mending:\n{wrong}")
    except Refused as refusal:
        sys.exit(f"Not done: {refusal}")


@commands.command("check")
def check_command() -> None:
    """Say whether the settings are complete."""
    read_settings()
    click.echo("The settings are complete.")


@commands.command("migrate")
def migrate_command() -> None:
    """Bring the database to the schema of this release."""
    migrate(read_settings())


@commands.command("serve")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
def serve_command(bind: str, processes: int, threads: int) -> None:
    """Serve the pages. Put a proxy with TLS in front."""
    serve(read_settings(), bind=bind, processes=processes, threads=threads)


@commands.command("work")
def work_command() -> None:
    """Send emails and do what is due, until stopped. Several may run."""
    settings = read_settings()
    run_worker(create_app(settings), settings)


@commands.group("coordinator")
def coordinator_group() -> None:
    """Who may sign in to the dashboard."""


@coordinator_group.command("add")
@click.argument("email")
@click.option("--name", required=True, help="How colleagues know them.")
@click.option("--role", type=click.Choice(list(Role)), help="What they may do; see the README.")
def add_command(email: str, name: str, role: str | None) -> None:
    """Invite a coordinator: an email that says how to sign in goes to EMAIL.

    Without --role the first administers and the others coordinate; somebody known keeps theirs.
    """
    settings = read_settings()
    try:
        address = validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise click.BadParameter(str(error), param_hint="EMAIL") from None
    with opened_app(settings):
        chosen = Role(role) if role else None
        add_coordinator(address, name, operator_occasion(settings), chosen)
    click.echo(f"Invited {address}. The sign-in link is in the email.")


@coordinator_group.command("end")
@click.argument("email")
def end_command(email: str) -> None:
    """End a coordinator's access at once."""
    settings = read_settings()
    with opened_app(settings):
        end_coordinator(email, operator_occasion(settings))
    click.echo(f"Ended the access of {email}.")
