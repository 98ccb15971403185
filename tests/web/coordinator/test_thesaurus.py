import pytest

from matcher.actions.coordinator.thesaurus_changing import save_thesaurus
from matcher.actions.proposals.live_index import LiveIndex
from matcher.actions.proposals.proposing import propose
from matcher.lifecycle.tables import Actor
from matcher.matching.thesaurus import make_group
from matcher.records.database import db
from matcher.records.help_requests import HelpRequest
from matcher.records.thesaurus_versions import OwnThesaurus, latest_thesaurus

PAGE = "/coordinator/thesaurus"
CHIMNEYS = {"terms": "smokestack\nchimney", "nearness": "0.8"}


@pytest.fixture
def asked(cast):
    """A request for smokestacks, and somebody who sweeps chimneys; their ids."""
    volunteer_id = cast.volunteer(offer="I sweep chimneys with a drone.", name="Dick Vandyke")
    request_id = cast.request(need="Somebody to look at our smokestack.")
    propose(LiveIndex(), request_id, cast.acting(Actor.CLOCK))
    return request_id, volunteer_id


def in_force():
    db.session.rollback()
    return latest_thesaurus(db.session())[1]


def keep(cora, address, **form):
    """Look at the effect, and press the button that keeps it."""
    db.session.rollback()
    number = latest_thesaurus(db.session())[0]
    return cora.post(address, data={"sure": "yes", "based_on": str(number), **form})


def test_groups_are_found_by_a_word_of_theirs(cora):
    page = cora.get(f"{PAGE}?words=head+of+paid").text
    assert "1 group<" in page
    assert "chief executive" in page


def test_groups_are_cut_into_pages(cora):
    assert "page=2" in cora.get(PAGE).text


@pytest.mark.parametrize("narrowed", ["?show=off", "?show=own", "?words=nosuchword"])
def test_an_empty_list_says_so(cora, narrowed):
    assert "No groups like that" in cora.get(PAGE + narrowed).text


def test_a_group_shows_its_words_and_where_else_they_stand(cora):
    page = cora.get(f"{PAGE}/groups/chief-executive").text
    assert "head of paid service" in page
    assert "“chief executive”, “ceo”:" in page


def test_the_effect_of_a_new_group_is_shown_before_it_is_kept(cora, asked):
    page = cora.post(f"{PAGE}/add", data=CHIMNEYS)
    assert page.status_code == 200
    assert "1 open request changes" in page.text
    assert "Dick Vandyke" in page.text
    assert in_force() == OwnThesaurus()


def test_a_new_group_is_kept_with_one_press_more(cora, asked):
    answer = keep(cora, f"{PAGE}/add", **CHIMNEYS)
    assert answer.status_code == 303
    assert [group.terms for group in in_force().own] == [("smokestack", "chimney")]


def test_who_was_not_proposed_is_proposed_by_the_new_group(cora, cast, asked):
    keep(cora, f"{PAGE}/add", **CHIMNEYS)
    assert cast.get(HelpRequest, asked[0]).proposed_at is None
    propose(LiveIndex(), asked[0], cast.acting(Actor.CLOCK))
    page = cora.get(f"/coordinator/requests/{asked[0]}").text
    assert "chimneys ≈ smokestack" in page


def test_a_built_in_group_is_switched_off_and_on(cora):
    address = f"{PAGE}/groups/chief-executive/switch"
    assert "Switch it off" in cora.get(address).text
    keep(cora, address)
    assert in_force().off == {"chief-executive"}
    keep(cora, address)
    assert in_force().off == frozenset()


def test_a_group_of_our_own_is_changed_and_removed(cora):
    keep(cora, f"{PAGE}/add", **CHIMNEYS)
    address = f"{PAGE}/groups/own-smokestack"
    keep(cora, f"{address}/change", terms="smokestack\nflue", nearness="0.5")
    assert [group.terms for group in in_force().own] == [("smokestack", "flue")]
    keep(cora, f"{address}/remove")
    assert in_force() == OwnThesaurus()


def test_a_built_in_group_cannot_be_changed_or_removed(cora):
    address = f"{PAGE}/groups/chief-executive"
    answers = [cora.get(f"{address}/{each}").status_code for each in ("change", "remove")]
    answers.append(keep(cora, f"{address}/remove").status_code)
    assert answers == [404, 404, 404]


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        ("", "Enter the words and phrases"),
        ("chimney", "Enter two words or phrases or more"),
        ("chimney\nx", "“x” has no word of two letters or more"),
        ("chimney\nof the", "“of the” stands in nearly every sentence"),
        ("chimney\nflue\nchimneys", "“chimneys” says the same as “chimney”"),
        ("rota\nroster", "There is a group of these very words already"),
        ("\n".join(f"word{number}" for number in range(41)), "Enter 40 lines or fewer"),
        (f"chimney\n{'x' * 61}", "must be 60 characters or fewer"),
        ("x" * 100_000, "must be 4,000 characters or fewer"),
    ],
)
def test_words_that_make_no_group_are_refused(cora, terms, problem):
    if "rota" in terms:
        keep(cora, f"{PAGE}/add", terms="rota\nroster", nearness="0.8")
    answer = cora.post(f"{PAGE}/add", data={"terms": terms, "nearness": "0.5"})
    assert answer.status_code == 422
    assert problem in answer.text


@pytest.mark.parametrize("wicked", ["<b>x</b>", "=1+1 flue", "'; DROP TABLE", "🙂 smile", "cwm\tx"])
def test_any_words_can_be_kept_and_read_again(cora, wicked):
    keep(cora, f"{PAGE}/add", terms=f"chimney\n{wicked} stack", nearness="0.5")
    pages = [cora.get(f"{PAGE}{each}") for each in ("?show=own", "/groups/own-chimney", "/history")]
    assert {page.status_code for page in pages} == {200}
    assert "<b>x</b>" not in pages[0].text


def test_a_word_of_another_group_is_warned_of(cora):
    page = cora.post(f"{PAGE}/add", data={"terms": "boss\nceo", "nearness": "0.8"}).text
    assert "A word with two meanings brings the wrong people" in page
    assert "“ceo”:" in page


def test_what_was_shown_before_somebody_else_changed_it_is_shown_again(cora, cast):
    other = OwnThesaurus(own=(make_group(("flue", "duct"), group_id="own-flue"),))
    save_thesaurus(other, 0, cast.acting(Actor.COORDINATOR))
    answer = cora.post(f"{PAGE}/add", data={"sure": "yes", "based_on": "0", **CHIMNEYS})
    assert "Somebody else has changed the thesaurus meanwhile" in answer.text
    assert [group.id for group in in_force().own] == ["own-flue"]


def test_going_back_to_the_words_keeps_them(cora):
    answer = cora.post(f"{PAGE}/add", data={"again": "yes", **CHIMNEYS})
    assert answer.status_code == 200
    assert "smokestack\nchimney</textarea>" in answer.text


def test_the_history_says_who_changed_what(cora):
    keep(cora, f"{PAGE}/add", **CHIMNEYS)
    keep(cora, f"{PAGE}/groups/cabinet/switch")
    page = cora.get(f"{PAGE}/history").text
    assert "Cora Bell" in page
    assert "“smokestack” was added" in page
    assert "“cabinet” was switched off" in page


def test_a_change_is_undone_and_later_ones_stay(cora):
    keep(cora, f"{PAGE}/add", **CHIMNEYS)
    keep(cora, f"{PAGE}/groups/cabinet/switch")
    cora.post(f"{PAGE}/history/1/undo")
    assert in_force() == OwnThesaurus(off=frozenset({"cabinet"}))


def test_a_removal_is_undone(cora):
    keep(cora, f"{PAGE}/add", **CHIMNEYS)
    before = in_force()
    keep(cora, f"{PAGE}/groups/own-smokestack/remove")
    cora.post(f"{PAGE}/history/2/undo")
    assert in_force() == before


def test_what_is_undone_already_cannot_be_undone_again(cora):
    keep(cora, f"{PAGE}/groups/cabinet/switch")
    answers = [cora.post(f"{PAGE}/history/1/undo").status_code for _ in range(2)]
    assert answers == [303, 409]
    assert cora.post(f"{PAGE}/history/99/undo").status_code == 404


def test_a_group_that_is_not_there_is_not_found(cora):
    pages = ["", "/switch", "/change", "/remove"]
    answers = {cora.get(f"{PAGE}/groups/nonsense{each}").status_code for each in pages}
    assert answers == {404}
