from benchmarks.exactness import SAME, differences
from matcher.matching.shelf import LARGE


def test_the_best_are_those_of_the_whole_score_in_double_precision():
    assert max(differences(needs=100, offers=LARGE + 1_000)) <= SAME
