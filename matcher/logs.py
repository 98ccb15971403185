"""Logs: one line of JSON an event, with the request's id, and never a link that works."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from matcher.mail.links import mask

# structlog's processors take any value that a caller logs.
EventDict = MutableMapping[str, Any]


def mask_links(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Take every link token out of every text that is about to be logged."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = mask(value)
    return event


def configure_logs(level: str) -> None:
    """Send all logs, our own and the libraries', through the same processors to stderr."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask_links,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(), mask_links],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
