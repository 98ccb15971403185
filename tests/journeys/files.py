"""Pages of what goes in and out of the coordinators' desk, in the states people meet."""

from collections.abc import Mapping

from tests.journeys.driving import Visitor
from tests.journeys.scenes import Scene, at, sent_empty
from tests.journeys.site import Site

IMPORT = "/coordinator/import/volunteers"
LIST = (
    "Name,Email,Organisation,Bio,Postcode,By train\n"
    "Ann Lee,ann.lee@walsall.gov.uk,Walsall,Runs social media,WS1 1TP,90\n"
    "Bea Hall,bea at walsall,Walsall,Briefs members,Newport,soon\n"
    "Ann Lee,ann.lee@walsall.gov.uk,Walsall,Runs social media,WS1 1TP,90\n"
)


def send(visitor: Visitor, site: Site, content: str = LIST) -> None:
    """Send a list and look at what would happen."""
    visitor.open(site.address + IMPORT)
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": content.encode()}
    visitor.box("The list").set_input_files([file])
    visitor.press("Send and look at it")


def no_list(visitor: Visitor, site: Site) -> None:
    send(visitor, site, "%PDF-1.7")


FILES: Mapping[str, Scene] = {
    "import-empty": sent_empty(at(IMPORT, "coordinator")),
    "import-no-list": Scene(no_list, "coordinator"),
    "import-look": Scene(send, "coordinator"),
    "exports": at("/coordinator/exports", "coordinator"),
    "desk-calendar": at("/coordinator/calendar", "coordinator"),
    "tokens-empty": sent_empty(at("/coordinator/programs", "coordinator")),
}
