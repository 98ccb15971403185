import csv
import re
from collections import Counter
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "matcher" / "matching" / "data" / "acronyms.csv"
LINES = FILE.read_text("utf-8").splitlines()
ACRONYMS = list(csv.DictReader(LINES))
REPEATED = {a for a, times in Counter(row["acronym"] for row in ACRONYMS).items() if times > 1}


def test_the_acronyms_have_three_columns():
    assert LINES[0] == "acronym,expansion,note"


def test_there_are_some_hundreds_of_acronyms():
    assert len(ACRONYMS) >= 350


def test_every_acronym_is_one_short_word_with_a_capital():
    wanted = re.compile(r"(?=.*[A-Z])[A-Za-z0-9]{2,8}")
    assert [row for row in ACRONYMS if not wanted.fullmatch(row["acronym"])] == []


def test_every_expansion_is_two_words_or_more_in_small_letters():
    wanted = re.compile(r"[a-z0-9][a-z0-9'-]*( [a-z0-9][a-z0-9'-]*)+")
    assert [row for row in ACRONYMS if not wanted.fullmatch(row["expansion"])] == []


def test_no_row_of_the_acronyms_stands_twice():
    rows = Counter((row["acronym"].lower(), row["expansion"]) for row in ACRONYMS)
    assert [row for row, times in rows.items() if times > 1] == []


def test_the_acronyms_are_sorted():
    names = [row["acronym"].lower() for row in ACRONYMS]
    assert names == sorted(names)


def test_an_acronym_with_two_rows_says_that_it_is_ambiguous():
    noted = {row["acronym"] for row in ACRONYMS if row["note"].startswith("ambiguous: ")}
    assert noted >= REPEATED


def test_every_note_begins_in_one_of_two_ways():
    wanted = re.compile(r"(ambiguous: also .+|capitals: .+)?")
    assert [row for row in ACRONYMS if not wanted.fullmatch(row["note"])] == []


@pytest.mark.parametrize("word", ["SEND", "MASH", "BID", "MAT", "RAG", "PIP", "PACE", "TOM"])
def test_an_acronym_that_is_an_everyday_word_asks_for_capitals(word):
    notes = {row["note"].partition(":")[0] for row in ACRONYMS if row["acronym"] == word}
    assert notes == {"capitals"}


@pytest.mark.parametrize("word", ["IT", "ITS", "US", "WHO", "AID", "CAT", "ACT", "SEP", "NICE"])
def test_everyday_words_are_no_acronyms(word):
    assert word not in {row["acronym"].upper() for row in ACRONYMS}


@pytest.mark.parametrize(
    ("acronym", "expansion"),
    [
        ("CEO", "chief executive"),
        ("FOI", "freedom of information"),
        ("SEND", "special educational needs and disabilities"),
        ("GIS", "geographic information system"),
        ("DPIA", "data protection impact assessment"),
        ("CRM", "customer relationship management"),
        ("LGR", "local government reorganisation"),
    ],
)
def test_a_settled_acronym_means_one_thing(acronym, expansion):
    assert [row["expansion"] for row in ACRONYMS if row["acronym"] == acronym] == [expansion]
