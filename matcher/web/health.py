"""/healthz: whether database, worker and outbox are well, for monitors and load balancers."""

from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from matcher.records.database import db
from matcher.records.health import Health, read_health
from matcher.web.signed_in import open_to

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@open_to("anybody")
def healthz() -> tuple[Response, int]:
    """Say how each part is; 503 where one is not well."""
    try:
        health = read_health(db.session(), datetime.now(UTC))
    except SQLAlchemyError:
        health = Health(database=False, worker=False, outbox=False)
    answer = jsonify(
        status="well" if health.well else "not well",
        database=health.database,
        worker=health.worker,
        outbox=health.outbox,
    )
    return answer, 200 if health.well else 503
