"""The list of people: in the order of their names, by filter, over many of them."""

from __future__ import annotations

import pytest

from domain.accounts import AccountState, DeactivateAccount
from domain.members import Role
from syncserver.storage.credentials import Credentials
from syncserver.storage.ledger import Ledger
from syncserver.storage.people import PeopleFilter, last_seen, people
from tests.builders import NOW, World, a_registration, a_world, ahead, id_of
from tests.relays import LedgerRelay


@pytest.fixture
def world(ledger: Ledger) -> World:
    return a_world(LedgerRelay(ledger, []))


def names(ledger: Ledger, which: PeopleFilter, limit: int = 500) -> list[str]:
    found = ledger.read(lambda reading: people(reading, which, after=None, limit=limit))
    return [account.name for account, _ in found]


def test_people_come_by_name_and_by_filter(ledger: Ledger, world: World) -> None:
    world.done_by(DeactivateAccount(user_id=world.otto), world.admin)

    mentors = PeopleFilter(role=Role.MENTOR)
    assert names(ledger, mentors) == ["Mia Stone", "Noah Park", "Otto Lind"]
    assert names(ledger, mentors._replace(state=AccountState.ACTIVE)) == ["Mia Stone", "Noah Park"]
    assert names(ledger, PeopleFilter(text="LIND")) == ["Otto Lind"]
    assert names(ledger, PeopleFilter(), limit=2) == ["Ada Okafor", "Ana Ruiz"]


def test_a_page_goes_on_after_a_place(ledger: Ledger, world: World) -> None:
    place = ("Ana Ruiz", world.ana)

    found = ledger.read(lambda reading: people(reading, PeopleFilter(), after=place, limit=1))

    assert [account.name for account, _ in found] == ["Ben Hall"]


def test_a_rare_name_is_found_behind_many(ledger: Ledger, world: World) -> None:
    for number in range(250):
        who = id_of(f"person {number}")
        email = f"{number}@example.org"
        world.done_by(a_registration(who, f"Person {number:03}", email=email), who)

    assert names(ledger, PeopleFilter(text="person 249")) == ["Person 249"]
    assert len(names(ledger, PeopleFilter(text="PERSON"))) == 250


def test_somebody_was_last_seen_on_the_device_that_came_last(ledger: Ledger, world: World) -> None:
    def devices(credentials: Credentials) -> None:
        credentials.add_device("old", world.ana, "old", NOW)
        credentials.add_device("new", world.ana, "new", ahead(hours=1))

    ledger.write(lambda writing: devices(Credentials(writing.connection)))

    found = ledger.read(lambda reading: last_seen(reading, world.ana, world.ben))
    assert found == {world.ana: ahead(hours=1)}
