"""Routes about the relay itself: health, version, its description and a page to read that."""

from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from domain.wire import MIN_PROTOCOL_VERSION, PROTOCOL_VERSION
from syncserver.rest.asyncapi import describe_live
from syncserver.rest.routes import Answer, Call, Route, Who

PAGE = Path(__file__).with_name("reference.html")
DISTRIBUTION = "tandem"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


class Health(msgspec.Struct, frozen=True):
    status: str


class Version(msgspec.Struct, frozen=True, rename="camel"):
    """What the relay is; `desktop`, where it is another version, is the current one of those."""

    version: str
    protocol: int
    min_protocol: int
    desktop: str | msgspec.UnsetType = msgspec.UNSET


def program_version() -> str:
    """The installed version; of a program that is run from its sources, `0`."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "0"


async def health(call: Call) -> Answer:
    """Whether the database answers."""
    await call.services.relay.read(lambda reading: reading.meta("relay_id"))
    return Answer(Health("ok"))


async def version(call: Call) -> Answer:
    desktop = call.services.settings.desktop_version or msgspec.UNSET
    return Answer(Version(program_version(), PROTOCOL_VERSION, MIN_PROTOCOL_VERSION, desktop))


def about(description: dict[str, Any]) -> tuple[Route, ...]:
    """The routes; `description` is the OpenAPI document, which is filled later."""
    live = describe_live(program_version())

    async def asyncapi(_call: Call) -> Answer:
        return Answer(live)

    async def openapi(_call: Call) -> Answer:
        return Answer(description)

    async def reference(_call: Call) -> Answer:
        """The description as a page that loads nothing from elsewhere."""
        shown = msgspec.json.encode(description).replace(b"</", b"<\\/")
        page = PAGE.read_bytes().replace(b'"OPENAPI"', shown)
        return Answer(page, {"Content-Security-Policy": POLICY})

    return (
        Route("GET", "/health", health, "Whether the relay works", who=Who.ANYONE, answer=Health),
        Route("GET", "/version", version, "What the relay is", who=Who.ANYONE, answer=Version),
        Route(
            "GET",
            "/openapi.json",
            openapi,
            "This description",
            who=Who.ANYONE,
            answer=dict[str, Any],
        ),
        Route(
            "GET",
            "/asyncapi.json",
            asyncapi,
            "The description of the live connection (AsyncAPI)",
            who=Who.ANYONE,
            answer=dict[str, Any],
        ),
        Route(
            "GET",
            "/docs",
            reference,
            "This description as a page",
            who=Who.ANYONE,
            answer=str,
            media_type="text/html",
        ),
    )
