"""Coded errors, as clients are told them."""

import msgspec
import pytest

from domain.errors import Invalid, Refused
from domain.wire import Push
from syncserver.sockets.errors import refusal, unfit


def test_the_place_that_does_not_fit_is_named() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert({"mutations": [{"n": 0}]}, Push)

    told = unfit(caught.value)

    assert (told.code, told.path) == ("bad_request", "$.mutations[0].n")
    assert told.message == "Expected `int` >= 1."


def test_a_payload_that_is_no_object_is_wrong_as_a_whole() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert([], Push)

    assert unfit(caught.value).path == "$"


def test_a_refusal_brings_what_the_client_needs_to_go_on() -> None:
    told = refusal(Refused("number_gap", "Number 3 is missing.", lastNumber=2))

    assert told == {"code": "number_gap", "message": "Number 3 is missing.", "lastNumber": 2}


def test_a_wrong_value_brings_its_field() -> None:
    told = refusal(Invalid("at", "malformed", "This is no instant."))

    assert told == {"code": "malformed", "message": "This is no instant.", "path": "at"}
