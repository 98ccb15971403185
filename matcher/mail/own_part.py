"""What somebody wrote themselves in a reply: without the email they answer, and their signature."""

import re

#: Where mail programs begin what they quote: English and Welsh, and the dashes of older ones.
QUOTES_FOLLOW = re.compile(
    r"^(?:>|-{2,} ?(?:original|forwarded) message|_{10,}$|from: .|oddi wrth: .|sent from my |"
    r"get outlook for |-- ?$|on .{4,200} wrote:$|ar .{4,200} ysgrifennodd)",
    re.IGNORECASE,
)
#: "On Monday … <ask@help.test>" and "wrote:" may stand on two lines.
BEGINS_QUOTE = re.compile(r"^(?:on|ar) .{4,200}$", re.IGNORECASE)
WROTE = re.compile(r"^.{0,200}(?:wrote|ysgrifennodd)[^.]{0,100}:$", re.IGNORECASE)


def own_part(text: str) -> str:
    """Return the words above the first quote or signature."""
    lines = [line.strip() for line in text.splitlines()]
    following = [*lines[1:], ""]
    kept: list[str] = []
    for line, after in zip(lines, following, strict=True):
        if QUOTES_FOLLOW.match(line) or (BEGINS_QUOTE.match(line) and WROTE.match(after)):
            break
        kept.append(line)
    return "\n".join(kept).strip()
