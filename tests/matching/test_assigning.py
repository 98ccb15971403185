import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matcher.matching.assigning import Pair, Unserved, assign

RUTH, ROSE = "ruth", "rose"


def matrix_pairs(scores):
    return [
        Pair(f"n{row:03}", f"o{column:03}", float(score))
        for (row, column), score in np.ndenumerate(scores)
    ]


@pytest.mark.parametrize("seed", range(200))
def test_the_total_is_that_of_scipy_s_optimum(seed):
    chance = np.random.default_rng(seed)
    scores = chance.random(chance.integers(1, 9, 2)).round(3)
    rows, columns = linear_sum_assignment(scores, maximize=True)
    assert assign(matrix_pairs(scores)).total == pytest.approx(scores[rows, columns].sum())


def test_serving_more_comes_before_a_better_total():
    pairs = [Pair(RUTH, "victor", 1.0), Pair(RUTH, "vera", 0.1), Pair(ROSE, "victor", 0.1)]
    assert len(assign(pairs).pairs) == 2


def test_who_has_room_for_two_goes_to_two():
    pairs = [Pair(RUTH, "victor", 0.5), Pair(ROSE, "victor", 0.5)]
    assert len(assign(pairs, capacities={"victor": 2}).pairs) == 2


def test_a_request_for_two_people_gets_two():
    pairs = [Pair(RUTH, "victor", 0.5), Pair(RUTH, "vera", 0.4)]
    assert len(assign(pairs, places={RUTH: 2}).pairs) == 2


def test_who_is_not_served_is_told_why():
    pairs = [Pair(RUTH, "victor", 0.9), Pair(ROSE, "victor", 0.5)]
    found = assign(pairs, places={"rita": 2})
    assert (found.lacking, found.why) == (
        {ROSE: 1, "rita": 2},
        {ROSE: Unserved.ALL_TAKEN, "rita": Unserved.NO_CANDIDATE},
    )


def test_nobody_at_all_is_an_answer_too():
    assert assign([]).pairs == ()


def test_fairness_makes_the_worst_match_as_good_as_it_can_be():
    scores = np.array([[1.0, 0.5], [0.9, 0.1]])
    worst = {fair: assign(matrix_pairs(scores), fair=fair).worst for fair in (False, True)}
    assert worst == {False: 0.5, True: 0.5}


def test_fairness_gives_up_some_of_the_total():
    scores = np.array([[1.0, 0.4], [0.4, 0.1]])
    plain, fair = (assign(matrix_pairs(scores), fair=fair) for fair in (False, True))
    assert (plain.worst, fair.worst, plain.total > fair.total) == (0.1, 0.4, True)


def test_a_pair_given_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        assign([Pair(RUTH, "victor", 0.5), Pair(RUTH, "victor", 0.6)])


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_score_beyond_0_to_1_is_refused(score):
    with pytest.raises(ValueError, match="0 to 1"):
        assign([Pair(RUTH, "victor", score)])


pairs_of_few = st.lists(
    st.builds(
        Pair,
        st.sampled_from(["n1", "n2", "n3"]),
        st.sampled_from(["o1", "o2", "o3"]),
        st.integers(0, 10).map(lambda tenths: tenths / 10),
    ),
    unique_by=lambda pair: (pair.need_id, pair.offer_id),
)


@given(pairs_of_few, st.randoms(use_true_random=False))
def test_the_same_pairs_in_any_order_are_assigned_alike(pairs, random):
    assert assign(random.sample(pairs, len(pairs))) == assign(pairs)


@given(pairs_of_few, st.integers(0, 2), st.integers(0, 2))
def test_nobody_goes_beyond_places_or_room(pairs, places, room):
    found = assign(pairs, places={"n1": places}, capacities={"o1": room})
    needs = [pair.need_id for pair in found.pairs]
    offers = [pair.offer_id for pair in found.pairs]
    assert needs.count("n1") <= places
    assert offers.count("o1") <= room
