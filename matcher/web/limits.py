"""Coarse limits on how often one network may send forms; exact ones are counted by actions."""

from flask_limiter import Limiter

from matcher.web.context import network

limiter = Limiter(key_func=network, strategy="moving-window")

FORMS = "60 per minute; 600 per hour"
SIGN_IN = "10 per minute; 60 per hour"
