"""Writes the table of docs/privacy/record.md from the register: ``python docs/make_record.py``."""

from collections.abc import Iterator
from pathlib import Path

from matcher.records.personal_data import REGISTER, STAYS, Holding

RECORD = Path(__file__).parent / "privacy" / "record.md"
HEADINGS = (
    "what",
    "about",
    "why",
    "until",
    "blanked or deleted by erasure",
    "stays, with nobody's name",
)


def draw() -> str:
    """Return the document with the table as the register has it."""
    before, _, _ = RECORD.read_text(encoding="utf-8").partition(f"| {HEADINGS[0]} |")
    return before + "\n".join(lines()) + "\n"


def lines() -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"| {' | '.join(HEADINGS)} |"
    yield "|---" * len(HEADINGS) + "|"
    for holding in REGISTER.values():
        yield f"| {' | '.join(cells(holding))} |"


def cells(holding: Holding) -> tuple[str, ...]:
    """Return what one row of the table says."""
    columns = holding.columns.values()
    about = {side for column in columns for side in column.of} or holding.told
    gone = [column.words for column in columns if column.erased is not STAYS]
    stays = [column.words for column in columns if column.erased is STAYS]
    return (
        holding.title,
        ", ".join(sorted(about)),
        holding.purpose,
        holding.kept,
        ", ".join(gone) or "the rows",
        ", ".join(stays) or "–",
    )


if __name__ == "__main__":
    RECORD.write_text(draw(), encoding="utf-8")
