"""Every fault at full size, one after the other, with what was seen written down.

    python benchmarks/faults.py [--share 1.0] [--into docs/measurements/faults.md]

``--share`` takes that part of every size: 0.01 takes some minutes, 1 the better part of a day. Each
line of the file is what a script printed; the scripts say what they do and when they fail.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
#: Script, its words, and the options that are sizes with their full values.
FAULTS: tuple[tuple[str, tuple[str, ...], dict[str, int]], ...] = (
    ("kills.py", (), {"emails": 100_000, "kills": 1000}),
    ("mail_faults.py", (), {"emails": 10_000, "kills": 10}),
    ("prompt_mail.py", (), {"emails": 10_000, "seconds": 600}),
    ("outages.py", ("web-kills",), {"times": 1000}),
    ("outages.py", ("postgresql-crashes",), {"times": 100}),
    ("outages.py", ("full-disk",), {"times": 20}),
    ("outages.py", ("backups",), {"times": 100}),
    ("load.py", ("--bare",), {"seconds": 600}),
    ("races.py", (), {"rounds": 100_000, "links": 1000, "withdrawals": 50_000}),
)


def play(script: str, words: tuple[str, ...], sizes: dict[str, int], share: float) -> str:
    """Play one script and return what is written down about it."""
    given = [f"--{name}={max(1, round(full * share))}" for name, full in sizes.items()]
    command = [sys.executable, str(HERE / script), *words, *given]
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seen = done.stdout.strip() if done.returncode == 0 else f"{done.stdout}\nFAILED\n{done.stderr}"
    took = (time.monotonic() - began) / 60
    spoken = " ".join((f"benchmarks/{script}", *words, *given))
    return f"## `python {spoken}`\n\n{took:.0f} minutes.\n\n{_set(seen)}\n"


def _set(seen: str) -> str:
    """Leave tables as they are, and set everything else as it was printed."""
    return seen if seen.startswith("|") else f"```\n{seen}\n```"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--into", type=Path, default=HERE.parent / "docs/measurements/faults.md")
    given = parser.parse_args()
    head = (
        f"# Faults\n\nPlayed by `make faults` at {given.share:g} of full size on "
        f"{datetime.now(UTC):%d %B %Y}, Python {platform.python_version()}, {os.cpu_count()} "
        f"processors, load {os.getloadavg()[0]:.1f} at the start.\n"
    )
    given.into.write_text(head)
    for script, words, sizes in FAULTS:
        with given.into.open("a") as file:
            file.write("\n" + play(script, words, sizes, given.share))


if __name__ == "__main__":
    main()
