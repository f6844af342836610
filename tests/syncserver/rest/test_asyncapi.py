"""The AsyncAPI description: complete, and without a reference that leads nowhere."""

import re
from collections.abc import Iterator
from typing import Any

from domain.activities import Kind
from domain.kinds import KINDS
from domain.wire import COMMANDS
from syncserver.rest.asyncapi import ASKED, SENT, describe_live
from tests.syncserver.rest.conftest import House

DESCRIPTION = describe_live("1")


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def leads_to(reference: str) -> Any:
    found: Any = DESCRIPTION
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


def test_it_is_asyncapi_3() -> None:
    assert DESCRIPTION["asyncapi"] == "3.0.0"
    assert DESCRIPTION["info"]["version"] == "1"


def test_every_reference_leads_somewhere() -> None:
    for reference in set(references(DESCRIPTION)):
        assert leads_to(reference), reference


def test_every_event_is_a_message_with_its_own_name() -> None:
    messages = DESCRIPTION["components"]["messages"].values()
    events = {one.event for one in (*SENT, *ASKED)} | set(Kind)

    assert {one["name"] for one in messages} == events | {"connect", "connect_error", "failed"}


def test_every_message_is_of_an_operation_and_of_the_channel() -> None:
    (channel,) = DESCRIPTION["channels"].values()
    used = set()
    for operation in DESCRIPTION["operations"].values():
        of_reply = operation.get("reply", {}).get("messages", [])
        used |= {one["$ref"].rpartition("/")[2] for one in (*operation["messages"], *of_reply)}

    assert used == channel["messages"].keys() == DESCRIPTION["components"]["messages"].keys()


def test_names_are_those_that_asyncapi_allows() -> None:
    components = DESCRIPTION["components"]
    for name in (*components["messages"], *components["schemas"], *DESCRIPTION["operations"]):
        assert re.fullmatch(r"[\w.\-]+", name)


def test_rows_and_commands_are_all_that_there_are() -> None:
    schemas = DESCRIPTION["components"]["schemas"]
    rows = {one["$ref"] for one in schemas["Changes"]["properties"]["rows"]["items"]["anyOf"]}
    commands = {one["$ref"] for one in schemas["Mutation"]["properties"]["command"]["anyOf"]}

    assert rows == {f"#/components/schemas/{kind.__name__}" for kind in KINDS.values()}
    assert len(commands) == len(COMMANDS)


def test_what_an_event_shows_has_no_tag_of_the_wire() -> None:
    shown = DESCRIPTION["components"]["schemas"]["ShownSchedule"]

    assert "type" not in shown["properties"]
    assert set(shown["required"]) == set(shown["properties"])


async def test_it_is_served_and_linked_from_the_page(house: House) -> None:
    served = (await house.nobody.get("/asyncapi.json")).json()
    page = (await house.nobody.get("/docs")).text

    assert {**served, "info": DESCRIPTION["info"]} == DESCRIPTION
    assert 'href="asyncapi.json"' in page
