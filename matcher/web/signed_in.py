"""Who is signed in: a coordinator or a volunteer, and the check that a page is for them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import abort, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from matcher.actions.coordinator.signing_in import end_sessions
from matcher.actions.occasion import Occasion
from matcher.lifecycle.access import Role, holds
from matcher.lifecycle.tables import Actor
from matcher.lifecycle.volunteer import MEMBERS
from matcher.records.coordinators import Coordinator
from matcher.records.database import db
from matcher.records.volunteers import Volunteer
from matcher.web.areas import enter_desk
from matcher.web.context import occasion

login_manager = LoginManager()
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login comes without types
    """A signed-in person. ``session_key`` is the row's: a new one there ends every session.

    ``councils`` are those of their areas at the desk; None is everything.
    """

    actor: Actor
    row_id: int
    session_key: str
    name: str
    role: Role | None = None
    councils: tuple[str, ...] | None = None

    @property
    def may_change(self) -> bool:
        """Whether they may do anything at the desk, rather than only read."""
        return self.may(Role.COORDINATOR)

    @property
    def administers(self) -> bool:
        """Whether they may change how the programme runs and who has access."""
        return self.may(Role.ADMINISTRATOR)

    @property
    def sees_everything(self) -> bool:
        """Whether no areas limit what they see at the desk."""
        return self.councils is None

    def may(self, least: Role) -> bool:
        """Return whether they are at the desk, in this role or one above it."""
        return self.role is not None and holds(self.role, least)

    def get_id(self) -> str:
        """Return what the session cookie keeps."""
        return f"{self.actor}:{self.row_id}:{self.session_key}"


@login_manager.user_loader  # type: ignore[untyped-decorator]  # as above
def load_signed_in(kept: str) -> SignedIn | None:
    """Return who the cookie names, unless their sessions were ended meanwhile."""
    actor, _, rest = kept.partition(":")
    row_id, _, session_key = rest.partition(":")
    if not row_id.isascii() or not row_id.isdigit():
        return None
    found = _find(actor, int(row_id))
    return found if found and found.session_key == session_key else None


def _find(actor: str, row_id: int) -> SignedIn | None:
    if actor == Actor.COORDINATOR:
        coordinator = db.session.get(Coordinator, row_id)
        if coordinator is not None and coordinator.ended_at is None:
            key, name = coordinator.session_key, coordinator.name
            role, councils = Role(coordinator.role), coordinator.areas
            return SignedIn(Actor.COORDINATOR, row_id, key, name, role, councils)
    if actor == Actor.VOLUNTEER:
        volunteer = db.session.get(Volunteer, row_id)
        if volunteer is not None and volunteer.state in MEMBERS:
            return SignedIn(Actor.VOLUNTEER, row_id, volunteer.session_key, volunteer.name)
    return None


def start_session(actor: Actor, row_id: int) -> None:
    """Sign a person in, in a new session: nothing that stood in this browser before is kept."""
    found = _find(actor, row_id)
    if found is None:
        abort(403)
    session.clear()
    login_user(found)


def end_session() -> None:
    """Sign out whoever is signed in, in every browser: a copied cookie is worthless, too."""
    if current_user.is_authenticated:
        end_sessions(current_user.actor, current_user.row_id)
    forget_session()


def forget_session() -> None:
    """Leave nothing of the session in this browser."""
    logout_user()
    session.clear()


def for_actor(
    actor: Actor, sign_in_endpoint: str
) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer | Response]]:
    """Return a decorator for pages of one kind of person; others are sent to sign in."""

    def decorate(view: Callable[Given, Answer]) -> Callable[Given, Answer | Response]:
        @wraps(view)
        def run(*args: Given.args, **kwargs: Given.kwargs) -> Answer | Response:
            if not current_user.is_authenticated or current_user.actor != actor:
                return redirect(url_for(sign_in_endpoint))
            return view(*args, **kwargs)

        run.users = (actor,)  # type: ignore[attr-defined]  # read by the house test of routes
        return run

    return decorate


def at_desk(
    least: Role,
) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer | Response]]:
    """Return a decorator for pages of the desk that names the least role a page needs."""

    def decorate(view: Callable[Given, Answer]) -> Callable[Given, Answer | Response]:
        @wraps(view)
        def allowed(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
            if not current_user.may(least):
                abort(403)
            enter_desk(view, current_user.row_id, current_user.councils, kwargs)
            return view(*args, **kwargs)

        allowed.least_role = least  # type: ignore[attr-defined]  # read by the house test of routes
        return for_actor(Actor.COORDINATOR, "coordinator.sign_in")(allowed)

    return decorate


#: Pages that a reader may see. They must change nothing and show no contact details.
readers_too = at_desk(Role.READER)
#: The daily work: coordinators, and administrators.
coordinators_only = at_desk(Role.COORDINATOR)
#: How the programme runs, who has access, and what cannot be taken back.
administrators_only = at_desk(Role.ADMINISTRATOR)
volunteers_only = for_actor(Actor.VOLUNTEER, "volunteer.sign_in")


def open_to(*users: str) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Return a decorator that says who a page is for, where no sign-in is asked for."""

    def decorate(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
        view.users = users  # type: ignore[attr-defined]  # read by the house test of routes
        return view

    return decorate


def signed_in_id() -> int:
    """Return the row id of whoever is signed in; only on pages that ask for it."""
    return cast(SignedIn, current_user).row_id


def signed_in_occasion() -> Occasion:
    """Return this moment with the signed-in person as the one who acts."""
    person = cast(SignedIn, current_user)
    return occasion(person.actor, person.row_id)


def came_by_post() -> bool:
    """Return whether the form was sent, rather than the page asked for."""
    return request.method == "POST"
