"""Headers that every answer carries, and the nonce that lets our own scripts run."""

import secrets

from flask import Flask, Response, g

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000; includeSubDomains"
#: A file opened by itself shows itself, and loads and runs nothing.
STATIC_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


def static_headers(*, https: bool) -> dict[str, str]:
    """Return the headers of files, which do not pass through the application."""
    strict = {"Strict-Transport-Security": HSTS} if https else {}
    return {**HEADERS, "Content-Security-Policy": STATIC_POLICY, **strict}


def content_security_policy(nonce: str) -> str:
    """Return the policy of a page whose own scripts carry ``nonce``."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def csp_nonce() -> str:
    """Return this request's nonce."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def add_security_headers(response: Response) -> Response:
    """Put the headers on a page; pages are never kept by caches and never indexed by default."""
    response.headers.update(HEADERS)
    response.headers["Content-Security-Policy"] = content_security_policy(csp_nonce())
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def secure_headers(app: Flask, *, https: bool) -> None:
    """Register all of the above with an application."""
    app.after_request(add_security_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    if https:
        app.after_request(_add_hsts)


def _add_hsts(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = HSTS
    return response
