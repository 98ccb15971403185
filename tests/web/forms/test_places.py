from wtforms import Form

from matcher.web.forms.places import PlaceName, whereabouts


class Where(Form):
    where = PlaceName("Where would you start from?", enter="Enter where you would start from")


class Building(Form):
    where = PlaceName("Where?", keep_sector=True)


def test_a_postcode_keeps_only_its_first_half(sent):
    form = sent(Where, where="ws1 1tp")
    assert not form.errors
    assert form.where.place.id == "outcode:WS1"


def test_a_public_building_keeps_its_sector(sent):
    assert sent(Building, where="RG14 5LD").where.place.id == "sector:RG14 5"


def test_an_ambiguous_name_is_asked_about(sent):
    form = sent(Where, where="Newport")
    assert form.errors
    assert len(form.where.choices) > 1
    assert form.where.anchor == "where-which"


def test_a_choice_among_those_settles_it(sent):
    chosen = sent(Where, where="Newport").where.choices[1]
    form = sent(Where, where="Newport", where__which=chosen.id)
    assert not form.errors
    assert form.where.place == chosen


def test_a_choice_of_another_name_does_not_count(sent):
    form = sent(Where, where="Walsall", where__which="outcode:RG14")
    assert form.where.place.council_name == "Walsall"


def test_a_mistyped_name_offers_similar_ones(sent):
    form = sent(Where, where="Wallsal")
    assert form.errors
    assert "Walsall" in [place.name for place in form.where.choices]


def test_an_unknown_name_says_what_to_enter(sent):
    form = sent(Where, where="Xyzzyplugh")
    assert form.errors
    assert "We do not know this place" in form.where.errors[0]


def test_nothing_asks_for_something(sent):
    form = sent(Where, where="")
    assert form.errors
    assert list(form.where.errors) == ["Enter where you would start from"]


def test_what_was_kept_shows_and_settles_the_same(sent):
    chosen = sent(Where, where="Newport").where.choices[1]
    kept = sent(Where, where="Newport", where__which=chosen.id).where.kept
    assert Where(None, data={"where": kept}).where.place == chosen


def test_a_place_is_kept_without_a_full_postcode(sent):
    assert "1TP" not in str(whereabouts(sent(Where, where="WS1 1TP").where.place))


def test_anything_is_answered_with_a_place_or_a_sentence(sent, bad_input):
    form = sent(Where, where=bad_input)
    assert form.where.place or form.where.errors[0]
    assert "<script>alert" not in form.where()
