"""The clock and the post: runs what is due, sends what waits. Any number of these may run."""

import os
import signal
import socket
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import FrameType

import structlog
from flask import Flask
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from matcher.actions import sending
from matcher.actions.occasion import Occasion
from matcher.actions.proposing import LiveIndex, propose_due
from matcher.actions.upkeep import run_upkeep
from matcher.lifecycle.tables import Actor
from matcher.mail.links import LinkKeys, Purpose, address, make_token
from matcher.mail.message import build
from matcher.mail.rendering import Renderer
from matcher.records.database import db, writing
from matcher.records.programmes import get_programme, get_settings
from matcher.records.workers import WorkerSign
from matcher.settings import Settings
from matcher.transport import PermanentFailure, Sent, Transport

log = structlog.get_logger("matcher.worker")

POLL_SECONDS = 1.0
BATCH = 50
