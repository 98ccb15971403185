"""Names are compared without case, accents, punctuation and council words."""

from matcher.places.names import COUNCIL_JOINTS, TOWN_JOINTS, head, normalise, readings


def test_case_accents_apostrophes_and_saints_do_not_matter():
    assert normalise("  Saint Môn's-upon-X & Y ") == "st mons on x and y"


def test_council_words_come_off_one_at_a_time():
    assert [reading.key for reading in readings("cyngor sir benfro")] == [
        "cyngor sir benfro",
        "sir benfro",
        "benfro",
    ]


def test_borough_means_a_council_and_city_need_not():
    assert [reading.council_meant for reading in readings("city of leeds")] == [False, False]
    assert [reading.council_meant for reading in readings("borough of poole")] == [False, True]


def test_the_head_of_a_joined_name_stands_for_it():
    assert head("stoke on trent", TOWN_JOINTS) == "stoke"


def test_only_councils_are_joined_with_and():
    assert head("barking and dagenham", TOWN_JOINTS) is None
    assert head("barking and dagenham", COUNCIL_JOINTS) == "barking"


def test_a_head_of_three_letters_says_too_little():
    assert head("mid and east antrim", COUNCIL_JOINTS) is None
