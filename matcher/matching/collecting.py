"""The garbage collector held back while very many values are made, none of which is rubbish."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Hold the collector back for the time of a with-block: it would go through all offers again
    and again, which takes a fifth of the time of building an index.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
