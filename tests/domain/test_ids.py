"""Identifiers: the same natural key gives the same id everywhere."""

import msgspec
import pytest

from domain.ids import Id, derived_id


def test_a_natural_key_always_gives_the_same_id() -> None:
    assert derived_id("member", "mentors", "x") == "30d6bc5d-3e03-519c-ac24-2e70f0e45397"


def test_parts_do_not_run_into_each_other() -> None:
    assert derived_id("a", "bc") != derived_id("ab", "c")
    assert derived_id("a", 1) == derived_id("a", "1")


def test_a_uuid_in_lower_case_is_an_id() -> None:
    made = derived_id("a")

    assert msgspec.convert(made, Id) == made


@pytest.mark.parametrize("text", ["", "1", derived_id("a").upper(), derived_id("a") + "\n"])
def test_anything_else_is_no_id(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, Id)
