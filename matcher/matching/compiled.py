"""Machine code from Python functions: numba with its cache on disk and the GIL released.

The cache stands in __pycache__ beside the source, or where NUMBA_CACHE_DIR says; where neither can
be written, in the user's own cache folder.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast  # numba's options are of several types

from numba import config, njit

Function = TypeVar("Function", bound=Callable[..., object])


def _cache_folder() -> str:
    # numba looks only at the file of a function, not at those of the functions it calls. One
    # folder for each state of the sources keeps an old machine code from being used: those with
    # compiled functions, and offers.py, which numbers the bars.
    here = Path(__file__).parent
    read = [path.read_bytes() for path in sorted(here.glob("*.py"))]
    sources = b"".join(text for text in read if b"@compiled" in text or b"class Bar(" in text)
    folder = Path(getattr(config, "CACHE_DIR", "") or here / "__pycache__")
    return str(folder / f"matching-{hashlib.sha256(sources).hexdigest()[:12]}")


setattr(config, "CACHE_DIR", _cache_folder())  # noqa: B010  numba makes its settings at run time


def compiled(function: Function) -> Function:
    """Return the function compiled at its first call; it must not need the interpreter."""
    return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))


def compiled_within(function: Function) -> Function:
    """Return the function compiled for calls from compiled ones; it must not make an array.

    Arrays that are handed on inside tuples have their references counted at every call, which
    costs more than what most of these functions do. `_nrt` switches that off; the caller holds
    them. It is no part of numba's public interface: should it go, take it out here.
    """
    options: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
    return cast(Function, njit(**options)(function))
