"""The one way that every request goes."""

import pytest

from syncserver.rest import all_routes
from syncserver.rest.problems import STATUS_OF
from syncserver.rest.routes import Who, shown
from tests.syncserver.rest.conftest import House


def test_no_two_routes_have_the_same_address_and_method() -> None:
    names = [route.name for route in all_routes()]

    assert len(names) == len(set(names))


def test_what_needs_no_token_is_named_here() -> None:
    open_ones = {route.path for route in all_routes() if route.who is Who.ANYONE}

    assert open_ones == {
        "/auth/register",
        "/auth/login",
        "/auth/refresh",
        "/auth/reset",
        "/health",
        "/version",
        "/openapi.json",
        "/asyncapi.json",
        "/docs",
    }


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "nonsense"])
async def test_a_header_without_a_bearer_token_is_no_token(house: House, header: str) -> None:
    answer = await house.nobody.get("/me", Authorization=header)

    assert (answer.status_code, answer.json()["code"]) == (401, "token_missing")


async def test_the_scheme_may_be_written_in_any_case(house: House) -> None:
    token = house.ana.grant["accessToken"]

    assert (await house.nobody.get("/me", Authorization=f"bearer {token}")).status_code == 200


async def test_an_empty_body_is_an_empty_object(house: House) -> None:
    answer = await house.mia.post("/schedules")

    assert answer.json()["errors"][0] == {
        "field": "title",
        "code": "required",
        "message": "This is needed.",
    }


async def test_requests_are_counted_by_route_and_not_by_address(house: House) -> None:
    await house.ana.get("/schedules/one")
    await house.ana.get("/schedules/two")

    # The routes' own figures are in the application's registry, which `house` shares.
    text = house.services.metrics.exposition().decode()
    counted = 'method="GET",route="/schedules/{schedule_id}",status="404"} 2.0'
    assert f"tandem_requests_total{{{counted}" in text
    assert "/schedules/one" not in text


def test_a_plain_value_is_shown_as_it_is() -> None:
    assert shown({"a": [1]}) == {"a": [1]}
    assert STATUS_OF["changed"] == 412


@pytest.mark.parametrize("value", ["null", "NULL"])
async def test_a_query_says_nothing_by_leaving_it_out_and_not_by_null(
    house: House, value: str
) -> None:
    empty = await house.ada.get("/activity-feed?type=&limit=&cursor=")
    refused = await house.ada.get(f"/activity-feed?limit={value}")

    assert empty.status_code == 200
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "limit")


async def test_a_key_has_a_length(house: House) -> None:
    longest = await house.mia.post("/cohorts", {"name": "A"}, Idempotency_Key="k" * 200)
    longer = await house.mia.post("/cohorts", {"name": "B"}, Idempotency_Key="k" * 201)

    assert longest.status_code == 201
    assert (longer.status_code, longer.json()["code"]) == (422, "invalid")
    assert longer.json()["errors"][0]["field"] == "Idempotency-Key"
