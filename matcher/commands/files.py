"""The commands that work on files alone: rank, assign and judge. They need no settings."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from rich.console import Console
from rich.progress import Progress as Bar

from matcher.matching.commands import (
    Progress,
    Sharing,
    assign_files,
    judge_files,
    rank_files,
    write_assignment,
    write_pairs,
)
from matcher.matching.csv_files import CsvError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
LINES_SHOWN = 3

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def _options(command: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Add the options that all three share."""
    for option in (
        click.option("--cluster", help="Address of a Dask scheduler, such as tcp://host:8786."),
        click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64)),
        click.option("--requests", required=True, type=FILE, help="CSV of help requests."),
        click.option("--volunteers", required=True, type=FILE, help="CSV of volunteers."),
    ):
        command = option(command)
    return command


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show a bar where there is a terminal; a wrong line ends the command and is named."""
    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("requests")
        try:
            yield lambda done, of: bar.update(task, completed=done, total=of)
        except CsvError as error:
            bar.stop()
            sys.exit(str(error))


@click.command("rank")
@_options
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--out", type=OUT, help="CSV to write; without it the best few are shown.")
def rank_command(
    *, volunteers: Path, requests: Path, jobs: int, cluster: str | None, top: int, out: Path | None
) -> None:
    """Rank volunteers for each request, with the words and facts that made each score."""
    with _progress() as progress:
        sharing = Sharing(jobs, cluster)
        ranked = rank_files(volunteers, requests, top=top, sharing=sharing, progress=progress)
    if out is not None:
        write_pairs(ranked, out)
        click.echo(f"Wrote {out}.")
        return
    for one in ranked:
        best = (f"{each.offer_id} {each.score:.3f}" for each in one.candidates[:LINES_SHOWN])
        click.echo(f"{one.need.id}: {', '.join(best) or 'nobody'}")


@click.command("assign")
@_options
@click.option("--fair", is_flag=True, help="Make the worst match as good as can be, first.")
@click.option("--out", type=OUT, required=True, help="CSV to write.")
def assign_command(
    *, volunteers: Path, requests: Path, jobs: int, cluster: str | None, fair: bool, out: Path
) -> None:
    """Find the best use of everybody over all requests: most served first, then best matched."""
    with _progress() as progress:
        sharing = Sharing(jobs, cluster)
        assignment = assign_files(
            volunteers, requests, fair=fair, sharing=sharing, progress=progress
        )
    write_assignment(assignment, out)
    lacking = sum(assignment.lacking.values())
    click.echo(f"{len(assignment.pairs)} places filled, {lacking} not. Wrote {out}.")


@click.command("judge")
@_options
@click.option("--labels", required=True, type=FILE, help="CSV: request, volunteer, grade 0 to 2.")
def judge_command(
    *, volunteers: Path, requests: Path, jobs: int, cluster: str | None, labels: Path
) -> None:
    """Say how well the ranking agrees with labels, with 95 % intervals."""
    with _progress() as progress:
        sharing = Sharing(jobs, cluster)
        judged = judge_files(volunteers, requests, labels, sharing=sharing, progress=progress)
    click.echo(f"{judged.requests} requests")
    for each in judged.measures:
        click.echo(f"{each.name}: {each.mean:.3f} ({each.low:.3f} to {each.high:.3f})")
