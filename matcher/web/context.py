"""What every view needs to know: the moment, the settings, who is signed in, which network."""

import ipaddress
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from flask import current_app, g, request

from matcher.actions.network.finding_advice import LiveAdvice
from matcher.actions.occasion import Occasion
from matcher.actions.proposals.live_index import LiveIndex
from matcher.lifecycle.tables import Actor
from matcher.mail.links import LinkKeys
from matcher.mail.rendering import Renderer
from matcher.records.database import db
from matcher.records.programmes import ProgrammeSettings, get_settings
from matcher.settings import Settings

IPV4_NETWORK = 24
IPV6_NETWORK = 64


def settings() -> Settings:
    """Return the operator's settings."""
    return cast(Settings, current_app.extensions["settings"])


def link_keys() -> LinkKeys:
    """Return the keys that sign links."""
    return cast(LinkKeys, current_app.extensions["link_keys"])


def live_index() -> LiveIndex:
    """Return this process's index of offers; made when it is first asked for."""
    return cast(LiveIndex, current_app.extensions["live_index"])


def live_advice() -> LiveAdvice:
    """Return this process's index of published advice."""
    return cast(LiveAdvice, current_app.extensions["live_advice"])


def email_renderer() -> Renderer:
    """Return what turns emails into words, for pages that show one before it is sent."""
    kept = current_app.extensions
    if "email_renderer" not in kept:
        templates = Path(current_app.root_path, current_app.template_folder or "")
        kept["email_renderer"] = Renderer(templates / "email")
    return cast(Renderer, kept["email_renderer"])


def occasion(actor: Actor, actor_id: int | None = None) -> Occasion:
    """Return this moment, for an action."""
    return Occasion(
        now=datetime.now(UTC),
        actor=actor,
        actor_id=actor_id,
        settings=programme_settings(),
        key_id=link_keys().current,
        mail_domain=settings().mail_from.rpartition("@")[2],
    )


def programme_settings() -> ProgrammeSettings:
    """Return the coordinators' settings as they were when this request first asked for them."""
    if "programme_settings" not in g:
        g.programme_settings = get_settings(db.session())
    return cast(ProgrammeSettings, g.programme_settings)


def network() -> str:
    """Return the network a request came from: /24 or /64, so that nobody hides in a subnet."""
    address = ipaddress.ip_address(request.remote_addr or "127.0.0.1")
    prefix = IPV4_NETWORK if address.version == 4 else IPV6_NETWORK
    return str(ipaddress.ip_network((address, prefix), strict=False))
