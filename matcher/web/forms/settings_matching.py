"""Settings of what counts in a match."""

from matcher.web.forms.setting import Kind, Section, Setting
from matcher.web.words import lazy_gettext as _

MATCHING = Section(
    "matching",
    _("What counts in a match"),
    _(
        "Words make the score; the journey, recent asks and days away take some of it off. "
        "You see what a change does to open and past requests before you keep it."
    ),
    (
        (
            _("Taken off the score"),
            (
                Setting(
                    "weights.travel", _("For the journey, at most"), kind=Kind.PER_CENT, most=60
                ),
                Setting(
                    "weights.travel_minutes",
                    _("Half of that is taken off at a journey of"),
                    unit=_("minutes"),
                    least=15,
                    most=480,
                ),
                Setting(
                    "weights.over",
                    _("For passing a stated limit a little"),
                    kind=Kind.PER_CENT,
                    most=50,
                ),
                Setting(
                    "weights.load",
                    _("For having been asked of late, at most"),
                    _("The higher, the more evenly people are asked."),
                    Kind.PER_CENT,
                    most=60,
                ),
                Setting(
                    "weights.load_asks",
                    _("Half of that is taken off after so many asks"),
                    least=1,
                    most=20,
                ),
                Setting(
                    "weights.dates",
                    _("For being away on some of the wanted dates, at most"),
                    kind=Kind.PER_CENT,
                    most=60,
                ),
            ),
        ),
        (
            _("How words are weighed against each other"),
            (
                Setting("weights.whole", _("The whole of what somebody wrote"), kind=Kind.PER_CENT),
                Setting("weights.items", _("Single things they did"), kind=Kind.PER_CENT),
                Setting("weights.bm25", _("Rare words, however long the text"), kind=Kind.PER_CENT),
            ),
        ),
        (
            _("What is read into a request"),
            (
                Setting(
                    "weights.additions.thesaurus",
                    _("Words that mean nearly the same, by the thesaurus"),
                    kind=Kind.YES,
                ),
                Setting(
                    "weights.additions.acronyms", _("Abbreviations, such as SEND"), kind=Kind.YES
                ),
                Setting("weights.additions.spelling", _("Words that are misspelt"), kind=Kind.YES),
                Setting(
                    "weights.additions.neighbours",
                    _("Similar words, for short requests"),
                    kind=Kind.YES,
                ),
                Setting(
                    "weights.additions.negation",
                    _("What is said not to be wanted counts less"),
                    kind=Kind.YES,
                ),
                Setting(
                    "weights.additions.boilerplate",
                    _("Phrases that only say that one asks count less"),
                    kind=Kind.YES,
                ),
            ),
        ),
    ),
)
