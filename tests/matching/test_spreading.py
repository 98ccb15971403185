import pytest
from distributed import Client, LocalCluster

from matcher.matching.index import OfferIndex
from matcher.matching.offers import Need, Offer

SUBJECTS = ("council tax", "housing", "social media", "planning", "licensing", "waste")
OFFERS = [
    Offer(f"o{number:03}", experience=(f"{SUBJECTS[number % 6]} and {SUBJECTS[number % 5]}",))
    for number in range(60)
]
NEEDS = [Need(f"n{number}", text=SUBJECTS[number % 6]) for number in range(1_100)]


@pytest.fixture(scope="module")
def scheduler():
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        Client(cluster),
    ):
        yield cluster.scheduler_address


def test_forked_processes_give_the_same_answers_as_one_by_one():
    index = OfferIndex(OFFERS)
    assert index.rank_many(NEEDS[:50], jobs=2) == [index.rank(need) for need in NEEDS[:50]]


@pytest.mark.filterwarnings("default::ResourceWarning")
def test_a_cluster_gives_the_same_answers_as_one_alone(scheduler):
    index = OfferIndex(OFFERS)
    assert index.rank_many(NEEDS, 3, cluster=scheduler) == index.rank_many(NEEDS, 3)
