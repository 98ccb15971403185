"""How fields become GOV.UK Frontend markup.

Lazy translations call themselves safe HTML, so all words become plain strings before they get to a
component, which escapes them.
"""

from typing import cast

from flask import get_template_attribute
from markupsafe import Markup

Params = dict[str, object]
COMPONENTS = "govuk_frontend_jinja/components"


def render(component: str, macro: str, params: Params) -> Markup:
    """Return the markup of a GOV.UK Frontend component."""
    found = get_template_attribute(f"{COMPONENTS}/{component}/macro.html", macro)
    return cast(Markup, found(params))


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
