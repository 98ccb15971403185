"""What a WSGI server loads: ``gunicorn wsgi:app``."""

from matcher.app import create_app
from matcher.settings import read_settings

app = create_app(read_settings())
