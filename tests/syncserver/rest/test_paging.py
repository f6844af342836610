"""Where the next page begins."""

import pytest

from domain.errors import Invalid
from syncserver.rest.paging import place_of
from tests.syncserver.rest.conftest import Clock, House


def test_without_a_cursor_a_list_begins_at_its_beginning() -> None:
    assert place_of(None) is None
    assert place_of("") is None


@pytest.mark.parametrize("cursor", ["x", "!!!!", "e30", "WzFd", "é"])
def test_a_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        place_of(cursor)


async def test_more_than_the_most_gives_the_most(house: House) -> None:
    assert (await house.mia.get("/schedules?limit=100000")).status_code == 200


async def test_a_link_keeps_the_filters(house: House, clock: Clock) -> None:
    for day in (1, 2):
        await house.plan(startTime=clock.at(days=day), endTime=clock.at(days=day, hours=1))

    answer = await house.mia.get(f"/schedules?limit=1&studentId={house.ana.id}")

    assert f"studentId={house.ana.id}" in answer.headers["Link"]
    assert answer.headers["Link"].startswith("</api/schedules?limit=1&")
