"""What the process does in which a file is read: the file comes on its input, JSON goes out.

It knows nothing of the service, has no secrets, and limits itself before it looks at anything.
"""

import json
import resource
import sys

from matcher.sheets.files import read_file
from matcher.sheets.table import MOST_BYTES, CannotRead, Unreadable

MOST_MEMORY = 1024**3
MOST_SECONDS = 10


def main() -> None:
    """Answer with the lines, or with why there are none."""
    _limit()
    try:
        lines = read_file(sys.stdin.buffer.read(MOST_BYTES + 1)).lines
        answer: object = [[line.number, line.cells, line.formulas] for line in lines]
    except CannotRead as refused:
        answer = {"why": refused.why, "line": refused.line}
    except (MemoryError, RecursionError):
        answer = {"why": Unreadable.UNPACKS_TOO_LARGE, "line": 0}
    json.dump(answer, sys.stdout, ensure_ascii=True, separators=(",", ":"))


def _limit() -> None:
    """Take memory, time and the writing of files away from this process for good."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
