"""How fields become GOV.UK Frontend markup.

Lazy translations call themselves safe HTML, so all words become plain strings before they get to a
component, which escapes them.
"""

from typing import cast

from flask import current_app, get_template_attribute
from markupsafe import Markup

Params = dict[str, object]
MOST_BLANK = 200
COMPONENTS = "govuk_frontend_jinja/components"


def render(component: str, macro: str, params: Params) -> Markup:
    """Return the markup of a GOV.UK Frontend component."""
    found = get_template_attribute(f"{COMPONENTS}/{component}/macro.html", macro)
    return cast(Markup, found(params))


def render_blank(component: str, macro: str, params: Params) -> Markup:
    """Return the markup of a component that nobody typed into: made once, and kept.

    What a person typed must never come here: it would stay in memory, and be shown to others.
    """
    kept: dict[str, Markup] = current_app.extensions.setdefault("blank_components", {})
    key = f"{macro}{params}"
    if key not in kept:
        if len(kept) >= MOST_BLANK:
            kept.clear()
        kept[key] = render(component, macro, params)
    return kept[key]


def label(words: str, size: str, *, page_heading: bool) -> Params:
    """Return the label of one input; ``size`` is "s", "m", "l" or empty for plain."""
    size = size or ("l" if page_heading else "")
    return {
        "label": {
            "text": str(words),
            "classes": f"govuk-label--{size}" if size else "",
            "isPageHeading": page_heading,
        }
    }


def legend(words: str, size: str, *, page_heading: bool) -> Params:
    """Return the legend of a group of inputs."""
    size = size or ("l" if page_heading else "s")
    return {
        "fieldset": {
            "legend": {
                "text": str(words),
                "classes": f"govuk-fieldset__legend--{size}",
                "isPageHeading": page_heading,
            }
        }
    }
