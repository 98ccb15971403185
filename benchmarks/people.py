"""Requesters as they come over the network: fetch a page of the help form, post it with its token.

Each keeps a connection and a cookie as a browser does. One process plays some hundreds of them.
"""

import asyncio
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
PAGES = ("need", "where", "when", "costs", "you")
PATIENCE_SECONDS = 60
REST_SECONDS = 0.5
CONSONANTS, VOWELS = "bcdfghjklmnpqrstvwxyz", "aeiou"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, where to go on, and the page."""

    status: int
    location: str
    body: bytes
    retry_after: str = ""

    def __str__(self) -> str:
        return f"{self.status}{' with Retry-After' if self.retry_after else ''}"


@dataclass(slots=True)
class Seen:
    """What all people saw together. Times are seconds. Once it is ``over``, nobody begins anew."""

    posts: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    over: bool = False


@dataclass(slots=True)
class Visitor:
    """One browser: a connection that is opened anew when it was closed, and a cookie."""

    host: str
    port: int
    network: str
    patience: int = 1
    cookie: str = ""
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def get(self, path: str) -> Answer:
        """Fetch a page."""
        return await self._ask("GET", path, b"")

    async def post(self, path: str, **values: str) -> Answer:
        """Send a form."""
        return await self._ask("POST", path, urlencode(values).encode())

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        # A connection that stood idle was ended, or a process died: people press again.
        for left in reversed(range(self.patience + 1)):
            try:
                return await asyncio.wait_for(self._once(method, path, body), PATIENCE_SECONDS)
            except (OSError, asyncio.IncompleteReadError):
                self.close()
                if not left:
                    raise
        raise AssertionError

    async def _once(self, method: str, path: str, body: bytes) -> Answer:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port)
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            f"X-Forwarded-For: {self.network}",
            f"Cookie: {self.cookie}",
        ]
        if method == "POST":
            lines += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        assert self._reader is not None
        return await self._read(self._reader)

    async def _read(self, reader: asyncio.StreamReader) -> Answer:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = [line.partition(": ") for line in head[1:] if line]
        values = {name.lower(): value for name, _, value in fields}
        if "set-cookie" in values:
            self.cookie = values["set-cookie"].partition(";")[0]
        body = await reader.readexactly(int(values.get("content-length", 0)))
        if values.get("connection") == "close":
            self.close()
        retry_after = values.get("retry-after", "")
        return Answer(int(head[0].split()[1]), values.get("location", ""), body, retry_after)

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


def somewhere(dice: random.Random) -> str:
    """Return an address in a network of its own."""
    return ".".join(str(dice.randrange(1, 255)) for _ in range(4))


def _words(dice: random.Random, count: int) -> str:
    return " ".join(
        "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(3))
        for _ in range(count)
    )


def answers_of(dice: random.Random, organisations: list[str], email: str) -> dict[str, dict]:
    """Return what one requester types, unlike what any other does."""
    return {
        "need": {"need": f"Somebody to brief our members on {_words(dice, 12)}."},
        "where": {"place": dice.choice(("Newbury", "RG14 5LD", "Walsall", "Leeds", "Cardiff"))},
        "when": {"when": "flexible"},
        "costs": {"who_pays": "requester_pays"},
        "you": {
            "name": f"Ruth {_words(dice, 1).title()}",
            "email": email,
            "organisation": dice.choice(organisations),
        },
    }


class WrongAnswer(Exception):  # noqa: N818  names what came back
    """The service answered otherwise than it should."""


async def ask_for_help(
    visitor: Visitor, answers: dict[str, dict], seen: Seen, *, twice: bool = False
) -> None:
    """Fill the help form in from the first page to "sent". Raises WrongAnswer, OSError."""
    for name in PAGES:
        await _fill_in(visitor, f"/ask/{name}", answers[name], seen)
    email = answers["you"]["email"]
    token = await _fetch(visitor, "/ask/check", seen)
    for _ in range(2 if twice else 1):
        sent = await _timed_post(visitor, "/ask/check", {"csrf_token": token}, seen)
        if not sent.endswith("/ask/sent"):
            raise WrongAnswer(f"/ask/check leads to {sent}")
    seen.acknowledged.append(email)


async def _fill_in(visitor: Visitor, path: str, typed: dict, seen: Seen) -> None:
    token = await _fetch(visitor, path, seen)
    await _timed_post(visitor, path, {"csrf_token": token, **typed}, seen)


async def _fetch(visitor: Visitor, path: str, seen: Seen) -> str:
    began = time.perf_counter()
    page = await visitor.get(path)
    seen.pages.append(time.perf_counter() - began)
    found = TOKEN.search(page.body)
    if page.status != 200 or not found:
        raise WrongAnswer(f"GET {path}: {page} {page.location}".strip())
    return found[1].decode()


async def _timed_post(visitor: Visitor, path: str, values: dict, seen: Seen) -> str:
    began = time.perf_counter()
    answer = await visitor.post(path, **values)
    seen.posts.append(time.perf_counter() - began)
    if answer.status != 303:
        raise WrongAnswer(f"POST {path}: {answer}")
    return answer.location


async def crowd(
    address: tuple[str, int],
    organisations: list[str],
    seen: Seen,
    *,
    clients: int,
    seed: int = 1,
    twice: bool = False,
    patience: int = 1,
) -> None:
    """Let so many people at a time ask for help, one after the other, until it is over.

    ``twice`` has each press "send" twice; ``patience`` is how often they press again where the
    connection breaks.
    """

    async def client(number: int) -> None:
        dice = random.Random(f"{seed}/{number}")
        while not seen.over:
            visitor = Visitor(*address, somewhere(dice), patience)
            email = f"r{seed}-{number}-{dice.getrandbits(40):x}@bench.example"
            try:
                answers = answers_of(dice, organisations, email)
                await ask_for_help(visitor, answers, seen, twice=twice)
            except (OSError, asyncio.IncompleteReadError, WrongAnswer) as fault:
                seen.errors[f"{type(fault).__name__}: {fault}".strip()] += 1
                await asyncio.sleep(REST_SECONDS)
            finally:
                visitor.close()

    await asyncio.gather(*(client(number) for number in range(clients)))
