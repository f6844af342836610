"""Identifiers made on this computer."""

from __future__ import annotations

from uuid import UUID

from desktop.store.ids import new_id


def test_each_is_new_and_sorts_after_the_one_before() -> None:
    made = [new_id() for _ in range(100)]

    assert len(set(made)) == 100
    assert made == sorted(made)


def test_it_is_a_uuid_of_version_7() -> None:
    assert UUID(new_id()).version == 7
