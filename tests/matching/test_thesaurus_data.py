import re
from collections import Counter
from itertools import pairwise, permutations
from pathlib import Path
from typing import NamedTuple

import pytest

DATA = Path(__file__).parents[2] / "matcher" / "matching" / "data"
GROUP = re.compile(r"(?P<id>[^:]+): (?P<terms>.+?)(?: \{(?P<weight>[\d.]+)\})?")
SECTION = re.compile(r"\[[a-z, ]+\]")
AMERICAN = re.compile(r"(?<!s)iz(e|es|ed|ing|ation|ational)\b|center|behavior|color\b|labor\b")
TYPED_THE_AMERICAN_WAY = {
    "anti-social behavior",
    "behavioral insights",
    "benefits realization",
    "contact center",
    "data visualization",
    "organizational development",
}
TOO_WIDE_ALONE = set(
    re.findall(
        r"\w+",
        """assets audit benefits billing brief campaigns case communications compliance
        consultation development director elections enforcement executive facilities housing it
        legal lettings licensing management manager mapping market marketing markets members
        officer operations park parking parks partnership people performance planning policy
        presentation registration register report revenues secondment send services shadowing
        strategy support system talk training transition uniform volunteers waste""",
    )
)
ALONE_BUT_LIGHT = {"mapping", "revenues"}


class Group(NamedTuple):
    id: str
    terms: tuple[str, ...]
    weight: float


def lines_of_the_thesaurus():
    written = (DATA / "thesaurus.txt").read_text("utf-8").splitlines()
    return [line for line in written if line and not line.startswith("#")]


def read_group(line):
    found = GROUP.fullmatch(line)
    return Group(found["id"], tuple(found["terms"].split(" | ")), float(found["weight"] or 0.5))


def words(term):
    """Every word of a term as the matcher will see it: no hyphens, no possessive s."""
    return tuple(re.findall(r"[\w+]+", re.sub(r"'s?\b", "", term)))


def all_terms():
    return [(group, term) for group in GROUPS for term in group.terms]


def groups_with(term):
    return {group.id for group in GROUPS if words(term) in map(words, group.terms)}


def stands_in(shorter, longer):
    starts = range(len(longer) - len(shorter) + 1)
    return any(longer[i : i + len(shorter)] == shorter for i in starts)


def finds(group, phrase):
    return any(stands_in(words(term), words(phrase)) for term in group.terms)


LINES = lines_of_the_thesaurus()
GROUPS = [read_group(line) for line in LINES if GROUP.fullmatch(line)]


def test_every_line_of_the_thesaurus_is_a_section_or_a_group():
    odd = [line for line in LINES if not SECTION.fullmatch(line) and not GROUP.fullmatch(line)]
    assert odd == []


def test_the_thesaurus_begins_with_a_section():
    assert SECTION.fullmatch(LINES[0])


def test_no_section_is_empty_or_named_twice():
    sections = [line for line in LINES if SECTION.fullmatch(line)]
    side_by_side = [a for a, b in pairwise([*LINES, "[end]"]) if a[0] == "[" and b[0] == "["]
    assert len(sections) == len(set(sections))
    assert side_by_side == []


def test_there_are_several_hundred_groups():
    assert 450 <= len(GROUPS) <= 800


def test_every_id_is_in_kebab_case():
    assert [g.id for g in GROUPS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", g.id)] == []


def test_every_id_is_used_once():
    assert [id_ for id_, times in Counter(g.id for g in GROUPS).items() if times > 1] == []


def test_every_weight_is_over_nought_and_below_one():
    assert [group.id for group in GROUPS if not 0 < group.weight < 1] == []


def test_the_default_weight_is_not_written_out():
    assert [line for line in LINES if re.search(r"\{0?\.50*\}$", line)] == []


def test_no_group_has_a_single_term():
    assert [group.id for group in GROUPS if len(group.terms) < 2] == []


def test_no_term_stands_twice_in_a_group():
    assert [g.id for g in GROUPS if len(set(map(words, g.terms))) < len(g.terms)] == []


def test_no_term_holds_a_shorter_one_of_its_group():
    pairs = [(g.id, words(a), words(b)) for g in GROUPS for a, b in permutations(g.terms, 2)]
    assert [(id_, a, b) for id_, a, b in pairs if stands_in(a, b)] == []


def test_every_term_is_in_small_letters():
    wanted = re.compile(r"[a-z0-9](?:[a-z0-9 '&/.+-]*[a-z0-9+])?")
    assert [term for _, term in all_terms() if not wanted.fullmatch(term)] == []


def test_every_term_has_one_to_four_words():
    assert [term for _, term in all_terms() if not 1 <= len(words(term)) <= 4] == []


def test_no_term_loses_a_word_because_it_is_one_letter_long():
    lost = [t for _, t in all_terms() if any(len(w) == 1 and w != "a" for w in words(t))]
    assert lost == []


def test_no_term_is_made_of_function_words():
    listed = (DATA / "stop_words.txt").read_text("ascii").splitlines()
    function_words = {word for line in listed if line[0] != "#" for word in line.split()}
    assert [term for _, term in all_terms() if set(words(term)) <= function_words] == []


def test_terms_are_spelt_the_british_way():
    american = {term for _, term in all_terms() if AMERICAN.search(term)}
    assert american == TYPED_THE_AMERICAN_WAY


def test_a_word_with_many_meanings_never_stands_alone():
    alone = {term for _, term in all_terms() if term in TOO_WIDE_ALONE}
    assert alone == ALONE_BUT_LIGHT


def test_a_word_with_two_meanings_stands_alone_only_at_a_low_weight():
    heavy = [g.id for g, term in all_terms() if term in ALONE_BUT_LIGHT and g.weight > 0.3]
    assert heavy == []


@pytest.mark.parametrize(
    ("term", "found_as_well"),
    [
        ("parks service", "parking services"),
        ("parks manager", "parking manager"),
        ("council offices", "council officers"),
        ("new offices", "new officers"),
        ("record office", "records officer"),
        ("markets service", "marketing services"),
        ("market manager", "marketing manager"),
        ("council plan", "the council plans to"),
        ("free schools", "free school meals"),
        ("in-housing", "in housing"),
        ("it support", "it supports"),
        ("it manager", "it manages"),
        ("building services", "build services"),
        ("community building", "community buildings"),
        ("taking minutes", "it takes minutes"),
        ("send service", "send service users an email"),
        ("best start", "the best start"),
        ("lead authority", "a leading authority on"),
        ("people services", "young people's services"),
    ],
)
def test_a_term_whose_stems_mean_something_else_is_left_out(term, found_as_well):
    assert groups_with(term) == set(), f"it also finds: {found_as_well}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("chief executive", "ceo"),
        ("chief executive", "senior leadership"),
        ("chief executive", "corporate management team"),
        ("councillor", "elected member"),
        ("council tax", "revenues"),
        ("council tax", "revs and bens"),
        ("gis", "mapping"),
        ("gis", "digital mapping"),
        ("channel shift", "self-service"),
        ("section 151", "director of finance"),
        ("section 151", "section 95 officer"),
        ("low-code", "netcall"),
        ("online forms", "web forms"),
        ("refuse collection", "bin collections"),
        ("homelessness", "temporary accommodation"),
        ("home care", "domiciliary care"),
        ("ehcp", "education health care plan"),
        ("looked after children", "corporate parenting"),
        ("disabled facilities grant", "home adaptations"),
        ("freedom of information", "environmental information regulations"),
        ("llpg", "uprn"),
        ("section 106", "community infrastructure levy"),
        ("insourcing", "back in-house"),
        ("co-design", "lived experience"),
        ("peer review", "critical friend"),
        ("unconference", "localgovcamp"),
        ("local government reorganisation", "vesting day"),
        ("facebook", "social media"),
        ("rights of way", "footpaths"),
        ("crematorium", "bereavement services"),
    ],
)
def test_terms_that_help_each_other_share_a_group(one, other):
    assert any(finds(group, one) and finds(group, other) for group in GROUPS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gyms", "councillor"),
        ("benefits realisation", "housing benefit"),
        ("chief executive", "executive member"),
        ("chief executive", "executive committee"),
        ("ceo", "civil enforcement officers"),
        ("registrars", "electoral registration"),
        ("registrars", "land searches"),
        ("car parks", "country park"),
        ("planning applications", "emergency planning"),
        ("planning applications", "community planning"),
        ("planning applications", "workforce planning"),
        ("adoption agency", "highway adoption"),
        ("street market", "marketing campaign"),
        ("market traders", "market shaping"),
        ("process mapping", "gis"),
        ("agile delivery", "agile working"),
        ("business support officers", "small businesses"),
        ("enforcement agents", "planning enforcement"),
        ("parking enforcement", "planning enforcement"),
        ("hr", "hra"),
        ("internal audit", "accessibility audit"),
        ("job shadowing", "shadow authority"),
        ("climate adaptation", "home adaptations"),
        ("options appraisal", "staff appraisal"),
        ("software licences", "licensing act"),
        ("financial resilience", "local resilience forum"),
        ("social housing", "social media"),
        ("business case", "social care case management"),
        ("returning officer", "bring services back"),
        ("asset transfer", "transfer of undertakings"),
        ("front door", "fire safety"),
        ("personal budgets", "budget setting"),
        ("conservation areas", "wildlife"),
        ("community land trust", "corporate leadership team"),
        ("elected member", "election count"),
        ("digital inclusion", "diversity and inclusion"),
        ("scrutiny", "scrum"),
        ("waste collection", "debt collection"),
        ("council tax support", "desktop support"),
        ("private hire", "executive recruitment"),
    ],
)
def test_false_friends_stand_in_different_groups(one, other):
    assert groups_with(one)
    assert groups_with(other)
    assert groups_with(one).isdisjoint(groups_with(other))
