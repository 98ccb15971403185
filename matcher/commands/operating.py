"""The commands that keep the service running: backup, restore, release, doctor."""

import sys
from pathlib import Path
from typing import TextIO, cast

import click
from flask import current_app

from matcher.actions.post.holding import release_held
from matcher.app import create_app, opened_app
from matcher.mail.links import LinkKeys
from matcher.operating.acting import operating
from matcher.operating.backup import BackupFailed, back_up, restore
from matcher.operating.doctor import examine
from matcher.operating.metrics import make_server
from matcher.records.database import db
from matcher.records.erasures import ErasedAddress, list_erasures
from matcher.settings import MINIMUM_SECRET, read_settings


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(file: Path) -> None:
    """Write the whole database to FILE, while the service runs."""
    with opened_app(read_settings()):
        try:
            back_up(file)
        except BackupFailed as failed:
            raise click.ClickException(str(failed)) from None
    click.echo(f"Backed up to {file}.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--erasures",
    type=click.File(encoding="ascii"),
    help="The list of erasures as matcher erasures wrote it, where the database is lost.",
)
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
def restore_command(file: Path, erasures: TextIO | None, *, yes: bool) -> None:
    """Put the backup FILE in the place of the database. Stop web and workers first."""
    if not yes:
        click.confirm("Replace the database? What is in it now is lost", abort=True)
    kept = [ErasedAddress.from_line(line) for line in erasures or () if line.strip()]
    settings = read_settings()
    with opened_app(settings):
        keys = cast(LinkKeys, current_app.extensions["link_keys"])
        try:
            done = restore(file, settings, keys, kept)
        except BackupFailed as failed:
            raise click.ClickException(str(failed)) from None
    click.echo(f"Restored. {done.erased} people were erased again.")
    click.echo(f"{done.held} emails are held: look at them, then let them go by matcher release.")


@click.command("release")
def release_command() -> None:
    """Let the emails go that a restore held back."""
    with operating():
        click.echo(f"{release_held()} emails were released.")


@click.command("erasures")
def erasures_command() -> None:
    """Write the list of erasures, to be kept elsewhere than the database. It names nobody."""
    with opened_app(read_settings()):
        for line in list_erasures(db.session()):
            click.echo(line.as_line())


@click.command("metrics")
@click.option("--bind", default="127.0.0.1:9101", show_default=True, help="Address and port.")
def metrics_command(bind: str) -> None:
    """Answer monitors in Prometheus text, with the token METRICS_TOKEN, until stopped."""
    settings = read_settings()
    if len(settings.metrics_token.get_secret_value()) < MINIMUM_SECRET:
        raise click.ClickException(f"METRICS_TOKEN needs at least {MINIMUM_SECRET} characters")
    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit():
        raise click.BadParameter("is an address and a port, such as 127.0.0.1:9101")
    make_server(create_app(settings), settings, host, int(port)).serve_forever()


@click.command("doctor")
def doctor_command() -> None:
    """Look at everything the service needs and say what to do; ends with 1 where there is any."""
    settings = read_settings()
    with opened_app(settings) as app:
        findings = list(examine(app, settings))
    for finding in findings:
        click.echo(f"{'well' if finding.well else 'MEND':4}  {finding.what}")
        if not finding.well:
            click.echo(f"      {finding.advice}")
    sys.exit(0 if all(finding.well for finding in findings) else 1)
