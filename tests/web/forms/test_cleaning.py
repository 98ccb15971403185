import unicodedata

from matcher.web.forms.cleaning import clean_line, clean_text


def test_line_breaks_of_every_kind_become_one():
    assert clean_text("a\r\nb\rc\x0bd\x0ce\u2028f").words == "a\nb\nc\nd\ne\nf"


def test_two_paragraphs_stay_two_however_many_lines_lie_between():
    assert clean_text("one\r\n \r\n\t\r\n\r\ntwo").words == "one\n\ntwo"


def test_a_line_has_neither_breaks_nor_runs_of_spaces():
    assert clean_line("  Ruth \u00a0\r\n  Osei\t").words == "Ruth Osei"


def test_letters_in_two_parts_become_one():
    assert clean_line("Mo\u0302n").words == "Môn"


def test_control_characters_are_taken_out_and_named():
    cleaned = clean_text("a\x00b\x07c\x00")
    assert (cleaned.words, cleaned.removed) == ("abc", ("U+0000", "U+0007"))


def test_marks_that_turn_the_reading_direction_are_taken_out_and_named():
    assert clean_line("gov\u202eku").removed == ("U+202E",)


def test_what_word_processors_hide_goes_in_silence():
    assert clean_line("\ufeffhelp\u200b") == clean_line("help")


def test_an_emoji_of_several_parts_stays_whole():
    assert clean_line("👩‍👩‍👧‍👦").words == "👩‍👩‍👧‍👦"


def test_cleaning_twice_changes_nothing_more(bad_input):
    once = clean_text(bad_input).words
    assert clean_text(once).words == once


def test_what_is_kept_can_be_written_anywhere(bad_input):
    written = clean_text(bad_input).words.encode()
    assert b"\x00" not in written


def test_what_is_kept_is_in_one_form(bad_input):
    assert unicodedata.is_normalized("NFC", clean_text(bad_input).words)
