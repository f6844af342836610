"""Errors: each with a code and a sentence."""

from domain.errors import DomainError, Invalid, Refused, forbidden, not_found


def test_absent_and_hidden_get_the_same_answer() -> None:
    assert (not_found("session").code, str(not_found("session"))) == (
        "not_found",
        "This session is no longer there.",
    )


def test_what_is_seen_but_not_allowed_is_forbidden() -> None:
    assert forbidden("Not yours.").code == "forbidden"


def test_a_refusal_carries_what_a_window_needs() -> None:
    assert Refused("overlap", "It overlaps.", overlaps=[1]).data == {"overlaps": [1]}


def test_a_limit_is_a_value_error_and_a_domain_error() -> None:
    error = Invalid("title", "too_long", "Too long.")

    assert isinstance(error, DomainError | ValueError)
    assert (error.field, error.code, str(error)) == ("title", "too_long", "Too long.")
