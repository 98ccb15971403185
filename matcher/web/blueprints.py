"""Every page of the service: a module here that has a ``blueprint`` is found and registered."""

from flask import Blueprint, Flask
from werkzeug.utils import find_modules, import_string


def register_blueprints(app: Flask) -> None:
    """Add the blueprint of every module below this package (Flask, "Large Applications")."""
    for name in find_modules(__package__, recursive=True):
        blueprint = getattr(import_string(name), "blueprint", None)
        if isinstance(blueprint, Blueprint):
            app.register_blueprint(blueprint)
