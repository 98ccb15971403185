from matcher.matching.best import all_bars, best_rows, details_of
from matcher.matching.posted import best_posted
from matcher.matching.warming import warm_up


def test_warming_up_compiles_what_a_ranking_calls():
    warm_up()
    assert all(one.signatures for one in (best_rows, best_posted, details_of, all_bars))
