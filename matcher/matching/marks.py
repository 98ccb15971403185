"""What is known of each row before a ranking: bars that rest on short lists, and absent dates.

Only the rows on the lists are written, and put back afterwards, so the cost does not grow with
the table.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.matching.best import Given, Rows
from matcher.matching.offers import Bar, Need
from matcher.matching.reach import BITS
from matcher.matching.table import Table, away_rows
from matcher.matching.topics import topics_in


@dataclass
class Marks:
    """By row: the bits of the bars known beforehand, what remains for the wanted dates, and room
    for a sum.
    """

    bars: NDArray[np.uint16]
    dates: NDArray[np.float32]
    sums: NDArray[np.float32]
    touched: list[NDArray[np.int64]]

    def clear(self) -> None:
        """Put back what was written."""
        for rows in self.touched:
            self.bars[rows] = 0
            self.dates[rows] = 1.0
        self.touched.clear()

    def add(self, bar: Bar, rows: Sequence[int] | NDArray[np.int64]) -> None:
        """Mark the rows with a bar."""
        if len(rows):
            marked = np.array(rows, np.int64)  # a copy: a view would keep the list from growing
            marked = marked[marked < self.bars.size]  # a row may be on a list before it is complete
            self.bars[marked] |= np.uint16(BITS[bar])
            self.touched.append(marked)


class MarkRoom:
    """Marks to use again: one set for each ranking that is under way."""

    def __init__(self) -> None:
        self._spare: list[Marks] = []

    @contextmanager
    def marked(self, table: Table, need: Need, dates_weight: float) -> Iterator[Rows]:
        """Yield the table's rows, marked for this need for the time of a with-block."""
        words, facts = table.words, table.facts
        size = min(words.offer_items.size - 1, facts.size)
        marks = self._take(size)
        _mark_lists(marks, table, need)
        _mark_topics(marks, table, need)
        _mark_dates(marks, table, need, dates_weight)
        try:
            yield Rows(words, facts, Given(marks.bars, marks.dates, marks.sums))
        finally:
            marks.clear()
            self._spare.append(marks)

    def _take(self, size: int) -> Marks:
        try:
            marks = self._spare.pop()
        except IndexError:
            marks = _blank(size)
        return marks if marks.bars.size >= size else _blank(2 * size)

    def __getstate__(self) -> dict[str, object]:
        """Return nothing to keep: the room is made anew where it is needed."""
        return {"_spare": []}


def _blank(size: int) -> Marks:
    sums = np.zeros(size, np.float32)  # takes no memory until it is used
    return Marks(np.zeros(size, np.uint16), np.ones(size, np.float32), sums, [])


def _mark_lists(marks: Marks, table: Table, need: Need) -> None:
    marks.add(Bar.REFUSED, [table.rows[offer] for offer in need.refused if offer in table.rows])
    if need.organisation_id is not None:
        own = need.organisation_id
        marks.add(Bar.SAME_ORGANISATION, table.by_organisation.get(own, ()))
        marks.add(Bar.RELATED_ORGANISATION, table.by_related.get(own, ()))
    for organisation in need.unwanted_organisations:
        marks.add(Bar.CONFLICT, table.by_organisation.get(organisation, ()))
    if need.area and table.with_areas:
        inside = np.array(table.by_area.get(need.area, ()), np.int64)
        marks.add(Bar.OUTSIDE_AREAS, np.setdiff1d(np.array(table.with_areas), inside))


def _mark_topics(marks: Marks, table: Table, need: Need) -> None:
    if table.by_topic:
        for topic in topics_in((need.title, need.text)) & table.by_topic.keys():
            marks.add(Bar.NOT_FOR_ME, table.by_topic[topic])


def _mark_dates(marks: Marks, table: Table, need: Need, weight: float) -> None:
    days = need.dates or ((need.as_of,) if need.as_of else ())
    absences = away_rows(table)
    if not absences.size or not days:
        return
    rows, absent = np.unique(_absent(absences, days), return_counts=True)
    rows, absent = rows[rows < marks.dates.size], absent[rows < marks.dates.size]
    marks.add(Bar.AWAY, rows[absent == len(set(days))])
    marks.dates[rows] = 1.0 - weight * absent / len(set(days))
    marks.touched.append(rows)


def _absent(absences: NDArray[np.int64], days: Iterable[date]) -> NDArray[np.int64]:
    # Each row once for each day on which it is away, however many absences cover the day.
    row, first, last = absences.T
    away = [
        np.unique(row[(first <= day) & (day <= last)])
        for day in sorted({day.toordinal() for day in days})
    ]
    return np.concatenate(away)
