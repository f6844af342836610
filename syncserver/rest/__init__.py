"""REST: all routes by subject, their description, and how the framework is to treat them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from litestar.config.compression import CompressionConfig
from litestar.handlers import HTTPRouteHandler

from syncserver.accounts import Accounts
from syncserver.administration import Administration
from syncserver.auth import Auth
from syncserver.enrolment import Enrolment
from syncserver.limits import Tries
from syncserver.metrics import Metrics
from syncserver.relay import Relay
from syncserver.rest import (
    about,
    audit_logs,
    cohorts,
    entries,
    feed,
    invitations,
    own_audit,
    people,
    schedules,
    sign_in,
    sync_rooms,
    users,
    whole_audit,
)
from syncserver.rest.openapi import describe
from syncserver.rest.problems import HANDLERS
from syncserver.rest.repeats import Repeats
from syncserver.rest.routes import Route, Services, handler_of
from syncserver.settings import Settings


def all_routes() -> tuple[Route, ...]:
    """Every address and method under `/api`."""
    description: dict[str, Any] = {}
    routes = (
        *sign_in.ROUTES,
        *people.ROUTES,
        *users.ROUTES,
        *invitations.ROUTES,
        *cohorts.ROUTES,
        *schedules.ROUTES,
        *entries.ROUTES,
        *feed.ROUTES,
        *audit_logs.ROUTES,
        *whole_audit.ROUTES,
        *own_audit.ROUTES,
        *sync_rooms.ROUTES,
        *about.about(description),
    )
    description.update(describe(routes, about.program_version()))
    return routes


def services_of(
    settings: Settings,
    relay: Relay,
    auth: Auth,
    metrics: Metrics,
    now: Callable[[], datetime],
) -> Services:
    """What the routes work with, put together."""
    window = timedelta(seconds=settings.sign_in_window_s)
    return Services(
        settings=settings,
        relay=relay,
        auth=auth,
        accounts=Accounts(relay, auth, settings, now),
        enrolment=Enrolment(relay, auth, settings, now),
        administration=Administration(relay, auth, settings, now),
        metrics=metrics,
        now=now,
        repeats=Repeats(relay, auth, now),
        sign_in_tries=Tries(settings.sign_in_tries, window, now),
        code_tries=Tries(settings.code_tries, window, now),
    )


def rest_routes(
    settings: Settings,
    relay: Relay,
    auth: Auth,
    metrics: Metrics,
    now: Callable[[], datetime],
) -> list[HTTPRouteHandler]:
    """The framework's handlers of all routes."""
    services = services_of(settings, relay, auth, metrics, now)
    return [handler_of(route, services) for route in all_routes()]


def rest_options(settings: Settings) -> dict[str, Any]:
    """What the application must be told for these routes: errors as problems, limits, gzip."""
    return {
        "exception_handlers": HANDLERS,
        "request_max_body_size": settings.body_bytes,
        "compression_config": CompressionConfig(backend="gzip", minimum_size=1024),
        "openapi_config": None,
    }
