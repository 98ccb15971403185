"""A proxy on this machine that does to connections what bad networks do."""

import asyncio
from enum import StrEnum

from loops import LoopThread

HALF_ROUND_TRIP_SECONDS = 0.01
EVERY = 5


class Trouble(StrEnum):
    """What goes wrong."""

    LATENCY = "a round trip of 20 ms"
    RESET = "connections reset in the middle"
    BLACK_HOLE = "connections that swallow everything from some moment on"
    CUT_REPLY = "replies cut off in their middle"


class ChaosProxy(LoopThread):
    """Forwards a port of its own to ``target``; until healed, some chunks meet the trouble."""

    def __init__(self, trouble: Trouble, target: int, *, every: int = EVERY) -> None:
        super().__init__()
        self.trouble, self.target, self.every = trouble, target, every
        self.bad, self.chunks = True, 0

    async def begin(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def heal(self) -> None:
        """Forward faithfully from now on."""
        self.bad = False

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.keep_this()
        try:
            from_, to = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        try:
            await asyncio.gather(
                self._carry(reader, to, back=False), self._carry(from_, writer, back=True)
            )
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            to.close()
            writer.close()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, back: bool
    ) -> None:
        while chunk := await reader.read(65536):
            if not await self._survives(chunk, writer, back=back):
                return
            writer.write(chunk)
            await writer.drain()
        writer.close()

    async def _survives(self, chunk: bytes, writer: asyncio.StreamWriter, *, back: bool) -> bool:
        if self.trouble == Trouble.LATENCY:
            await asyncio.sleep(HALF_ROUND_TRIP_SECONDS)
            return True
        if not self.bad or back != (self.trouble == Trouble.CUT_REPLY):
            return True
        self.chunks += 1
        if self.chunks % self.every:
            return True
        if self.trouble == Trouble.BLACK_HOLE:
            await asyncio.Event().wait()
        if self.trouble == Trouble.CUT_REPLY:
            writer.write(chunk[: len(chunk) // 2])
            await writer.drain()
        writer.transport.abort() if self.trouble == Trouble.RESET else writer.close()
        raise ConnectionResetError
