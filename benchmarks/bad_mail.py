"""Mail servers that misbehave in twelve ways, and mend when they are told to.

Written on bare sockets, for no well-behaved library would do these things. What a way does to a
session it does in spells, what it does to a message it does to some; ``heal`` ends all of it.
"""

import asyncio
import ssl
from collections import defaultdict
from email import message_from_bytes
from enum import StrEnum
from pathlib import Path

from loops import LoopThread

CERTIFICATES = Path(__file__).parent.parent / "tests" / "delivery" / "certificates"
MOST_RECIPIENTS = 2
BAD_EVERY = 10


class Way(StrEnum):
    """How a server misbehaves."""

    REFUSES = "refuses connections"
    SILENT = "accepts and stays silent"
    DRIPS = "drips a byte at a time"
    BUSY = "421 at the greeting"
    GREYLISTS = "450 at the first try"
    PUTS_OFF = "451 at DATA"
    FEW = "452 after a few recipients"
    UNKNOWN = "550 at RCPT"
    REJECTS = "554 at DATA"
    DROPS = "takes the message and drops before 250"
    CLOSES = "closes between messages"
    CERTIFICATE = "shows another's certificate"


#: What is refused for good: these fail at once and are shown, and none of them may arrive.
FOR_GOOD = frozenset({Way.UNKNOWN, Way.REJECTS})
#: What hits whole sessions; a worker then waits a second before it tries again.
WHOLE_SESSIONS = frozenset({Way.REFUSES, Way.SILENT, Way.DRIPS, Way.BUSY, Way.CERTIFICATE})


def is_bad(address: str) -> bool:
    """Return whether this is one of the addresses that are refused for good."""
    return int(address.partition("@")[0].lstrip("abcdefghijklmnopqrstuvwxyz")) % BAD_EVERY == 0


class BadServer(LoopThread):
    """A server on a port of its own; ``copies`` holds the Message-IDs that came for each address.

    A copy counts as arrived once the whole message was taken, whether or not the sender heard.
    Of the first tries of addresses, one in ``every`` meets what the way does to messages.
    """

    def __init__(self, way: Way, *, every: int = 1) -> None:
        super().__init__()
        self.way, self.bad, self.every = way, True, every
        self.copies: dict[str, list[str]] = defaultdict(list)
        self.tried: set[str] = set()
        self._open: set[asyncio.StreamWriter] = set()
        self._contexts = {name: _context(name) for name in ("localhost", "elsewhere")}

    async def begin(self) -> None:
        """Listen, or only find a port where connections are refused."""
        self.port = 0
        await self._listen()
        if self.way == Way.REFUSES:
            await self._shut()

    async def _shut(self) -> None:
        self._server.close()
        for each in list(self._open):
            each.close()
        await asyncio.sleep(0)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def set_bad(self, bad: bool) -> None:
        """Begin or end a spell of misbehaving."""
        if self.way == Way.REFUSES and bad != self.bad:
            self.call(self._shut() if bad else self._listen())
        self.bad = bad

    def heal(self) -> None:
        """Behave from now on."""
        self.set_bad(False)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.keep_this()
        self._open.add(writer)
        try:
            if await self._greet(reader, writer):
                await self._session(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        way = self.way if self.bad else None
        if way == Way.SILENT:
            await reader.read()
        elif way == Way.BUSY:
            await _say(writer, "421 busy")
        elif way == Way.DRIPS:
            for letter in "220-" + "x" * 600:
                await _say(writer, letter, end="")
                await asyncio.sleep(0.05)
        else:
            await _say(writer, "220 hello")
            return True
        return False

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipients, to = 0, ""
        while line := (await reader.readline()).decode().strip():
            word, answer = line[:4].upper(), "250 OK"
            if word == "EHLO":
                answer = "250-hello\r\n250 STARTTLS" if self.way == Way.CERTIFICATE else answer
            elif word == "STAR":
                await _say(writer, "220 go on")
                shown = "elsewhere" if self.bad else "localhost"
                await writer.start_tls(self._contexts[shown])
                continue
            elif word == "RCPT":
                recipients += 1
                to = line.partition("<")[2].partition(">")[0]
                answer = self._at_rcpt(to, recipients)
            elif word == "DATA":
                await _say(writer, "354 go on")
                content = await reader.readuntil(b"\r\n.\r\n")
                answer = self._at_data(to, content)
                if not answer:
                    return
            elif word == "QUIT":
                await _say(writer, "221 bye")
                return
            await _say(writer, answer)
            if word == "DATA" and self.bad and self.way == Way.CLOSES:
                return

    def _at_rcpt(self, to: str, recipients: int) -> str:
        if self.way == Way.UNKNOWN and is_bad(to):
            return "550 5.1.1 no such user"
        if not self.bad:
            return "250 OK"
        if self.way == Way.GREYLISTS and self._is_first_try(to):
            return "450 4.2.0 come again"
        if self.way == Way.FEW and recipients > MOST_RECIPIENTS and self._is_first_try(to):
            return "452 4.5.3 too many recipients"
        return "250 OK"

    def _at_data(self, to: str, content: bytes) -> str:
        """Return the answer; nothing where the connection is to be dropped instead."""
        if self.way == Way.REJECTS and is_bad(to):
            return "554 5.6.0 not this message"
        if self.bad and self.way == Way.PUTS_OFF and self._is_first_try(to):
            return "451 4.3.0 later"
        self.copies[to].append(str(message_from_bytes(content)["Message-ID"]))
        if self.bad and self.way == Way.DROPS and self._is_first_try(to):
            return ""
        return "250 taken"

    def _is_first_try(self, to: str) -> bool:
        """Return whether this address comes for the first time, and is one that has to."""
        if to in self.tried:
            return False
        self.tried.add(to)
        return len(self.tried) % self.every == 0


async def _say(writer: asyncio.StreamWriter, words: str, end: str = "\r\n") -> None:
    writer.write((words + end).encode())
    await writer.drain()


def _context(name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context
