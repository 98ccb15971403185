"""The factory: the one module that knows all the others."""

import uuid
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, g, request
from flask.templating import Environment
from flask_babel import Babel
from flask_login import current_user
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map
from whitenoise import WhiteNoise

from matcher.actions.network.finding_advice import LiveAdvice
from matcher.actions.proposals.live_index import LiveIndex
from matcher.logs import configure_logs
from matcher.mail.links import LinkKeys
from matcher.records.database import db, end_reading, engine_options, prepare_engine
from matcher.settings import Settings, parse_link_keys
from matcher.web.allowed import register_allowed
from matcher.web.blueprints import register_blueprints
from matcher.web.coordinator.openid import set_up_openid
from matcher.web.errors import register_errors
from matcher.web.files import allow_files
from matcher.web.limits import limiter
from matcher.web.measuring import measure_requests
from matcher.web.security import secure_headers, static_headers
from matcher.web.signed_in import login_manager
from matcher.web.static_files import static_url
from matcher.web.wording import register_wording
from matcher.web.words import translate_templates

PACKAGE = Path(__file__).parent
HIGHEST_ID = 2**31 - 1
FORM_BYTES = 1024 * 1024
STATIC_SECONDS = 365 * 24 * 3600


class RowId(IntegerConverter):
    """An id in an address; a number that no row can have is not found."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=HIGHEST_ID)


class Templates(Environment):
    """Flask's, where all templates share one set of globals: none here has any of its own.

    A page imports some forty macros; each import would compare its names with the shared ones
    through a chain of mappings, which took a fifth of the time that the page takes.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the shared globals."""
        return super().make_globals(d) if d else self.globals


class Application(Flask):
    """Flask, with the templates above."""

    jinja_environment = Templates


def shipped_folder(name: str) -> Path:
    """Return a folder that a wheel carries inside the package and a checkout beside it."""
    inside = PACKAGE / f"_{name}"
    return inside if inside.is_dir() else PACKAGE.parent / name


def create_app(settings: Settings) -> Flask:
    """Return the web application; its database is opened when it is first used."""
    configure_logs(settings.log_level)
    app = Application(
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
    translate_templates(app)
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
    register_blueprints(app)
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
