"""``matcher import-volunteers`` and ``import-requests``: lists, taken as on the page for it."""

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import click
from flask import current_app

from matcher.actions.lists.importing import SentList, drop_list, keep_list, take_list
from matcher.lifecycle.intake import Intake, LineState
from matcher.mail.links import LinkKeys
from matcher.operating.acting import operating
from matcher.records.database import db
from matcher.records.uploads import UploadView, read_bad_lines, read_upload
from matcher.sheets.apart import read_apart
from matcher.sheets.columns import read_headings
from matcher.sheets.table import MOST_BYTES, CannotRead
from matcher.sheets.writing import write_rows
from matcher.web.forms.checking import COLUMNS, Checking
from matcher.web.forms.travelling import LONGEST_MINUTES, SHORTEST_MINUTES
from matcher.web.forms.uploading import BESIDE, find_fault, lines_to_mend, why_words

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
LINES_SHOWN = 20

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def _options(command: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Add what both commands share."""
    for option in (
        click.argument("file", type=FILE),
        click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing."),
        click.option("--to-mend", type=OUT, help="CSV to write, of the lines that are wrong."),
    ):
        command = option(command)
    return command


@click.command("import-volunteers")
@_options
@click.option(
    "--usual-minutes",
    type=click.IntRange(SHORTEST_MINUTES, LONGEST_MINUTES),
    help="How far by train, one way, where the list does not say.",
)
def import_volunteers_command(
    *, file: Path, dry_run: bool, to_mend: Path | None, usual_minutes: int | None
) -> None:
    """Take in volunteers from FILE (CSV or .xlsx). Each is told by email and asked to confirm."""
    _run(Checking(Intake.VOLUNTEERS, usual_minutes), file, dry_run=dry_run, to_mend=to_mend)


@click.command("import-requests")
@_options
def import_requests_command(*, file: Path, dry_run: bool, to_mend: Path | None) -> None:
    """Take in help requests from FILE (CSV or .xlsx). Whoever asks is asked to confirm by email."""
    _run(Checking(Intake.REQUESTS), file, dry_run=dry_run, to_mend=to_mend)


def _run(checking: Checking, file: Path, *, dry_run: bool, to_mend: Path | None) -> None:
    with operating() as occasion:
        keys = cast(LinkKeys, current_app.extensions["link_keys"])
        upload_id = keep_list(_read(checking, file), keys, occasion)
        if not dry_run:
            take_list(upload_id, keys, occasion)
        view = read_upload(db.session(), upload_id, None, occasion.now)
        _say(view, dry_run=dry_run)
        if to_mend is not None:
            _write(view, to_mend)
        drop_list(upload_id, occasion)


def _read(checking: Checking, file: Path) -> SentList:
    """Return the list with its lines checked. Raises ClickException where there is none."""
    columns = COLUMNS[checking.intake]
    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    try:
        headed = read_headings(read_apart(content), columns)
    except CannotRead as refused:
        raise click.ClickException(f"{file}: {why_words(refused)}.") from None
    fault = find_fault(headed)
    if fault:
        raise click.ClickException(f"{file}: {fault}.")
    return checking.checked(headed, file.name)


def _say(view: UploadView, *, dry_run: bool) -> None:
    done, state = ("would be", LineState.GOOD) if dry_run else ("were", LineState.TAKEN)
    click.echo(f"{view.count(state)} lines {done} taken in.")
    click.echo(f"{view.count(LineState.KNOWN)} lines name who or what is here already.")
    click.echo(f"{view.count(LineState.BAD)} lines are to be mended.")
    if view.unread:
        click.echo(f"Columns that were not read: {', '.join(view.unread)}.")
    bad = read_bad_lines(db.session(), view.upload_id)
    for line in bad[:LINES_SHOWN]:
        click.echo(f"  Line {line.number}: {'. '.join(line.problems)}.", err=True)
    if len(bad) > LINES_SHOWN:
        click.echo(f"  … and {len(bad) - LINES_SHOWN} more; see --to-mend.", err=True)


def _write(view: UploadView, to_mend: Path) -> None:
    rows = lines_to_mend(view, read_bad_lines(db.session(), view.upload_id))
    with to_mend.open("w", encoding="utf-8", newline="") as written:
        written.writelines(write_rows([*view.headings, *BESIDE], rows))
    click.echo(f"Wrote {to_mend}.")
