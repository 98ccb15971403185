import pytest

from matcher.matching.thesaurus import (
    Group,
    Thesaurus,
    ThesaurusError,
    read_acronyms,
    read_groups,
    shipped_thesaurus,
)


def test_a_line_has_its_id_before_a_colon():
    [group] = read_groups(["chief-executive: chief executive | head of paid service {0.6}"])
    assert (group.id, group.terms) == (
        "chief-executive",
        ("chief executive", "head of paid service"),
    )


def test_a_weight_that_is_not_written_is_a_half():
    [group] = read_groups(["bins: waste collection | bin rounds"])
    assert group.weight == 0.5


def test_two_meanings_of_an_acronym_have_nothing_to_do_with_each_other():
    lines = ["acronym,expansion", "BIA,best interests assessor", "BIA,business impact analysis"]
    assert [group.terms for group in read_acronyms(lines)] == [
        ("BIA", "best interests assessor"),
        ("BIA", "business impact analysis"),
    ]


def test_a_group_of_one_term_names_its_line():
    with pytest.raises(ThesaurusError, match="line 2"):
        list(read_groups(["# groups", "alone: alone"]))


def test_every_shipped_group_has_the_id_that_its_line_gives():
    assert "chief-executive" in shipped_thesaurus().by_id


def test_a_group_with_a_known_id_takes_its_place():
    old, new = Group("a", ("one", "two")), Group("a", ("three", "four"))
    assert Thesaurus((old,)).with_groups([new]).groups == (new,)


def test_a_group_that_is_switched_off_is_gone_and_the_version_differs():
    both = Thesaurus((Group("a", ("one", "two")), Group("b", ("three", "four"))))
    assert both.without(["a"]).by_id.keys() == {"b"}
    assert both.without(["a"]).version != both.version
