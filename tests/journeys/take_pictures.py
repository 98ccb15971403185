"""Pictures of the pages for docs/pictures: ``python -m tests.journeys.take_pictures [names]``."""

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from matcher.demo import people
from tests.conftest import make_settings, migrated
from tests.journeys.driving import FLAGS, NARROW, WIDE, People, Visitor
from tests.journeys.scenes import SCENES
from tests.journeys.site import running

FOLDER = Path("docs/pictures")
COLOURS = (32, 16, 8)
MOST_BYTES = 60_000
TALLEST = 2000
SHOWN = (
    "start",
    "ask-need",
    "ask-where-which",
    "ask-when-impossible",
    "ask-costs",
    "ask-you",
    "ask-check",
    "ask-sent",
    "ask-confirm",
    "status-in-review",
    "status-filled",
    "request-details",
    "request-withdraw-empty",
    "person",
    "offer-offer",
    "offer-travel",
    "offer-check",
    "answer",
    "volunteer",
    "volunteer-reach",
    "volunteer-pause",
    "coordinator-sign-in",
    "desk",
    "desk-requests",
    "desk-request",
    "desk-approve",
    "desk-why-not",
    "desk-volunteers",
    "desk-volunteer",
    "desk-emails",
    "desk-compare",
    "desk-map",
    "desk-statistics",
    "desk-organisation",
    "desk-told",
    "desk-hold",
    "desk-import",
    "desk-access",
    "assign",
    "proposed-then",
    "settings",
    "settings-what-if",
    "thesaurus",
    "thesaurus-effect",
    "advice",
    "advice-note",
    "advice-answered",
    "advice-own",
    "advice-write-empty",
    "events",
    "event",
    "request-events",
    "event-propose-empty",
    "desk-event",
    "desk-advice",
    "desk-advice-note",
    "privacy",
    "accessibility",
    "not-found",
)


def main(names: list[str]) -> None:
    """Take the pictures of these scenes at both widths."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = f"sqlite:///{folder}/pictures.sqlite"
        migrated(make_settings(url))
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        with running(url, Path(folder), people.fill) as site:
            known = People(browser, site)
            for name in names:
                for width in (NARROW, WIDE):
                    session = known.session(SCENES[name].role)
                    with Visitor.arriving(browser, session=session, width=width) as visitor:
                        SCENES[name].act(visitor, site)
                        keep(visitor, FOLDER / f"{name}-{width}.png")
        browser.close()


def keep(visitor: Visitor, path: Path) -> None:
    """Keep the page, as far as it is not endlessly long, in few colours."""
    taken = Image.open(io.BytesIO(visitor.page.screenshot(full_page=True))).convert("RGB")
    cut = taken.crop((0, 0, taken.width, min(taken.height, TALLEST)))
    for colours in COLOURS:
        cut.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < MOST_BYTES:
            return


if __name__ == "__main__":
    main(sys.argv[1:] or SHOWN)
