"""Backups while the service runs, and their restoration with a held outbox and nobody brought back.

SQLite is copied by its own online backup; PostgreSQL by ``pg_dump`` and ``pg_restore``.
"""

import os
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import URL, inspect

from matcher.actions.post.holding import hold_waiting
from matcher.actions.privacy.erasing import erase_again
from matcher.lifecycle.refusals import NotAllowed
from matcher.mail.links import LinkKeys
from matcher.operating.acting import operator_occasion
from matcher.records.database import db
from matcher.records.erasures import ErasedAddress, Erasure, list_erasures
from matcher.settings import Settings

OWNER_ONLY = 0o600
LONGEST_SECONDS = 6 * 3600


class BackupFailed(Exception):  # noqa: N818  names what happened, in the operator's words
    """The database's own program refused; its words say why."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoration did besides copying: emails held, and people erased again."""

    held: int
    erased: int


def back_up(target: Path) -> None:
    """Write the whole database to a new file that only its owner may read.

    Raises NotAllowed where there is a file of that name, BackupFailed. A file that was begun and
    not finished is taken away.
    """
    if target.exists():
        raise NotAllowed(f"{target} is there already; name a new file")
    begun = target.with_name(target.name + ".part")
    os.close(os.open(begun, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, OWNER_ONLY))
    try:
        _dump(db.engine.url, begun)
        begun.rename(target)
    finally:
        begun.unlink(missing_ok=True)


def _dump(url: URL, target: Path) -> None:
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(_sqlite_path(url), target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}", url=url)


def _sqlite_path(url: URL) -> Path:
    if not url.database:
        raise NotAllowed("a database in memory cannot be backed up")
    return Path(url.database)


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that may be in use; the source is looked through before anything is copied.

    Raises BackupFailed.
    """
    with closing(sqlite3.connect(source)) as from_, closing(sqlite3.connect(target)) as to:
        try:
            (sound,) = from_.execute("PRAGMA quick_check").fetchone()
            if sound != "ok":
                raise BackupFailed(f"{source} is damaged: {sound}")
            from_.backup(to)
        except sqlite3.DatabaseError as fault:
            raise BackupFailed(f"{source}: {fault}") from None


def _run(program: str, *options: str, url: URL) -> None:
    """Run a program of PostgreSQL; the password goes by the environment, where nobody reads it."""
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    command = [program, *options, f"--dbname={plain}"]
    try:
        done = subprocess.run(  # noqa: S603  our own words; the address comes from the settings
            command,
            check=False,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
        )
    except FileNotFoundError:
        raise BackupFailed(f"{program} is not installed: install postgresql-client") from None
    if done.returncode:
        raise BackupFailed(f"{program}: {done.stderr.strip() or done.returncode}")


def restore(
    source: Path, settings: Settings, keys: LinkKeys, erased: Iterable[ErasedAddress]
) -> Restored:
    """Put a backup in the place of the database; web and workers are to stand still meanwhile.

    The schema is brought to this release, what waited in the outbox is held until it is released,
    and whoever was erased since the backup is erased again. Raises BackupFailed.
    """
    lines = {*erased, *_erased_so_far()}
    _load(db.engine.url, source)
    upgrade()
    occasion = operator_occasion(settings)
    return Restored(held=hold_waiting(occasion), erased=erase_again(lines, keys, occasion))


def _erased_so_far() -> list[ErasedAddress]:
    """Return the list in the database that is about to be replaced; empty where it has none."""
    there = inspect(db.engine).has_table(Erasure.__tablename__)
    found = list_erasures(db.session()) if there else []
    db.session.remove()
    db.engine.dispose()
    return found


def _load(url: URL, source: Path) -> None:
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(source, _sqlite_path(url))
    else:
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
        _run("pg_restore", *options, str(source), url=url)
