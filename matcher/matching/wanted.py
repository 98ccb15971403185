"""What in a need's text is not what it asks for.

Three kinds of passages count for less: what is said not to be wanted ("not a talk about housing"),
the boilerplate of asking ("could someone come and ..."), who is to listen ("brief our members").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ASKING = r"""
    (?:is|are)\ there\ (?:any|some)(?:\ ?one|\ ?body)\b(?:\ (?:who|that|out\ there))*
  | (?:we|i)(?:'d|\ would|\ should)(?:\ (?:really|very\ much|just|also))?
    \ (?:like|love|welcome|appreciate|value|be\ grateful)\b
  | we(?:\ (?:really|just|also))?\ (?:want|need|hope|wish)\b
  | (?:we|i)(?:'re|'m|\ are|\ am)(?:\ (?:currently|now))?
    \ (?:looking\ for|seeking|searching\ for|hoping|after|keen)\b
  | (?:could|can|would|will|might)\ (?:any|some)(?:\ ?one|\ ?body)\b
  | (?:some|any)(?:\ ?one|\ ?body)\b(?:\ (?:who|that|to|with|from|else))*
    (?:\ (?:come|visit|help|can|could|has|have|is|able|willing)\b)*
  | a\ (?:colleague|peer|person|volunteer)\ (?:who|that|to|with|from)\b
  | come\ (?:in|over|along|out|to\ us|and)\b(?:\ and)?
  | we\ would\ be\ grateful | (?:many\ )?thanks\ in\ advance | kind\ regards
"""
# "Brief our chief executive and members on ...": who listens says less than what about.
_AUDIENCE = r"""
    \b(?:brief|train|teach|advise|address|coach|(?:present|talk|speak|explain)\ to)
    \ (?:our|the|my|a|some|new|all)\b[^.;:!?()\n–—]{3,80}?(?=\ (?:on|about|in|how|what|why)\b)
  | \b(?:briefing|talk|workshop|session|training|seminar|presentation)\ (?:for|to)\b
    [^.;:!?()\n–—]{3,80}?(?=:|\ (?:on|about|in|how|what|why)\b)
  | \b(?:our|the)\b[^.;:!?()\n–—]{3,80}?
    \ (?:wants?|needs?|would\ like)\ to\ (?:hear|know|learn|understand|see)\b
"""
_NEVER = r"""
    (?:do|does|did)(?:\ not|n't)\ (?:want|need|require)\b(?!\ to\b)
  | not\ (?:looking\ for|interested\ in|after|about)\b
  | no\ need\ for\b | nothing\ (?:on|about|to\ do\ with)\b
"""
# "Not another talk about AI" does without the talk, not without AI.
_NOT_A = r"not\ (?:another|a|an)\b(?!\ (?:bit|lot|little))"
_WITHIN = r"[^.;:!?,()\n–—]*?"
_END = r"[.;:!?,()\n–—]|\b(?:but|instead|as|because|since)\b|$"
_TOPIC = r"\b(?:about|on|of|to|who|that)\b"
_BOILERPLATE = re.compile(rf"\b(?:{_ASKING})\b", re.IGNORECASE | re.VERBOSE)
_LISTENERS = re.compile(_AUDIENCE, re.IGNORECASE | re.VERBOSE)
_UNWANTED = re.compile(
    rf"\b(?:{_NEVER}){_WITHIN}(?={_END})|\b{_NOT_A}{_WITHIN}(?={_END}|{_TOPIC})",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Passage:
    """A part of a text and the share of its weight that counts."""

    text: str
    share: float


def passages(
    text: str, *, unwanted: float = 0.0, boilerplate: float = 0.0, audience: float = 0.0
) -> list[Passage]:
    """Return the text in passages, each with what remains of its weight: 1 for what is asked for.

    `unwanted`, `boilerplate` and `audience` are what remains for those; 1 switches one off.
    """
    plain = text.replace("’", "'")
    shares = [1.0] * len(plain)
    for pattern, share in (
        (_BOILERPLATE, boilerplate),
        (_LISTENERS, audience),
        (_UNWANTED, unwanted),
    ):
        for found in pattern.finditer(plain):
            for place in range(*found.span()):
                shares[place] = min(share, shares[place])
    if min(shares, default=1.0) == 1.0:
        return [Passage(plain, 1.0)]
    return _runs(plain, shares)


def _runs(text: str, shares: Sequence[float]) -> list[Passage]:
    starts = [
        place for place in range(len(text)) if place == 0 or shares[place] != shares[place - 1]
    ]
    ends = [*starts[1:], len(text)]
    return [
        Passage(text[start:end], shares[start]) for start, end in zip(starts, ends, strict=True)
    ]
