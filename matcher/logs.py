"""Logs: one line of JSON an event, with the request's id; no link that works, no address."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from matcher.mail.links import mask

# structlog's processors take any value that a caller logs.
EventDict = MutableMapping[str, Any]
#: Whatever looks like an email address. The lengths are bounded so that no text takes long.
ADDRESS = re.compile(r"[^\s@<>\"'(),;:=\[\]{}\\/]{1,64}@[^\s@<>\"'(),;:=\[\]{}\\/]{1,255}")


def mask_secrets(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Take every link token and every email address out of what is about to be logged."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = ADDRESS.sub("[address]", mask(value))
    return event


def configure_logs(level: str) -> None:
    """Send all logs, our own and the libraries', through the same processors to stderr."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(), mask_secrets],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
