"""What the history shows of records, and of what is known without the relay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.store.feed import about_item
from desktop.ui.history.looks import local_looks, record_looks
from tests.builders import World
from tests.desktop.ui.seats import Seat, a_record

pytestmark = pytest.mark.usefixtures("british")
SeatOf = Callable[[str], Seat]


def test_a_record_says_who_did_what_and_when(world: World, seat_of: SeatOf) -> None:
    workspace = seat_of(world.ana).workspace
    record = a_record(action="schedule.cancel", values={"status": ("scheduled", "canceled")})

    [look] = record_looks([record], workspace, with_things=False)

    assert (look.who, look.said) == ("Mia Stone", "Mia Stone canceled it")
    assert look.when == "Today, 11:00"
    assert [(one.label, one.before, one.after) for one in look.changes] == [
        ("Status", "Scheduled", "Canceled")
    ]


def test_with_things_it_says_what_it_is_about(world: World, seat_of: SeatOf) -> None:
    workspace = seat_of(world.ana).workspace
    record = a_record(row_type="account", row_id=world.ana, values=None)

    [look] = record_looks([record], workspace, with_things=True)

    assert look.when == "Your account · Today, 11:00"


def test_ids_are_called_what_the_people_are_called(world: World, seat_of: SeatOf) -> None:
    workspace = seat_of(world.mia).workspace
    record = a_record(actor_id="who left", values={"mentor_id": ("who left", world.noah)})

    [look] = record_looks([record], workspace, with_things=False)

    assert [(one.before, one.after) for one in look.changes] == [("Mia Stone", "Noah Park")]


def test_without_the_relay_it_is_known_that_something_happened(
    world: World, seat_of: SeatOf
) -> None:
    workspace = seat_of(world.ana).workspace
    happened = workspace.query(about_item, world.canceled, limit=10)

    looks = local_looks(happened, workspace)

    assert [look.said for look in looks] == [
        "Mia Stone canceled “Weekly talk”",
        "Mia Stone planned “Weekly talk”",
    ]
    assert looks[0].note == "Ill."
    assert not looks[0].changes
