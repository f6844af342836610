"""How notifications look."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.store.activity import Notification, State
from desktop.ui.inbox.looks import actions_for, notification_row, notification_text, panel_row
from domain.activities import Kind
from tests.builders import World, an_activity
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")

CANCELED = an_activity(
    kind_=Kind.SCHEDULE_CANCELED,
    params={"title": "Talk", "startTime": "2025-12-04T12:00:00Z", "reason": "Ill."},
)


def test_on_the_page_the_day_is_its_heading_s_matter(world: World, seat_of: SeatOf) -> None:
    look = notification_row(
        Notification(CANCELED, "Mia Stone", State.UNREAD), seat_of(world.ana).workspace
    )

    assert (look.subtitle, look.trailing) == ("Thu 4 Dec, 13:00 · Ill.", "13:00")
    assert look.is_unread


def test_in_the_panel_it_says_when_the_session_is_and_when_that_happened(
    world: World, seat_of: SeatOf
) -> None:
    look = panel_row(
        Notification(CANCELED, "Mia Stone", State.UNREAD), seat_of(world.ana).workspace
    )

    assert (look.subtitle, look.trailing) == ("Thu 4 Dec, 13:00 · Ill.", "13:00")


@pytest.mark.parametrize(("state", "is_dimmed"), [(State.UNREAD, False), (State.READ, True)])
def test_what_was_read_steps_back(
    world: World, seat_of: SeatOf, state: State, is_dimmed: bool
) -> None:
    look = notification_row(
        Notification(CANCELED, "Mia Stone", state), seat_of(world.ana).workspace
    )

    assert (look.is_unread, look.is_dimmed) == (not is_dimmed, is_dimmed)


def test_a_mentor_reads_which_student_it_is_about(world: World, seat_of: SeatOf) -> None:
    shown = Notification(CANCELED, "Ada Okafor", State.READ, student_name="Ana Ruiz")

    look = notification_row(shown, seat_of(world.noah).workspace)

    assert look.title == "Ada Okafor canceled “Talk” with Ana Ruiz"


def test_a_screen_reader_says_first_that_it_is_unread(world: World, seat_of: SeatOf) -> None:
    words = notification_text(
        Notification(CANCELED, "Mia Stone", State.UNREAD), seat_of(world.ana).workspace
    )

    assert words == "Unread, Mia Stone canceled “Talk”, Thu 4 Dec, 13:00 · Ill., 13:00"


@pytest.mark.parametrize(
    ("state", "keys"),
    [
        (State.UNREAD, ["read", "snooze", "archived"]),
        (State.READ, ["unread", "snooze", "archived"]),
        (State.SNOOZED, ["unread", "archived"]),
        (State.ARCHIVED, ["unread"]),
    ],
)
def test_each_state_offers_what_leads_out_of_it(state: State, keys: list[str]) -> None:
    assert [action.key for action in actions_for(state)] == keys
