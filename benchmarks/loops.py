"""An event loop in a thread of its own, for servers that play a part in tests and benchmarks."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

Answer = TypeVar("Answer")
PATIENCE_SECONDS = 30


class LoopThread:
    """Runs while it is entered; ``begin`` is called in the loop, and what runs in it is ended."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self._kept: set[asyncio.Task[Any]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self.call(self.begin())
        return self

    def __exit__(self, *_exception: object) -> None:
        self.call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def call(self, coroutine: Coroutine[Any, Any, Answer]) -> Answer:
        """Run a coroutine in the loop and return what it returns."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE_SECONDS)

    async def begin(self) -> None:
        """Start what is to run."""
        raise NotImplementedError

    def keep_this(self) -> None:
        """Keep the task that calls: the loop itself would let it be collected while it waits."""
        task = asyncio.current_task()
        assert task is not None
        self._kept.add(task)
        task.add_done_callback(self._kept.discard)

    async def _end(self) -> None:
        if self._server is not None:
            self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for each in others:
            each.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)
