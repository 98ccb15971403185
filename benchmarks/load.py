"""Many people fill in the help form at once, over the network, against gunicorn.

    python benchmarks/load.py [--clients 200] [--seconds 60] [--processes 2] [--threads 8]
                              [--database sqlite] [--bare] [--stop-under-load]

Each client fetches a page of the form, posts it with its token, and goes on to the next, as fast as
the service lets it: five pages and "send". Everything is on 127.0.0.1, so that the clients
use the same processors as the service. It prints posts a second, how long they took, how many rows
there are for how many acknowledged requests, how much processor time the service used, and how
long it took to stop. ``--bare`` measures the same on views that only write the same rows.
"""

import argparse
import asyncio
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from databases import KINDS, fresh_database, settings_for
from kills import free_port
from people import Seen, crowd
from sqlalchemy import create_engine, select

from matcher.records.help_requests import HelpRequest
from matcher.records.organisations import Organisation
from matcher.settings import Settings

BARE = """
from bare_view import make_bare_app
from matcher.operating.serving import Server
from matcher.settings import read_settings
settings = read_settings()
size = {{"processes": {processes}, "threads": {threads}}}
Server(lambda: make_bare_app(settings), bind={bind!r}, **size).run()
"""


@dataclass(slots=True)
class Service:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    stopped_in: float = 0

    def stop(self) -> None:
        """Stop as systemd does, and note how long it took, in seconds."""
        if self.process.poll() is None:
            began = time.monotonic()
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()
            self.stopped_in = time.monotonic() - began

    def workers(self) -> list[int]:
        """Return the ids of the processes that answer."""
        if self.process.poll() is not None:
            return []
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(each) for each in path.read_text().split()]

    def processor_seconds(self) -> float:
        """Return how much processor time all its living processes have used."""
        return sum(_processor_seconds(each) for each in (self.process.pid, *self.workers()))


def _processor_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the settings as an operator gives them."""
    names = ("secret_key", "link_keys", "smtp_password")
    secrets = {name: getattr(settings, name).get_secret_value() for name in names}
    plain = settings.model_dump(exclude={*names}, exclude_none=True)
    return os.environ | {name.upper(): str(value) for name, value in {**plain, **secrets}.items()}


def start_server(
    settings: Settings, port: int, given: argparse.Namespace, *, bare: bool = False
) -> subprocess.Popen[bytes]:
    """Start the pages, or the bare views, in a process group of their own."""
    bind = f"127.0.0.1:{port}"
    size = {"processes": given.processes, "threads": given.threads}
    command = [sys.executable, "-c", BARE.format(bind=bind, **size)]
    if not bare:
        sizes = [f"--{name}={value}" for name, value in size.items()]
        command = [sys.executable, "-m", "matcher", "serve", "--bind", bind, *sizes]
    environment = environment_of(settings)
    environment["PYTHONPATH"] = os.pathsep.join(
        (str(Path(__file__).parent), environment.get("PYTHONPATH", ""))
    )
    return subprocess.Popen(command, env=environment)


def wait_until_it_answers(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait for the first page."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(address, timeout=10).close()  # noqa: S310  our own
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server did not start")


def organisations_in(url: str) -> list[str]:
    """Return the names of all organisations."""
    engine = create_engine(url)
    with engine.connect() as connection:
        names = list(connection.scalars(select(Organisation.name)))
    engine.dispose()
    return names


def rows_in(url: str) -> list[str]:
    """Return the addresses of all requests, one for each row."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = list(connection.scalars(select(HelpRequest.requester_email)))
    engine.dispose()
    return found


@contextmanager
def people(port: int, organisations: list[str], **how) -> Iterator[Seen]:
    """Let people come, in a thread of their own, for as long as this is entered."""
    seen = Seen()
    crowded = crowd(("127.0.0.1", port), organisations, seen, **how)
    thread = threading.Thread(target=asyncio.run, args=(crowded,))
    thread.start()
    try:
        yield seen
    finally:
        seen.over = True
        thread.join()


@contextmanager
def serving(url: str, given: argparse.Namespace, *, bare: bool = False) -> Iterator[Service]:
    """Serve a database, with as many processes and threads as given, and stop in the end."""
    port = free_port()
    settings = settings_for(url, base_url=f"http://127.0.0.1:{port}", trusted_proxies=1)
    service = Service(port, start_server(settings, port, given, bare=bare))
    wait_until_it_answers(f"http://127.0.0.1:{port}/ask/need", service.process)
    try:
        yield service
    finally:
        service.stop()


def run(kind: str, given: argparse.Namespace, *, bare: bool) -> float:
    """Play one database through, print what was seen, and return the posts a second."""
    how = {"clients": given.clients, "seed": given.seed}
    with fresh_database(kind) as url, serving(url, given, bare=bare) as service:
        began, before = time.monotonic(), service.processor_seconds()
        with people(service.port, organisations_in(url), **how) as seen:
            time.sleep(given.seconds)
            if given.stop_under_load:
                service.stop()
        took, used = time.monotonic() - began, service.processor_seconds() - before
        service.stop()
        rows = rows_in(url)
    report(f"{kind}{', bare' if bare else ''}", seen, rows, took)
    print(
        f"  processor time of the service {used:.0f} s, {1000 * used / len(seen.posts):.1f} ms a "
        f"page and its post; stopped in {service.stopped_in:.1f} s"
    )
    return len(seen.posts) / took


def report(name: str, seen: Seen, rows: list[str], took: float) -> None:
    """Print rates, times and whether rows and acknowledged requests agree."""
    posts, lost = sorted(seen.posts), set(seen.acknowledged) - set(rows)
    pages = sorted(seen.pages)
    print(f"{name}: {len(posts)} posts in {took:.0f} s, {len(posts) / took:.0f} a second")
    print(
        f"  post p50 {statistics.median(posts):.3f} s, p99 {percentile(posts, 99):.3f} s; "
        f"page p50 {statistics.median(pages):.3f} s, p99 {percentile(pages, 99):.3f} s"
    )
    print(
        f"  {len(seen.acknowledged)} requests acknowledged, {len(rows)} rows, {len(lost)} lost, "
        f"{len(rows) - len(set(rows))} doubles; errors: {dict(seen.errors) or 0}"
    )


def percentile(ordered: list[float], percent: int) -> float:
    """Return what so many of a hundred do not exceed."""
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=KINDS)
    parser.add_argument("--bare", action="store_true")
    parser.add_argument("--stop-under-load", action="store_true")
    given = parser.parse_args()
    for kind in [given.database] if given.database else KINDS:
        rate = run(kind, given, bare=False)
        if given.bare:
            bare = run(kind, given, bare=True)
            print(f"  ratio {rate / bare:.2f} of {bare:.0f} a second")
    print(f"  load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
