"""Every page of the service in the states people meet, each by a name and how to get there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from tests.journeys.driving import Visitor
from tests.journeys.site import Site

Act = Callable[[Visitor, Site], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """How a page is reached, and as whom: empty, ``coordinator`` or ``volunteer``."""

    act: Act
    role: str = ""


def at(path: str, role: str = "") -> Scene:
    """A page by its path."""
    return Scene(lambda visitor, site: visitor.open(site.address + path), role)


def by_link(purpose: str, email: str, below: str = "") -> Scene:
    """A page behind a link that one of the demo's people got."""
    return Scene(lambda visitor, site: visitor.open(site.link(purpose, to=email) + below))


def sent_empty(scene: Scene) -> Scene:
    """A form as it comes back when nothing was filled in."""

    def act(visitor: Visitor, site: Site) -> None:
        scene.act(visitor, site)
        with visitor.page.expect_navigation():
            visitor.page.locator("main form button").last.click()
        visitor.page.locator(".govuk-error-summary").wait_for()

    return Scene(act, scene.role)


def ask_as_far_as(last: str, visitor: Visitor, site: Site) -> None:
    """Fill the help form in as far as the page ``last``, which is shown."""
    visitor.open(site.address + "/ask/need")
    for page, fill in ASKING.items():
        if page == last:
            return
        fill(visitor)
        visitor.press("Continue")
        if page == "need":
            visitor.open(site.address + "/ask/where")  # past the advice that may answer it


def need(visitor: Visitor) -> None:
    visitor.write("What do you need help with?", "Somebody to brief our members on social media.")


def where(visitor: Visitor) -> None:
    visitor.write("Where should they come to?", "RG14 5LD")


def when(visitor: Visitor) -> None:
    visitor.choose("On a certain date")
    boxes = visitor.page.locator("[name^=first-]")
    for box, words in zip(boxes.all(), ("20", "1", str(datetime.now(UTC).year + 1)), strict=True):
        box.fill(words)


def costs(visitor: Visitor) -> None:
    visitor.choose("My organisation pays")


def you(visitor: Visitor) -> None:
    visitor.write("Your name", "Ruth Adeyemi")
    visitor.write("Your work email address", "ruth@westberks.example")
    visitor.write("Your organisation", "West Berkshire")
    visitor.page.keyboard.press("Tab")


ASKING: Mapping[str, Callable[[Visitor], None]] = {
    "need": need,
    "where": where,
    "when": when,
    "costs": costs,
    "you": you,
}


def which_place(visitor: Visitor, site: Site) -> None:
    ask_as_far_as("where", visitor, site)
    visitor.write("Where should they come to?", "Newport")
    visitor.press("Continue")


def own_advice(visitor: Visitor, site: Site) -> None:
    visitor.open(site.address + "/volunteer")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Your advice").click()


def writing_advice(visitor: Visitor, site: Site) -> None:
    own_advice(visitor, site)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Write advice").click()


def answered_already(visitor: Visitor, site: Site) -> None:
    visitor.open(site.address + "/ask/need")
    need(visitor)
    visitor.press("Continue")


def impossible_date(visitor: Visitor, site: Site) -> None:
    ask_as_far_as("when", visitor, site)
    visitor.choose("On a certain date")
    for box in visitor.page.locator("[name^=first-]").all():
        box.fill("31")
    visitor.press("Continue")


def offer_travel(visitor: Visitor, site: Site) -> None:
    visitor.open(site.address + "/offer/offer")
    visitor.write("What could others learn from you?", "Running a council's social media.")
    visitor.press("Continue")


def offer_you(visitor: Visitor, site: Site) -> None:
    offer_travel(visitor, site)
    visitor.write("Where would you start from?", "WS1 1TP")
    visitor.choose("Any distance")
    visitor.press("Continue")


def offer_check(visitor: Visitor, site: Site) -> None:
    offer_you(visitor, site)
    visitor.write("Full name", "Victor Osei")
    visitor.write("Work email address", "victor@walsall.example")
    visitor.write("Organisation", "Walsall")
    visitor.page.keyboard.press("Tab")
    visitor.press("Continue")


def what_will_be_sent(visitor: Visitor, site: Site) -> None:
    visitor.open(site.address + "/coordinator/requests/1")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="See what will be sent").click()


def asking(page: str) -> Scene:
    return Scene(partial(ask_as_far_as, page))


ELEANOR, MORAG = "eleanor.whitcombe@westberkshire.example", "morag.sinclair@stirling.example"
ANTHONY, SAIRA = "anthony.brightwell@rutland.example", "saira.iqbal@chorley.example"
JENNIFER, TAMSIN = "jennifer.abbott-lane@elmbridge.example", "tamsin.pender@scilly.example"
MARGARET, HARRIET = "margaret.oyelaran@eastlindsey.example", "harriet.lowe@warwickshire.example"
ASHA = "asha.kaur@walsall.example"
CARYS = "carys.voyle@pembrokeshire.example"

PUBLIC = {
    "start": at("/"),
    "privacy": at("/privacy"),
    "accessibility": at("/accessibility"),
    "about-the-data": at("/about-the-data"),
    "not-found": at("/no-such-page"),
    "link-unknown": at(f"/t/status/{'0' * 32}.{'0' * 32}"),
}
HELP_FORM = {
    **{f"ask-{page}": asking(page) for page in ASKING},
    **{f"ask-{page}-empty": sent_empty(asking(page)) for page in ASKING},
    "ask-where-which": Scene(which_place),
    "ask-when-impossible": Scene(impossible_date),
    "ask-check": asking("check"),
    "ask-sent": at("/ask/sent"),
    "ask-confirm": by_link("confirm_request", CARYS),
}
REQUEST = {
    "status-in-review": by_link("status", ELEANOR),
    "status-asking": by_link("status", MORAG),
    "status-filled": by_link("status", SAIRA),
    "status-withdrawn": by_link("status", JENNIFER),
    "status-nobody": by_link("status", TAMSIN),
    "request-details": by_link("status", ELEANOR, "/details"),
    "request-dates": by_link("status", ELEANOR, "/dates"),
    "request-place-empty": sent_empty(by_link("status", ELEANOR, "/place")),
    "request-need": by_link("status", ELEANOR, "/need"),
    "request-answered": by_link("status", ELEANOR, "/answer"),
    "request-over": by_link("status", JENNIFER, "/need"),
    "visit": by_link("visit", SAIRA),
    "visit-dates-empty": sent_empty(by_link("visit", SAIRA, "/dates")),
    "visit-details": by_link("visit", SAIRA, "/details"),
    "visit-call-off": by_link("visit", SAIRA, "/call-off"),
    "host-pack": by_link("visit", SAIRA, "/host-pack"),
    "request-withdraw": by_link("status", ELEANOR, "/withdraw"),
    "request-withdraw-empty": sent_empty(by_link("status", ELEANOR, "/withdraw")),
    "person": by_link("confirm_person", ANTHONY),
    "person-empty": sent_empty(by_link("confirm_person", ANTHONY)),
}
VOLUNTEER = {
    "offer-offer": at("/offer/offer"),
    "offer-offer-empty": sent_empty(at("/offer/offer")),
    "offer-travel": Scene(offer_travel),
    "offer-travel-empty": sent_empty(Scene(offer_travel)),
    "offer-you": Scene(offer_you),
    "offer-you-empty": sent_empty(Scene(offer_you)),
    "offer-check": Scene(offer_check),
    "offer-sent": at("/offer/sent"),
    "volunteer-sign-in": at("/volunteer/sign-in"),
    "volunteer-sign-in-empty": sent_empty(at("/volunteer/sign-in")),
    "volunteer-sign-in-sent": at("/volunteer/sign-in/sent"),
    "answer": by_link("answer", ASHA),
    "answer-empty": sent_empty(by_link("answer", ASHA)),
    "answer-someone-else": by_link("answer", ASHA, "/someone-else"),
    "volunteer": at("/volunteer", "volunteer"),
    "volunteer-offer": at("/volunteer/offer", "volunteer"),
    "volunteer-name": at("/volunteer/name", "volunteer"),
    "volunteer-reach": at("/volunteer/reach", "volunteer"),
    "volunteer-away": at("/volunteer/away", "volunteer"),
    "volunteer-away-empty": sent_empty(at("/volunteer/away", "volunteer")),
    "volunteer-topics": at("/volunteer/topics", "volunteer"),
    "volunteer-topics-empty": sent_empty(at("/volunteer/topics", "volunteer")),
    "volunteer-calendar": at("/volunteer/calendar", "volunteer"),
    "volunteer-pause": at("/volunteer/pause", "volunteer"),
    "volunteer-pause-empty": sent_empty(at("/volunteer/pause", "volunteer")),
    "volunteer-leave": at("/volunteer/leave", "volunteer"),
    "volunteer-past": at("/volunteer/past", "volunteer"),
}
DESK = {
    "coordinator-sign-in": at("/coordinator/sign-in"),
    "coordinator-sign-in-empty": sent_empty(at("/coordinator/sign-in")),
    "coordinator-sign-in-sent": at("/coordinator/sign-in/sent"),
    "desk": at("/coordinator", "coordinator"),
    "desk-requests": at("/coordinator/requests", "coordinator"),
    "desk-request": at("/coordinator/requests/1", "coordinator"),
    "desk-request-asking": at("/coordinator/requests/5", "coordinator"),
    "desk-request-filled": at("/coordinator/requests/8", "coordinator"),
    "desk-why-not": at("/coordinator/requests/1/why-not", "coordinator"),
    "desk-approve": Scene(what_will_be_sent, "coordinator"),
    "desk-close": at("/coordinator/requests/1/close", "coordinator"),
    "desk-close-empty": sent_empty(at("/coordinator/requests/1/close", "coordinator")),
    "desk-volunteers": at("/coordinator/volunteers", "coordinator"),
    "desk-volunteer": at("/coordinator/volunteers/1", "coordinator"),
    "desk-asking": at("/coordinator/asking", "coordinator"),
    "desk-asking-empty": sent_empty(at("/coordinator/asking", "coordinator")),
    "desk-emails": at("/coordinator/emails", "coordinator"),
    "desk-access": at("/coordinator/access", "coordinator"),
    "desk-access-empty": sent_empty(at("/coordinator/access", "coordinator")),
    "desk-access-role": at("/coordinator/access/1", "coordinator"),
    "desk-access-end": at("/coordinator/access/1/end", "coordinator"),
    "desk-log": at("/coordinator/audit", "coordinator"),
    "desk-log-odd": at("/coordinator/audit?first=yesterday&about=nobody", "coordinator"),
}
REQUEST_1, ORGANISATION = "/coordinator/requests/1", "/coordinator/organisations/1"
STATISTICS = "/coordinator/statistics"


def compared(visitor: Visitor, site: Site) -> None:
    visitor.open(site.address + REQUEST_1)
    for number, each in enumerate(visitor.page.locator("input[name=pairing]").all()):
        each.set_checked(number < 2)
    visitor.press("Compare")


def told_by_phone(visitor: Visitor, site: Site) -> None:
    visitor.open(f"{site.address}/coordinator/requests/5")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("link", name="Write down").first.click()


AT_WORK = {
    "desk-more": at("/coordinator/more", "coordinator"),
    "desk-tasks": at("/coordinator/tasks", "coordinator"),
    "desk-statistics": at(STATISTICS, "coordinator"),
    "desk-statistics-wrong": at(f"{STATISTICS}?first=2026-05-02&last=2026-05-01", "coordinator"),
    "desk-map": at(f"{REQUEST_1}/map", "coordinator"),
    "desk-compare": Scene(compared, "coordinator"),
    "desk-by-hand": at(f"{REQUEST_1}/by-hand", "coordinator"),
    "desk-told": Scene(told_by_phone, "coordinator"),
    "desk-hold": at(f"{REQUEST_1}/hold", "coordinator"),
    "desk-hold-empty": sent_empty(at(f"{REQUEST_1}/hold", "coordinator")),
    "desk-merge": at(f"{REQUEST_1}/merge", "coordinator"),
    "desk-new-view": at("/coordinator/views/new?list=requests&words=bins", "coordinator"),
    "desk-views": at("/coordinator/views", "coordinator"),
    "desk-pause": at("/coordinator/volunteers/1/pause", "coordinator"),
    "desk-new-address": sent_empty(at("/coordinator/data/volunteer/1/new-address", "coordinator")),
    "desk-organisations": at("/coordinator/organisations", "coordinator"),
    "desk-organisation": at(ORGANISATION, "coordinator"),
    "desk-organisation-domain": sent_empty(at(f"{ORGANISATION}/domain", "coordinator")),
    "desk-organisation-merge": sent_empty(at(f"{ORGANISATION}/merge", "coordinator")),
    "desk-import": at("/coordinator/import/volunteers", "coordinator"),
    "desk-exports": at("/coordinator/exports", "coordinator"),
    "desk-programs": sent_empty(at("/coordinator/programs", "coordinator")),
    "desk-calendar": at("/coordinator/calendar", "coordinator"),
    "desk-email-words": at("/coordinator/email-words", "coordinator"),
    "desk-email-words-edit": at("/coordinator/email-words/invitation", "coordinator"),
    "your-data": at("/your-data"),
    "your-data-empty": sent_empty(at("/your-data")),
}
THESAURUS = "/coordinator/thesaurus"


def new_group(visitor: Visitor, site: Site) -> None:
    visitor.open(f"{site.address}{THESAURUS}/add")
    visitor.write("Words and phrases that mean nearly the same", "lorry\nrefuse truck")
    visitor.choose("The same thing by another name")
    visitor.press("See what it changes")


SETTINGS = "/coordinator/settings"


def other_weights(visitor: Visitor, site: Site) -> None:
    visitor.open(f"{site.address}{SETTINGS}/matching")
    visitor.write("For the journey, at most, in per cent", "40")
    visitor.press("See what would change")


def wrong_waves(visitor: Visitor, site: Site) -> None:
    visitor.open(f"{site.address}{SETTINGS}/waves")
    visitor.page.locator("[name=waves-0-from_days]").fill("3")
    visitor.press("Save")


def looking_back(visitor: Visitor, site: Site) -> None:
    visitor.open(f"{site.address}/coordinator/requests/1")
    visitor.page.get_by_role("link", name="was proposed then").first.click()
    visitor.page.get_by_role("heading", name="If it were made today").wait_for()


RULES = {
    "assign": at("/coordinator/assign", "coordinator"),
    "assign-fair": at("/coordinator/assign?fair=yes", "coordinator"),
    "proposed-then": Scene(looking_back, "coordinator"),
    "settings": at(SETTINGS, "coordinator"),
    "settings-waves": at(f"{SETTINGS}/waves", "coordinator"),
    "settings-waves-wrong": Scene(wrong_waves, "coordinator"),
    "settings-matching": at(f"{SETTINGS}/matching", "coordinator"),
    "settings-what-if": Scene(other_weights, "coordinator"),
    "settings-history": at(f"{SETTINGS}/history", "coordinator"),
    "thesaurus": at(THESAURUS, "coordinator"),
    "thesaurus-none": at(f"{THESAURUS}?show=own", "coordinator"),
    "thesaurus-group": at(f"{THESAURUS}/groups/chief-executive", "coordinator"),
    "thesaurus-add": at(f"{THESAURUS}/add", "coordinator"),
    "thesaurus-add-empty": sent_empty(at(f"{THESAURUS}/add", "coordinator")),
    "thesaurus-effect": Scene(new_group, "coordinator"),
    "thesaurus-switch": at(f"{THESAURUS}/groups/chief-executive/switch", "coordinator"),
    "thesaurus-history": at(f"{THESAURUS}/history", "coordinator"),
}
SOCIAL = "/advice/what-to-tell-your-chief-executive-about-social-media"
ADVICE = {
    "advice": at("/advice"),
    "advice-search": at("/advice?words=facebook"),
    "advice-nothing": at("/advice?words=zeppelin"),
    "advice-note": at(SOCIAL),
    "advice-report": at(SOCIAL + "/report"),
    "advice-report-empty": sent_empty(at(SOCIAL + "/report")),
    "advice-answered": Scene(answered_already),
    "advice-own": Scene(own_advice, "volunteer"),
    "advice-write": Scene(writing_advice, "volunteer"),
    "advice-write-empty": sent_empty(Scene(writing_advice, "volunteer")),
    "desk-advice": at("/coordinator/advice", "coordinator"),
    "desk-advice-note": at("/coordinator/advice/6", "coordinator"),
    "desk-advice-refuse": at("/coordinator/advice/6/refuse", "coordinator"),
}


def first_event(role: str) -> Scene:
    def act(visitor: Visitor, site: Site) -> None:
        visitor.open(site.address + "/events")
        visitor.page.locator("main h2 a").first.click()
        visitor.page.wait_for_load_state()

    return Scene(act, role)


EVENTS = {
    "events": at("/events"),
    "event": first_event(""),
    "event-as-volunteer": first_event("volunteer"),
    "events-own": at("/volunteer/events", "volunteer"),
    "event-propose": at("/volunteer/events/propose", "volunteer"),
    "event-propose-empty": sent_empty(at("/volunteer/events/propose", "volunteer")),
    "request-events": by_link("status", ELEANOR, "/events"),
    "desk-events": at("/coordinator/events", "coordinator"),
    "desk-event": at("/coordinator/events/3", "coordinator"),
    "desk-event-new": at("/coordinator/events/new", "coordinator"),
}


def own_peers(visitor: Visitor, site: Site) -> None:
    visitor.open(site.address + "/volunteer")
    visitor.press("People like you")


def with_peer(words: str) -> Callable[[Visitor, Site], None]:
    """Follow the first link with these words on one's own page of people."""

    def act(visitor: Visitor, site: Site) -> None:
        own_peers(visitor, site)
        with visitor.page.expect_navigation():
            visitor.page.locator("main a").filter(has_text=words).first.click()

    return act


def reporting(visitor: Visitor, site: Site) -> None:
    with_peer("Wendy")(visitor, site)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("link", name="Block and report").click()


PEERS = {
    "peers-own": Scene(own_peers, "volunteer"),
    "peers-hello": Scene(with_peer("The press desk"), "volunteer"),
    "peers-hello-waiting": Scene(with_peer("Wendy"), "volunteer"),
    "peers-say-empty": sent_empty(Scene(with_peer("Say hello"), "volunteer")),
    "peers-report-empty": sent_empty(Scene(reporting, "volunteer")),
    "peers-stop": by_link("stop_hellos", ASHA),
    "request-question-answered": by_link("status", MARGARET),
    "request-question": by_link("status", ELEANOR, "/question"),
    "request-question-empty": sent_empty(by_link("status", ELEANOR, "/question")),
    "request-known-as": by_link("status", ELEANOR, "/known-as"),
    "peer-question": by_link("peer_question", HARRIET),
    "desk-request-question": at("/coordinator/requests/2", "coordinator"),
    "settings-peers": at(f"{SETTINGS}/peers", "coordinator"),
}
SCENES: Mapping[str, Scene] = {
    **PUBLIC,
    **HELP_FORM,
    **REQUEST,
    **VOLUNTEER,
    **DESK,
    **AT_WORK,
    **RULES,
    **ADVICE,
    **EVENTS,
    **PEERS,
}
