"""The commands about people's data: a copy of it, its erasure, and how long it is kept."""

from typing import cast

import click
from flask import current_app

from matcher.actions.privacy.correcting import correct
from matcher.actions.privacy.erasing import erase
from matcher.actions.privacy.retaining import apply_retention, list_due
from matcher.lifecycle.refusals import NotFound
from matcher.mail.links import LinkKeys
from matcher.operating.acting import operating
from matcher.records.database import db
from matcher.records.exporting import read_copy
from matcher.records.person import find_person


@click.command("export")
@click.argument("email")
def export_command(email: str) -> None:
    """Write everything that is kept about whoever has this address, as JSON."""
    with operating() as occasion:
        session = db.session()
        person = find_person(session, email)
        if not person.known:
            raise NotFound("nothing is kept about this address")
        click.echo(read_copy(session, person, occasion.now).as_json(), nl=False)


@click.command("erase")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
def erase_command(email: str, *, yes: bool) -> None:
    """Erase whoever has this address from every table. What they have open is ended first."""
    with operating() as occasion:
        if not yes:
            click.confirm(f"Erase everything about {email}? Nothing brings it back", abort=True)
        erase(email, cast(LinkKeys, current_app.extensions["link_keys"]), occasion)
    click.echo(f"Erased {email}. What happened stays as history with nobody's name.")


@click.command("correct")
@click.argument("email")
@click.option("--name", default="", help="The right name.")
@click.option("--new-email", default="", help="The right address. Make sure whose it is.")
def correct_command(email: str, *, name: str, new_email: str) -> None:
    """Correct the name or the address of whoever has EMAIL, wherever it stands."""
    with operating() as occasion:
        correct(email, occasion, name=name, new_address=new_email)
    click.echo("Corrected.")


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Say what is due and change nothing.")
def retention_command(*, dry_run: bool) -> None:
    """Erase what was kept for as long as the settings say; the worker does so once a day."""
    with operating() as occasion:
        for due in list_due(occasion):
            click.echo(f"{due.count:8}  {due.rule.words}, before {due.before:%d %B %Y}")
        if dry_run:
            click.echo("Nothing was changed.")
            return
        click.echo(f"{apply_retention(occasion)} rows were erased.")
