import pytest

from matcher.web.forms.areas import AreaNames, area_names
from matcher.web.forms.base import Form


class Travel(Form):
    areas = AreaNames("Which parts?", noun="The parts", enter="Enter where you would go")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("London only", ("London",)),
        ("Devon and Cornwall", ("Devon", "Cornwall")),
        ("Tyne and Wear", ("Tyne and Wear",)),
        ("Kent; East Sussex, Surrey", ("Kent", "Surrey", "East Sussex")),
        ("Wales or Shropshire", ("Wales", "Shropshire")),
        ("Kent County Council", ("Kent County Council",)),
        ("Cyngor Gwynedd", ("Gwynedd Council",)),
        ("Newbury", ("West Berkshire",)),
        ("West Midlands county", ("West Midlands county",)),
    ],
)
def test_areas_are_read_and_said_again_in_the_fewest_names(sent, typed, names):
    form = sent(Travel, areas=typed)
    assert (form.areas.errors, area_names(form.areas.councils)) == ([], names)


def test_an_area_of_two_meanings_is_asked_about(sent):
    assert sent(Travel, areas="Wales, West Midlands").areas.errors == [
        "“West Midlands” may be two areas. Write “West Midlands region” or “West Midlands county”"
    ]


def test_a_name_that_nobody_knows_is_named(sent):
    assert "We do not know the area “Narnia”" in sent(Travel, areas="Kent, Narnia").areas.errors[0]


def test_the_form_shows_what_is_kept(sent):
    kept = sent(Travel, areas="Kent, Wales").areas.councils
    assert Travel(None, data={"areas": kept}).areas.typed == "Wales, Kent"


def test_any_input_gets_an_answer_and_a_page(sent, bad_input):
    field = sent(Travel, areas=bad_input).areas
    assert field()
    assert bool(field.errors) != bool(field.councils)
