"""Somebody at a browser: what they open and press, and what the browser complained about."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

from matcher.demo.people import COORDINATOR_EMAIL
from tests.journeys.site import Site

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NARROW, WIDE = 320, 1280
NOTE_VIOLATIONS = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""
AXE = Axe()
networks = count(1)


@dataclass
class Visitor:
    """One person's window. Each comes from a network of their own, as people do."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def arriving(
        cls, browser: Browser, *, script: bool = True, session: Any = None, width: int = WIDE
    ) -> Iterator["Visitor"]:
        """Open a window; ``session`` is what an earlier one kept, such as being signed in."""
        context = browser.new_context(
            java_script_enabled=script,
            storage_state=session,
            viewport={"width": width, "height": 900},
            extra_http_headers={"X-Forwarded-For": f"10.{next(networks) % 250}.0.1"},
            locale="en-GB",
            reduced_motion="reduce",
        )
        visitor = cls(context.new_page())
        visitor.page.add_init_script(NOTE_VIOLATIONS)
        visitor.page.on("console", visitor.note)
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        yield visitor
        context.close()

    def note(self, message: ConsoleMessage) -> None:
        """Keep what the browser says of the policy and of broken scripts."""
        refused = "the server responded with a status of" in message.text
        if message.type in {"error", "warning"} and not refused:
            self.complaints.append(message.text)

    def open(self, address: str) -> None:
        self.page.goto(address)

    def press(self, words: str) -> None:
        """Press a button, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words).click()

    def box(self, label: str) -> Locator:
        """The box or button with exactly this label."""
        return self.page.get_by_label(label, exact=True)

    def write(self, label: str, words: str) -> None:
        self.box(label).fill(words)

    def choose(self, label: str) -> None:
        self.box(label).check()

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def problems(self) -> list[str]:
        """What axe, the policy and the width of the page have to say against it, in words."""
        violations = self.page.evaluate("window.violations || []")
        self.page.set_viewport_size({"width": NARROW, "height": 900})
        wider = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        wide = [f"{wider} px wider than {NARROW}"] if wider > 0 else []
        self.page.set_viewport_size({"width": WIDE, "height": 900})
        return [*self.complaints, *violations, *wide, *self.axe()]

    def axe(self) -> list[str]:
        """The violations that axe finds, each with where it is."""
        found: Mapping[str, Any] = AXE.run(self.page).response
        return [
            f"{each['id']}: {each['help']}: {node['html']}"
            for each in found["violations"]
            for node in each["nodes"]
        ]


def sign_in(visitor: Visitor, site: Site, role: str, email: str) -> None:
    """Sign in by an emailed link, as a ``coordinator`` or a ``volunteer``."""
    visitor.open(f"{site.address}/{role}/sign-in")
    visitor.page.locator("#email").fill(email)
    visitor.page.locator("main form button").click()
    visitor.open(site.link(f"sign_in_{role}", to=email))
    visitor.press("Sign in")


class People:
    """The demo's people, each signed in once."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser = browser
        self._site = site
        self._sessions: dict[str, Any] = {}

    def session(self, role: str) -> Any:
        """What the browser of a coordinator or a volunteer keeps; nothing for anybody else."""
        if role in EMAILS and role not in self._sessions:
            with Visitor.arriving(self._browser) as visitor:
                sign_in(visitor, self._site, role, EMAILS[role])
                self._sessions[role] = visitor.page.context.storage_state()
        return self._sessions.get(role)


EMAILS = {"coordinator": COORDINATOR_EMAIL, "volunteer": "asha.kaur@walsall.example"}
