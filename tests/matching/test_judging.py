import math

import pytest

from matcher.matching.judging import ideal_on_top, judge, ndcg, recall, reciprocal_rank

GRADES = {"ideal": 2, "good": 1, "poor": 0}


def test_a_perfect_ranking_has_an_ndcg_of_1():
    assert ndcg(["ideal", "good", "poor"], GRADES) == 1.0


def test_ndcg_is_the_published_formula():
    expected = (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))
    assert ndcg(["good", "ideal"], GRADES) == pytest.approx(expected)


def test_ndcg_looks_at_the_first_ten_only():
    assert ndcg(["x"] * 10 + ["ideal"], GRADES) == 0.0


def test_recall_counts_the_suitable_among_the_first_ten():
    assert recall(["poor", "good"], GRADES) == 0.5


def test_the_reciprocal_rank_is_that_of_the_first_suitable_one():
    assert reciprocal_rank(["poor", "good", "ideal"], GRADES) == 0.5


def test_the_reciprocal_rank_of_a_miss_is_0():
    assert reciprocal_rank(["poor"], GRADES) == 0.0


@pytest.mark.parametrize(("place", "expected"), [(2, 1.0), (3, 0.0)])
def test_an_ideal_one_counts_among_the_first_three(place, expected):
    ranking = ["a", "b", "c", "d"]
    ranking[place] = "ideal"
    assert ideal_on_top(ranking, GRADES) == expected


def test_where_no_grade_is_2_the_highest_is_ideal():
    assert ideal_on_top(["good"], {"good": 1}) == 1.0


def test_requests_without_anyone_suitable_do_not_count():
    judgement = judge({"r1": ["ideal"], "r2": []}, {"r1": GRADES, "r2": {"poor": 0}})
    assert (judgement.requests, judgement.unlabelled) == (1, 1)


def test_the_mean_lies_within_its_interval():
    rankings = {f"r{number}": ["ideal"] if number % 3 else ["poor"] for number in range(60)}
    measure = judge(rankings, dict.fromkeys(rankings, GRADES)).of("MRR")
    assert measure.low < measure.mean < measure.high


def test_judging_twice_gives_the_same_interval():
    rankings = {f"r{number}": ["ideal"] if number % 2 else [] for number in range(10)}
    labels = dict.fromkeys(rankings, GRADES)
    assert judge(rankings, labels) == judge(rankings, labels)
