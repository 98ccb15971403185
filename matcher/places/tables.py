"""Reads the tables shipped in ``data``; ``data/SOURCES.md`` says where each comes from."""

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"


def read_rows(file_name: str) -> list[dict[str, str]]:
    """Return every row of ``data/<file_name>`` as a dictionary from column name to text."""
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_lines(file_name: str) -> list[str]:
    """Return the lines of ``data/<file_name>`` that are neither blank nor a ``#`` comment."""
    lines = (DATA / file_name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
