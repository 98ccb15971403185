"""The factory: the one module that knows all the others."""

import uuid
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import structlog
from flask import Flask, Response, g, request
from flask_babel import Babel
from flask_login import current_user
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map
from whitenoise import WhiteNoise

from matcher.actions.finding_advice import LiveAdvice
from matcher.actions.live_index import LiveIndex
from matcher.logs import configure_logs
from matcher.mail.links import LinkKeys
from matcher.records.database import db, end_reading, engine_options, prepare_engine
from matcher.settings import Settings, parse_link_keys
from matcher.web import health
from matcher.web.adjusting import blueprint as adjusting
from matcher.web.advice import blueprint as advice
from matcher.web.advice_writing import blueprint as advice_writing
from matcher.web.after_visit import blueprint as after_visit
from matcher.web.allowed import register_allowed
from matcher.web.answers import blueprint as answers
from matcher.web.api import blueprint as api
from matcher.web.asking_twice import blueprint as asking_twice
from matcher.web.changing import blueprint as changing
from matcher.web.colleague import blueprint as colleague
from matcher.web.coordinator import blueprint as coordinator
from matcher.web.coordinator_access import blueprint as coordinator_access
from matcher.web.coordinator_advice import blueprint as coordinator_advice
from matcher.web.coordinator_asking import blueprint as coordinator_asking
from matcher.web.coordinator_assigning import blueprint as coordinator_assigning
from matcher.web.coordinator_audit import blueprint as coordinator_audit
from matcher.web.coordinator_calendar import blueprint as coordinator_calendar
from matcher.web.coordinator_data import blueprint as coordinator_data
from matcher.web.coordinator_deciding import blueprint as coordinator_deciding
from matcher.web.coordinator_email_words import blueprint as coordinator_email_words
from matcher.web.coordinator_events import blueprint as coordinator_events
from matcher.web.coordinator_exports import blueprint as coordinator_exports
from matcher.web.coordinator_imports import blueprint as coordinator_imports
from matcher.web.coordinator_map import blueprint as coordinator_map
from matcher.web.coordinator_people import blueprint as coordinator_people
from matcher.web.coordinator_requests import blueprint as coordinator_requests
from matcher.web.coordinator_settings import blueprint as coordinator_settings
from matcher.web.coordinator_statistics import blueprint as coordinator_statistics
from matcher.web.coordinator_tasks import blueprint as coordinator_tasks
from matcher.web.coordinator_then import blueprint as coordinator_then
from matcher.web.coordinator_thesaurus import blueprint as coordinator_thesaurus
from matcher.web.coordinator_tokens import blueprint as coordinator_tokens
from matcher.web.coordinator_why_not import blueprint as coordinator_why_not
from matcher.web.errors import register_errors
from matcher.web.events import blueprint as events
from matcher.web.files import allow_files
from matcher.web.joining import blueprint as joining
from matcher.web.known_as import blueprint as known_as
from matcher.web.limits import limiter
from matcher.web.measuring import measure_requests
from matcher.web.offer_page import blueprint as offer_page
from matcher.web.openid import blueprint as openid
from matcher.web.openid import set_up_openid
from matcher.web.peer_questions import blueprint as peer_questions
from matcher.web.peers import blueprint as peers
from matcher.web.public import blueprint as public
from matcher.web.questions import blueprint as questions
from matcher.web.requester import blueprint as requester
from matcher.web.returning import blueprint as returning
from matcher.web.security import secure_headers, static_headers
from matcher.web.signed_in import login_manager
from matcher.web.static_files import static_url
from matcher.web.status import blueprint as status
from matcher.web.topics import blueprint as topics
from matcher.web.unsubscribing import blueprint as unsubscribing
from matcher.web.visit_calendar import blueprint as visit_calendar
from matcher.web.visit_outcomes import blueprint as visit_outcomes
from matcher.web.visits import blueprint as visits
from matcher.web.volunteer import blueprint as volunteer
from matcher.web.wording import register_wording
from matcher.web.your_data import blueprint as your_data

PACKAGE = Path(__file__).parent
BLUEPRINTS = (
    public,
    requester,
    asking_twice,
    status,
    known_as,
    questions,
    changing,
    visits,
    visit_outcomes,
    after_visit,
    joining,
    volunteer,
    offer_page,
    answers,
    adjusting,
    topics,
    visit_calendar,
    returning,
    colleague,
    unsubscribing,
    coordinator,
    openid,
    coordinator_access,
    coordinator_audit,
    coordinator_asking,
    coordinator_people,
    coordinator_imports,
    coordinator_exports,
    coordinator_calendar,
    coordinator_tokens,
    api,
    coordinator_requests,
    coordinator_why_not,
    coordinator_data,
    your_data,
    coordinator_thesaurus,
    coordinator_email_words,
    coordinator_settings,
    coordinator_statistics,
    coordinator_map,
    coordinator_then,
    coordinator_assigning,
    advice,
    advice_writing,
    coordinator_advice,
    events,
    coordinator_events,
    peers,
    peer_questions,
    coordinator_tasks,
    coordinator_deciding,
    health.blueprint,
)
HIGHEST_ID = 2**31 - 1
FORM_BYTES = 1024 * 1024
STATIC_SECONDS = 365 * 24 * 3600


class RowId(IntegerConverter):
    """An id in an address; a number that no row can have is not found."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=HIGHEST_ID)


def shipped_folder(name: str) -> Path:
    """Return a folder that a wheel carries inside the package and a checkout beside it."""
    inside = PACKAGE / f"_{name}"
    return inside if inside.is_dir() else PACKAGE.parent / name


def create_app(settings: Settings) -> Flask:
    """Return the web application; its database is opened when it is first used."""
    configure_logs(settings.log_level)
    app = Flask(
        __name__,
        template_folder=str(shipped_folder("templates")),
        static_folder=None,
        instance_path=str(Path.cwd() / "instance"),
    )
    app.config.from_mapping(_configuration(settings))
    app.extensions["settings"] = settings
    app.extensions["link_keys"] = LinkKeys(parse_link_keys(settings.link_keys.get_secret_value()))
    app.url_map.converters["int"] = RowId
    app.extensions["live_index"] = LiveIndex()
    app.extensions["live_advice"] = LiveAdvice()
    _add_extensions(app)
    set_up_openid(app, settings)
    _add_templates(app)
    _add_pages(app)
    if settings.prometheus_multiproc_dir is not None:
        measure_requests(app)
    _add_middleware(app, settings)
    return app


@contextmanager
def opened_app(settings: Settings) -> Iterator[Flask]:
    """Give the application within its context; its connections are closed in the end."""
    app = create_app(settings)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "MAX_CONTENT_LENGTH": FORM_BYTES,
        "MAX_FORM_MEMORY_SIZE": FORM_BYTES,
        "TRUSTED_HOSTS": [settings.host],
        "SESSION_COOKIE_NAME": "__Host-session" if settings.secure else "session",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": 12 * 3600,
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "WTF_CSRF_SSL_STRICT": False,  # no Referer is ever sent: Referrer-Policy is no-referrer
        "RATELIMIT_STORAGE_URI": settings.rate_limit_storage,
        "RATELIMIT_HEADERS_ENABLED": False,
        "BABEL_DEFAULT_LOCALE": "en_GB",
        "BABEL_DEFAULT_TIMEZONE": "Europe/London",
    }


def _add_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    app.teardown_appcontext(end_reading)  # runs before the extension's own, registered earlier
    Migrate(app, db, directory=str(shipped_folder("migrations")), render_as_batch=True)
    Babel(app)
    allow_files(app)  # before CSRFProtect, which reads the form
    CSRFProtect(app)
    limiter.init_app(app)
    login_manager.init_app(app, add_context_processor=False)


def _add_templates(app: Flask) -> None:
    own = app.jinja_loader
    assert own is not None  # noqa: S101  a template folder was given above
    app.jinja_env.globals["static_url"] = static_url
    # Asked for only by pages that show it: pages for errors must not need the database.
    app.jinja_env.globals["current_user"] = current_user
    app.jinja_loader = ChoiceLoader(
        [
            own,
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )


def _add_pages(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_errors(app)
    register_wording(app)
    register_allowed(app)
    app.before_request(_name_request)
    app.after_request(_log_request)


def _name_request() -> None:
    g.request_id = uuid.uuid4().hex
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _log_request(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    structlog.get_logger("matcher.web").info(
        "request", method=request.method, path=request.path, status=response.status_code
    )
    return response


def _add_middleware(app: Flask, settings: Settings) -> None:
    secure_headers(app, https=settings.secure)
    whitenoise = WhiteNoise(
        app.wsgi_app,
        root=str(PACKAGE / "web" / "static"),
        prefix="static/",
        max_age=STATIC_SECONDS,
        allow_all_origins=False,
        add_headers_function=partial(_add_static_headers, settings),
    )
    app.wsgi_app = whitenoise  # type: ignore[method-assign]  # the documented way to wrap an app
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def _add_static_headers(
    settings: Settings, headers: MutableMapping[str, str], _path: str, _url: str
) -> None:
    for name, value in static_headers(https=settings.secure).items():
        headers[name] = value
