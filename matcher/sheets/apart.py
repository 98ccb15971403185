"""Reading a file in a process of its own, within limits of memory and time."""

import json
import os
import subprocess
import sys

from matcher.sheets.table import MOST_BYTES, CannotRead, Line, Table, Unreadable

MOST_SECONDS = 20
#: openpyxl would load numpy where it is there, which takes longer than most files do.
START = "import sys; sys.modules['numpy'] = None; from matcher.sheets.child import main; main()"
#: All that the process is given of this one's environment; nothing in it is a secret.
PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT")


def read_apart(content: bytes) -> Table:
    """Return the table that a file holds. Raises CannotRead."""
    if len(content) > MOST_BYTES:
        raise CannotRead(Unreadable.TOO_LARGE)
    try:
        done = subprocess.run(  # noqa: S603  our own words; the file is on its input
            [sys.executable, "-c", START],
            input=content,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        raise CannotRead(Unreadable.TOOK_TOO_LONG) from None
    if done.returncode != 0:
        raise CannotRead(Unreadable.TOOK_TOO_LONG)
    return _table(done.stdout)


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}


def _table(answer: bytes) -> Table:
    read = json.loads(answer)
    if isinstance(read, dict):
        raise CannotRead(Unreadable(read["why"]), read["line"])
    return Table(
        tuple(Line(number, tuple(cells), tuple(formulas)) for number, cells, formulas in read)
    )
