"""Runs scanners of others against the demo: sqlmap, wapiti and, behind nginx, testssl.

    python benchmarks/scans.py serve PORT                        # in one shell, after `make demo`
    python benchmarks/scans.py sql URL FOLDER [--tools BIN] [--seconds 60]
    python benchmarks/scans.py crawl URL FOLDER [--tools BIN] [--seconds 60]
    python benchmarks/scans.py tls NAME:PORT FOLDER

``serve`` shows the demo's pages without the limits on forms a minute, which would answer the
scanners instead of the forms. Each scanner is stopped after so many seconds; what it wrote stands
in the folder. The scanners are not among our dependencies: install sqlmap and wapiti3 in an
environment of their own (``--tools`` names its bin), testssl.sh and nginx from the system. Nothing
but this machine is scanned, and wapiti's modules that ask a server of its makers are left out.
``sql`` ends with 1 where something could be injected.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from matcher.demo.running import FIRST_SMTP_PORT, _set_environment, demo_web
from matcher.web.limits import limiter

WORDS = "See how a team of ten plans its work"
#: Each form's fields; "more" is the trap for machines, and stays empty so that the rest is read.
FORMS = {
    "/ask/need": f"need={WORDS}",
    "/offer/offer": f"offer={WORDS}",
    "/your-data": "email=ruth@demo.example",
    "/volunteer/sign-in": "email=ruth@demo.example",
    "/coordinator/sign-in": "email=ruth@demo.example",
}
ADDRESSES = ("/advice?words=caddies", "/events?page=1", "/ask/sent?id=1")
SQLMAP = (
    "--batch",
    "--flush-session",
    "--technique=BEU",
    "--timeout=10",
    "--retries=0",
    "--disable-coloring",
)
WAPITI = ("--flush-session", "--scope", "folder", "--no-bugreport", "-v", "1", "-S", "normal")
MODULES = "cookieflags,csp,csrf,crlf,exec,file,http_headers,methods,permanentxss,redirect,sql,xss"
INJECTED = "sqlmap identified the following injection point"
HERE = {"127.0.0.1", "localhost"}


def main() -> None:
    options = _options()
    if options.what == "serve":
        limiter.enabled = False
        os.environ["PORT"] = options.target
        _set_environment(FIRST_SMTP_PORT)
        demo_web()
        return
    if options.what != "tls" and urlsplit(options.target).hostname not in HERE:
        sys.exit("Only this machine is scanned: give an address at 127.0.0.1.")
    options.folder.mkdir(parents=True, exist_ok=True)
    {"sql": _sql, "crawl": _wapiti, "tls": _tls}[options.what](options)


def _sql(options: argparse.Namespace) -> None:
    injected = [path for path in (*FORMS, *ADDRESSES) if _sqlmap(path, options)]
    print(
        f"sqlmap: {len(FORMS)} forms and {len(ADDRESSES)} addresses, injected: {injected or 'none'}"
    )
    sys.exit(1 if injected else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("serve", "sql", "crawl", "tls"))
    parser.add_argument("target")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(".demo/scans"))
    parser.add_argument("--tools", type=Path, default=Path("/usr/bin"))
    parser.add_argument("--seconds", type=int, default=60)
    return parser.parse_args()


def _sqlmap(path: str, options: argparse.Namespace) -> bool:
    """Attack one form, or the parameters of one address; return whether one could be injected."""
    url = options.target + path
    fields = FORMS.get(path, "")
    token = ("--csrf-token=csrf_token", f"--csrf-url={url}")
    typed = (f"--data=csrf_token=x&more=&{fields}", "-p", fields.split("=", maxsplit=1)[0])
    form = (*typed, *token) if fields else ()
    out = f"--output-dir={options.folder.absolute() / 'sqlmap'}"
    command = [str(options.tools / "sqlmap"), "-u", url, *form, *SQLMAP, out]
    said = _run(
        command,
        options.folder / f"sqlmap{urlsplit(path).path.replace('/', '-')}.log",
        options.seconds,
    )
    return INJECTED in said


def _wapiti(options: argparse.Namespace) -> None:
    report = (
        "-f",
        "txt",
        "-o",
        str(options.folder / "wapiti.txt"),
        "--store-session",
        str(options.folder),
    )
    limits = (
        "--max-scan-time",
        str(options.seconds * 2),
        "--max-attack-time",
        str(options.seconds // 2),
    )
    command = [
        str(options.tools / "wapiti"),
        "-u",
        options.target + "/",
        "-m",
        MODULES,
        *WAPITI,
        *limits,
        *report,
    ]
    _run(command, options.folder / "wapiti.log", options.seconds * 3)


def _tls(options: argparse.Namespace) -> None:
    command = ["testssl", "--quiet", "--color", "0", "--ip", "127.0.0.1", options.target]
    _run(command, options.folder / "testssl.log", options.seconds * 4)


def _run(command: list[str], log: Path, seconds: int) -> str:
    """Run one scanner, at most so long, and return what it wrote, which is kept in its log."""
    with log.open("w") as written:
        try:
            subprocess.run(
                command, stdout=written, stderr=subprocess.STDOUT, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired:
            written.write(f"\nStopped after {seconds} seconds.\n")
    return log.read_text(errors="replace")


if __name__ == "__main__":
    main()
