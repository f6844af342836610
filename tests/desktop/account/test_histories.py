"""The audit log, as the desktop asks for it."""

from __future__ import annotations

import httpx
import pytest

from desktop.account.api import ApiRefused
from desktop.account.histories import Histories
from tests.desktop.account.servers import SERVER, Answer, Server, a_problem
from tests.desktop.account.test_own_account import FakeTokens

RECORD = {
    "room": "student:ana",
    "n": 7,
    "at": "2025-12-01T10:00:00.000Z",
    "receivedAt": "2025-12-01T10:00:01.000Z",
    "actorId": "mia",
    "actorName": "Mia",
    "action": "schedule.update",
    "rowType": "schedule",
    "rowId": "s1",
    "fields": ["title"],
    "values": {"title": ["Recursion", "Loops"]},
    "prevHash": "x",
    "hash": "y",
}


def histories(*answers: Answer) -> tuple[Histories, Server]:
    server = Server(*answers)
    return Histories(server.api, FakeTokens()), server


async def test_the_history_of_an_item_is_asked_for_from_its_end() -> None:
    asking, server = histories(httpx.Response(200, json=[RECORD]))

    page = await asking.of_item("schedule", "s1")

    assert server.asked == [("/api/audit-logs/schedule/s1", None)]
    assert server.queries == [{"newestFirst": "true"}]
    [record] = page.records
    assert (record.id, record.actor_name) == ("student:ana 7", "Mia")
    assert record.values == {"title": ("Recursion", "Loops")}
    assert page.older == ""


async def test_the_next_page_is_where_the_relay_says() -> None:
    link = {"Link": f'<{SERVER}/api/me/audit?byOthers=true&cursor=abc>; rel="next"'}
    asking, server = histories(
        httpx.Response(200, json=[RECORD], headers=link), httpx.Response(200, json=[])
    )

    first = await asking.of_mine(by_others=True)
    last = await asking.of_mine(first.older, by_others=True)

    assert first.older == "abc"
    assert server.queries == [{"byOthers": "true"}, {"byOthers": "true", "cursor": "abc"}]
    assert last.older == ""


async def test_a_record_without_values_or_name_is_read_too() -> None:
    erased = {**RECORD, "values": None, "actorName": None}
    asking, _server = histories(httpx.Response(200, json=[erased]))

    [record] = (await asking.of_mine()).records

    assert (record.values, record.actor_name, record.fields) == (None, None, ["title"])


async def test_a_token_that_has_ended_is_renewed() -> None:
    asking, server = histories(a_problem(401, "token_expired"), httpx.Response(200, json=[RECORD]))

    await asking.of_item("entry", "e1")

    assert server.headers[1]["Authorization"] == "Bearer access 2"


async def test_what_the_relay_does_not_know_is_said() -> None:
    asking, _server = histories(a_problem(404, "not_found"))

    with pytest.raises(ApiRefused) as refused:
        await asking.of_item("entry", "e1")

    assert refused.value.code == "not_found"
