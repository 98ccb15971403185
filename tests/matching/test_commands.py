import csv

import pytest

from matcher.matching.commands import (
    PAIR_COLUMNS,
    assign_files,
    judge_files,
    rank_files,
    write_assignment,
    write_pairs,
)


@pytest.fixture
def files(tmp_path):
    texts = {
        "volunteers": "id,experience\nvictor,I brief councillors\nvera,I empty bins\n",
        "requests": "id,text\nr1,brief our members\nr2,bins\nr3,astronomy\n",
        "labels": "request,volunteer,grade\nr1,victor,2\nr2,vera,1\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return {name: tmp_path / f"{name}.csv" for name in texts}


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_rank_finds_candidates_for_each_request(files):
    ranked = rank_files(files["volunteers"], files["requests"])
    found = {one.need.id: [candidate.offer_id for candidate in one.candidates] for one in ranked}
    assert found == {"r1": ["victor"], "r2": ["vera"], "r3": []}


def test_rank_tells_of_its_progress(files):
    told = []
    rank_files(files["volunteers"], files["requests"], progress=lambda *step: told.append(step))
    assert told == [(0, 3), (3, 3)]


def test_pairs_are_written_with_their_words(files, tmp_path):
    write_pairs(rank_files(files["volunteers"], files["requests"]), tmp_path / "pairs.csv")
    head, first, _ = read(tmp_path / "pairs.csv")
    assert (tuple(head), first[:3], "members ≈ councillors" in first[-1]) == (
        PAIR_COLUMNS,
        ["r1", "victor", "1"],
        True,
    )


def test_judge_measures_the_labelled_requests(files):
    judgement = judge_files(files["volunteers"], files["requests"], files["labels"])
    assert (judgement.requests, judgement.of("nDCG@10").mean) == (2, 1.0)


def test_assign_serves_who_can_be_served_and_says_why_not(files, tmp_path):
    assignment = assign_files(files["volunteers"], files["requests"])
    write_assignment(assignment, tmp_path / "assigned.csv")
    lines = read(tmp_path / "assigned.csv")[1:]
    assert [(line[0], line[1], line[4]) for line in lines] == [
        ("r1", "victor", ""),
        ("r2", "vera", ""),
        ("r3", "", "no_candidate"),
    ]
