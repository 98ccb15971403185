"""No regular expression takes long, whatever it is given: each is found and pumped.

The limit is on the processor's time, not the clock's: a machine may stand still, and a pattern that
runs away takes thousands of times longer than the limit.
"""

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator

import pytest

import matcher

LONG = 20_000
SECONDS = 2.0
UNITS = (
    "a", "0", " ", "\n", "\n ", "\t", ".", "-", "_", "/", ":", ",", "<", ">", "@", "{", "(", "=",
    "a ", "a.", "a-", "a@", "0.", "0 ", "<a", "/t/", "/t/a/", "aA", "not a ", "brief our ", "our ",
    "RG14 5LD ", "é", "\u2028", "\r\n", "some one ", "we want ", "0:0", "1.5", "half ",
    "and ", "only ",
)  # fmt: skip
ENDS = ("", "!", "\x00", "a", "\n\n", "@")


def patterns() -> Iterator[tuple[str, re.Pattern]]:
    """Every pattern that a module of ours keeps."""
    for each in pkgutil.walk_packages(matcher.__path__, "matcher."):
        if each.name.endswith("__main__"):
            continue
        module = importlib.import_module(each.name)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{each.name}.{name}", value


FOUND = dict(patterns())


class TooLong(Exception):  # noqa: N818  what happened, and a fault of the pattern's
    """A pattern went on past its time."""


def stop(*_args):
    raise TooLong


@pytest.fixture
def limited():
    before = signal.signal(signal.SIGVTALRM, stop)
    yield lambda: signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def pump(pattern: re.Pattern, unit: str) -> None:
    text = unit * (LONG // len(unit))
    for end in ENDS:
        given = text + end if isinstance(pattern.pattern, str) else (text + end).encode()
        pattern.search(given)
        pattern.fullmatch(given)
        pattern.sub("" if isinstance(given, str) else b"", given)


def runs_away(pattern: re.Pattern, unit: str, limited) -> bool:
    """Whether a pattern is busy for longer than it may be, with a text of these letters."""
    limited()
    try:
        pump(pattern, unit)
    except TooLong:
        return True
    return False


@pytest.mark.parametrize("name", sorted(FOUND))
def test_no_text_keeps_a_pattern_busy(name, limited):
    assert [unit for unit in UNITS if runs_away(FOUND[name], unit, limited)] == []


def test_all_patterns_were_found():
    assert len(FOUND) > 40


def test_a_pattern_that_runs_away_would_be_seen(limited):
    assert runs_away(re.compile(r"(a+)+b"), "a", limited)


def test_a_pattern_that_takes_the_square_of_the_length_would_be_seen(limited):
    assert runs_away(re.compile(r"[^\s@]+@[^\s@]+"), "a", limited)
