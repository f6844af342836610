"""What is kept of passwords, devices, tokens and codes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from syncserver.storage.credentials import Credentials
from syncserver.storage.ledger import Ledger
from tests.builders import NOW, ahead

LATER, EARLIER = ahead(days=1), ahead(days=-1)


@pytest.fixture
def credentials(tmp_path: Path) -> Iterator[Credentials]:
    """In a transaction that is undone."""
    ledger = Ledger.open(tmp_path / "relay", create=True)
    with ledger.writer.connect() as connection, connection.begin() as transaction:
        yield Credentials(connection)
        transaction.rollback()
    ledger.close()


def test_a_password_is_replaced(credentials: Credentials) -> None:
    credentials.set_password("ana", "one", NOW)
    credentials.set_password("ana", "two", NOW)

    assert credentials.password_of("ana") == "two"
    assert credentials.password_of("ben") is None


def test_devices_that_ended_are_no_longer_listed(credentials: Credentials) -> None:
    for device in ("phone", "laptop", "tablet"):
        credentials.add_device(device, "ana", device, NOW)

    credentials.end_devices("ana", LATER, by="password", besides="laptop")

    assert [one.id for one in credentials.devices_of("ana")] == ["laptop"]
    phone = credentials.device("phone")
    assert phone is not None
    assert (phone.ended_at, phone.ended_by) == (LATER, "password")


def test_why_a_device_ended_is_not_overwritten(credentials: Credentials) -> None:
    credentials.add_device("phone", "ana", "phone", NOW)
    credentials.end_device("phone", NOW, by="reused")

    credentials.end_all_devices(LATER, by="restored")

    phone = credentials.device("phone")
    assert phone is not None
    assert phone.ended_by == "reused"


def test_tokens_of_a_family_that_are_over_are_dropped(credentials: Credentials) -> None:
    credentials.add_device("phone", "ana", "phone", NOW)
    credentials.add_refresh_token("old", "phone", EARLIER)
    credentials.add_refresh_token("now", "phone", LATER)
    token = credentials.refresh_token("now")
    assert token is not None

    credentials.use_refresh_token(token, NOW, successor="next", retry=None, seal=None)

    assert credentials.refresh_token("old") is None
    used = credentials.refresh_token("now")
    assert used is not None
    assert (used.used_at, used.successor_hash) == (NOW, "next")


def test_an_invitation_is_for_one_role_unused_and_in_time(credentials: Credentials) -> None:
    credentials.add_invitation("code", "mentor", None, NOW, LATER, invitation_id="one")

    asked = [
        credentials.is_invited("code", "mentor", NOW),
        credentials.is_invited("code", "student", NOW),
        credentials.is_invited("code", "mentor", LATER),
        credentials.is_invited("other", "mentor", NOW),
    ]
    credentials.use_invitation("code", "otto", NOW)

    assert asked == [True, False, False, False]
    assert not credentials.is_invited("code", "mentor", NOW)


def test_a_join_code_leads_to_its_cohort_until_the_next_one(credentials: Credentials) -> None:
    credentials.set_join_code("spring", "A", NOW)
    credentials.set_join_code("spring", "B", NOW)

    assert credentials.cohort_of_code("A") is None
    assert credentials.cohort_of_code("B") == "spring"
    assert credentials.join_code("spring") == "B"


def test_a_reset_code_is_taken_once_by_its_person_in_time(credentials: Credentials) -> None:
    credentials.set_reset_code("ana", "code", LATER)

    asked = [
        credentials.use_reset_code("ben", "code", NOW),
        credentials.use_reset_code("ana", "code", LATER),
        credentials.use_reset_code("ana", "code", NOW),
        credentials.use_reset_code("ana", "code", NOW),
    ]

    assert asked == [False, False, True, False]


def test_a_secret_is_kept(credentials: Credentials) -> None:
    credentials.set_secret("key", "one")
    credentials.set_secret("key", "two")

    assert credentials.secret("key") == "two"
    assert credentials.secret("other") is None
