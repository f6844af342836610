"""Audit heads as they are read from the rooms that are here."""

from desktop.store.chains import of_rooms
from domain.chains import Known


def test_only_heads_that_were_told_are_known() -> None:
    heads = {"mentors": (3, "sum"), "user:a": (2, "sum")}

    assert of_rooms(heads, {"mentors": "x", "user:a": None}) == {"mentors": Known(3, "x")}
