"""Takes each defence out of a copy of the source, and looks whether its tests notice.

    python benchmarks/mutations.py [names …] [--write]

Each mutation changes one place of the copy; then only the tests are run that should catch it. It
prints which did, writes the table in docs/security.md where asked to, and ends with 1 where a
defence could be taken out and nothing failed.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ("matcher", "templates", "migrations", "tests", "benchmarks", "docs")
FILES = ("pyproject.toml", "README.md", "CHANGELOG.md")
DOCUMENT = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- mutations: begin -->", "<!-- mutations: end -->"
ABUSE = "tests/web/abuse"


@dataclass(frozen=True, slots=True)
class Mutation:
    """A defence, where it stands, what is put in its place, and the tests that should notice."""

    defence: str
    path: str
    old: str
    new: str
    tests: str


def gone(defence: str, path: str, line: str, tests: str) -> Mutation:
    """Return a mutation that takes a line away."""
    return Mutation(defence, path, line, "", tests)


EVERY = (
    Mutation(
        "emails that strangers cause are limited",
        "matcher/actions/post/outgoing.py",
        "            return True\n    return False",
        "            return False\n    return False",
        "tests/faults/test_mail_bombs.py",
    ),
    Mutation(
        "they are limited for a network, too",
        "matcher/actions/post/outgoing.py",
        '(f"{kind} network {network}", per_network)',
        '(f"{kind} network {network}", 10**9)',
        "tests/faults/test_mail_bombs.py",
    ),
    Mutation(
        "the same work for an address that nobody has",
        "matcher/actions/post/outgoing.py",
        "    kind = _kind(name) if known",
        "    if not known:\n        return\n    kind = _kind(name) if known",
        f"{ABUSE}/test_alike.py -k sqlite",
    ),
    Mutation(
        "the same work for an address that has joined",
        "matcher/actions/volunteer/volunteering.py",
        "            added_id = _add_volunteer(session, form, occasion).id\n",
        "            if member_id is None:\n"
        "                added_id = _add_volunteer(session, form, occasion).id\n",
        f"{ABUSE}/test_alike.py -k sqlite",
    ),
    Mutation(
        "no name that a stranger typed in the email to an unproved address",
        "matcher/actions/post/posting.py",
        'NO_NAME = ""',
        'NO_NAME = "Buy pills"',
        "tests/actions/post/test_posting.py -k sqlite",
    ),
    Mutation(
        "a trap for machines",
        "matcher/web/forms/base.py",
        "return valid and not self.more.data",
        "return valid",
        f"{ABUSE}/test_fields.py",
    ),
    gone(
        "forms need a token",
        "matcher/app.py",
        "    CSRFProtect(app)\n",
        "tests/house/test_promises.py -k 'forms_token or without_its_token'",
    ),
    Mutation(
        "headers of emails are one line",
        "matcher/mail/message.py",
        'return CONTROL.sub(" ", text).strip()',
        "return text.strip()",
        f"{ABUSE}/test_injection.py tests/mail/test_message.py",
    ),
    Mutation(
        "names in emails are quoted or encoded",
        "matcher/mail/message.py",
        "            value = _addresses(value, self.linesep)",
        "            value = str(value)",
        f"{ABUSE}/test_injection.py tests/mail/test_message.py",
    ),
    Mutation(
        "words in HTML emails are escaped",
        "matcher/mail/rendering.py",
        'autoescape=kind == "html"',
        "autoescape=False",
        f"{ABUSE}/test_injection.py -k email",
    ),
    Mutation(
        "words on pages are escaped",
        "matcher/app.py",
        '    app.jinja_env.globals["static_url"] = static_url\n',
        '    app.jinja_env.globals["static_url"] = static_url\n'
        "    app.jinja_env.autoescape = False\n",
        f"{ABUSE}/test_injection.py -k page",
    ),
    Mutation(
        "control characters and turned text are taken out of what is typed",
        "matcher/web/forms/cleaning.py",
        'FORBIDDEN.sub("", visible)',
        "visible",
        "tests/web/forms/test_cleaning.py",
    ),
    Mutation(
        "pages load and run nothing from elsewhere",
        "matcher/web/security.py",
        "\"default-src 'none'\",",
        '"default-src *",',
        f"{ABUSE}/test_headers.py",
    ),
    gone(
        "no page stands in another's frame",
        "matcher/web/security.py",
        "            \"frame-ancestors 'none'\",\n",
        f"{ABUSE}/test_headers.py",
    ),
    gone(
        "no address of a page is told to others",
        "matcher/web/security.py",
        '    "Referrer-Policy": "no-referrer",\n',
        f"{ABUSE}/test_headers.py",
    ),
    gone(
        "pages are kept by no cache",
        "matcher/web/security.py",
        '    response.headers.setdefault("Cache-Control", "no-store")\n',
        f"{ABUSE}/test_headers.py",
    ),
    gone(
        "files carry the headers, too",
        "matcher/app.py",
        "        add_headers_function=partial(_add_static_headers, settings),\n",
        f"{ABUSE}/test_headers.py",
    ),
    Mutation(
        "browsers stay with HTTPS",
        "matcher/web/security.py",
        "        app.after_request(_add_hsts)\n",
        "        pass\n",
        f"{ABUSE}/test_headers.py",
    ),
    Mutation(
        "links are signed",
        "matcher/actions/linking.py",
        "if link is None or not genuine or link.purpose != purpose:",
        "if link is None or link.purpose != purpose:",
        f"{ABUSE}/test_links.py",
    ),
    Mutation(
        "a link is good for one purpose",
        "matcher/mail/links.py",
        'f"{purpose}|{link_id}"',
        "link_id",
        f"{ABUSE}/test_links.py tests/mail/test_links.py",
    ),
    Mutation(
        "links run out",
        "matcher/actions/linking.py",
        "    if link.expires_at is not None and link.expires_at <= now:",
        "    if False:",
        f"{ABUSE}/test_links.py",
    ),
    Mutation(
        "links that were replaced are worthless",
        "matcher/actions/linking.py",
        "    if link.revoked_at is not None:",
        "    if False:",
        f"{ABUSE}/test_links.py",
    ),
    Mutation(
        "a link to sign in works once",
        "matcher/actions/linking.py",
        "    if link.used_at is not None and LIFETIMES[purpose].single_use:",
        "    if False:",
        f"{ABUSE}/test_links.py",
    ),
    Mutation(
        "of two presses at once one signs in",
        "matcher/actions/linking.py",
        "    if not first and LIFETIMES",
        "    if False and LIFETIMES",
        "tests/actions/coordinator/test_signing_in.py -k sqlite",
    ),
    Mutation(
        "a session is new at each sign-in",
        "matcher/web/signed_in.py",
        "    session.clear()\n    login_user(found)\n",
        "    login_user(found)\n",
        f"{ABUSE}/test_sessions.py",
    ),
    Mutation(
        "signing out ends every copy of a session",
        "matcher/web/signed_in.py",
        "        end_sessions(current_user.actor, current_user.row_id)\n",
        "        pass\n",
        f"{ABUSE}/test_sessions.py",
    ),
    Mutation(
        "a session names the row's own key",
        "matcher/web/signed_in.py",
        "return found if found and found.session_key == session_key else None",
        "return found",
        f"{ABUSE}/test_sessions.py",
    ),
    Mutation(
        "no script reads the cookie",
        "matcher/app.py",
        '"SESSION_COOKIE_HTTPONLY": True',
        '"SESSION_COOKIE_HTTPONLY": False',
        f"{ABUSE}/test_sessions.py",
    ),
    Mutation(
        "one host is served",
        "matcher/app.py",
        '"TRUSTED_HOSTS": [settings.host]',
        '"TRUSTED_HOSTS": None',
        f"{ABUSE}/test_addresses.py",
    ),
    Mutation(
        "proxies are believed where they are known",
        "matcher/app.py",
        "    if settings.trusted_proxies:\n        hops = settings.trusted_proxies",
        "    if True:\n        hops = 1",
        f"{ABUSE}/test_addresses.py",
    ),
    Mutation(
        "logs hold no link",
        "matcher/logs.py",
        "mask(value)",
        "value",
        f"{ABUSE}/test_logs.py",
    ),
    Mutation(
        "logs hold no address",
        "matcher/logs.py",
        'ADDRESS.sub("[address]", mask(value))',
        "mask(value)",
        f"{ABUSE}/test_logs.py",
    ),
    Mutation(
        "errors of the database tell no values",
        "matcher/records/database.py",
        '"hide_parameters": True',
        '"hide_parameters": False',
        f"{ABUSE}/test_logs.py",
    ),
    Mutation(
        "the desk is the coordinators'",
        "matcher/web/signed_in.py",
        "if not current_user.is_authenticated or current_user.actor != actor:",
        "if not current_user.is_authenticated:",
        "tests/web/coordinator/test_dashboard.py -k 'volunteer_cannot and sqlite'",
    ),
    Mutation(
        "looking changes nothing: the database refuses it",
        "matcher/records/database.py",
        "query_only = {'OFF' if write else 'ON'}",
        "query_only = {'OFF' if write else 'OFF'}",
        "tests/records/test_database.py -k sqlite",
    ),
    Mutation(
        "a note about another is out of reach",
        "matcher/actions/coordinator/noting.py",
        "note is not None and note.volunteer_id == volunteer_id",
        "note is not None",
        f"{ABUSE}/test_fields.py",
    ),
    Mutation(
        "a note of advice is its author's",
        "matcher/actions/network/advising.py",
        "    if mine != (author.side, author.volunteer_id, author.help_request_id):",
        "    if False:",
        f"{ABUSE}/test_fields.py tests/actions/network/test_advising.py -k 'not postgresql'",
    ),
    Mutation(
        "no details before both have agreed",
        "matcher/records/pages/requester.py",
        "    introduced = kept.state in pairing.DETAILS_SHOWN\n    shown =",
        "    introduced = True\n    shown =",
        "tests/web/requester/test_help_form.py -k 'name_or_address and sqlite'",
    ),
    Mutation(
        "each look at details is logged",
        "matcher/actions/coordinator/reviewing.py",
        "        log_look(session, volunteer, occasion)\n",
        "        pass\n",
        f"{ABUSE}/test_looks.py",
    ),
    Mutation(
        "forms of a megabyte are refused",
        "matcher/app.py",
        "FORM_BYTES = 1024 * 1024",
        "FORM_BYTES = 1024 * 1024 * 1024",
        f"{ABUSE}/test_size.py",
    ),
    Mutation(
        "texts have a limit",
        "matcher/web/forms/fields.py",
        "    usual_limit = 4000",
        "    usual_limit = 4_000_000",
        f"{ABUSE}/test_size.py",
    ),
    Mutation(
        "no pattern takes long",
        "matcher/records/pages/coordinator_emails.py",
        '[^\\s<>\\"(),;:@]{1,64}@[^\\s<>\\"(),;:]{1,255}',
        '[^\\s<>\\"(),;:]+@[^\\s<>\\"(),;:]+',
        f"{ABUSE}/test_regexes.py -k coordinator_emails",
    ),
    Mutation(
        "piling up words gains nothing",
        "matcher/matching/items.py",
        "MOST_REPEATS = 3",
        "MOST_REPEATS = 3000",
        "tests/matching/test_items.py",
    ),
    Mutation(
        "sign-in cannot be hammered",
        "matcher/web/volunteer/home.py",
        '@blueprint.route("/volunteer/sign-in", methods=["GET", "POST"], endpoint="sign_in")\n'
        '@limiter.limit(SIGN_IN, methods=["POST"])\n',
        '@blueprint.route("/volunteer/sign-in", methods=["GET", "POST"], endpoint="sign_in")\n',
        "tests/web/volunteer/test_home.py -k 'too_often and sqlite'",
    ),
    Mutation(
        "a place is taken once",
        "matcher/actions/filling.py",
        "            (HelpRequest.filled + by).between(0, HelpRequest.places),\n",
        "",
        "tests/faults/test_races.py -k sqlite",
    ),
)


def copy_source(folder: Path) -> None:
    """Copy what the tests need; caches and what was built stay behind."""
    without = shutil.ignore_patterns("__pycache__", "pictures")
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=without)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)


def caught_by(folder: Path, mutation: Mutation) -> str | None:
    """Return the first test that fails under a mutation; None where none does."""
    path = folder / mutation.path
    before = path.read_text(encoding="utf-8")
    if before.count(mutation.old) != 1:
        raise SystemExit(f"{mutation.path} does not hold once: {mutation.old!r}")
    mutated = before.replace(mutation.old, mutation.new)
    compile(mutated, mutation.path, "exec")  # a mutation that cannot be read proves nothing
    path.write_text(mutated, encoding="utf-8")
    try:
        return first_failure(folder, mutation.tests)
    finally:
        path.write_text(before, encoding="utf-8")


def first_failure(folder: Path, tests: str) -> str | None:
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        *["-p", "no:randomly", "-p", "no:cacheprovider", "-x", "-rfE"],
    ]
    ran = subprocess.run(
        [*command, *shlex.split(tests)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = re.search(r"^(?:FAILED|ERROR) \S*?([^/\s]+::.+?)(?: - |$)", ran.stdout, re.MULTILINE)
    if ran.returncode == 0:
        return None
    if failed is None:
        raise SystemExit(f"the tests could not be run: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    return failed[1]


def check_untouched(folder: Path, wanted: list[Mutation]) -> None:
    """End where a test fails though nothing was changed: it would prove nothing."""
    files = dict.fromkeys(file for m in wanted for file in m.tests.split(" -k ")[0].split())
    if failed := first_failure(folder, " ".join([*files, "-k 'not postgresql'"])):
        raise SystemExit(f"{failed} fails though nothing was changed")


def table(seen: dict[Mutation, str | None]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| defence | taken out of | test that failed |"
    yield "|---|---|---|"
    for mutation, test in seen.items():
        yield f"| {mutation.defence} | `{mutation.path}` | {f'`{test}`' if test else '**none**'} |"


def write(lines: list[str]) -> None:
    """Put the table into the document, between its marks."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    new = "\n".join([BEGIN, "", *lines, "", END])
    DOCUMENT.write_text(f"{before}{new}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only defences with one of these words")
    parser.add_argument("--write", action="store_true", help="write the table")
    parser.add_argument("--untouched", action="store_true", help="see first that all tests pass")
    given = parser.parse_args()
    wanted = [m for m in EVERY if not given.names or any(n in m.defence for n in given.names)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_source(folder)
        if given.untouched:
            check_untouched(folder, wanted)
        seen = {}
        for mutation in wanted:
            seen[mutation] = caught_by(folder, mutation)
            print(f"{mutation.defence}: {seen[mutation] or 'NOT CAUGHT'}", flush=True)
    if given.write:
        write(list(table(seen)))
    missed = [mutation for mutation, test in seen.items() if test is None]
    print(f"{len(seen)} mutations, {len(missed)} not caught")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
