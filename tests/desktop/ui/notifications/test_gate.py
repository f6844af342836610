"""The one gate before every toast."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.ui.notifications.gate import (
    Preferences,
    is_silent,
    is_undisturbed,
    preferences,
    should_remind,
    should_toast,
)
from domain.accounts import Switch
from domain.activities import Kind, Person
from domain.members import Role
from tests.builders import ANA, MIA, an_account, an_activity

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2025, 12, 1, 11, tzinfo=UTC)  # 12:00 in Berlin
ME = Person(ANA, Role.STUDENT)


def prefs(**fields: Any) -> Preferences:
    return Preferences(ME, BERLIN, **fields)


def test_what_concerns_me_is_told() -> None:
    assert should_toast(an_activity(), NOON, prefs())


def test_what_i_did_myself_never_is() -> None:
    assert not should_toast(an_activity(actor_id=ANA), NOON, prefs())


def test_what_does_not_concern_me_is_not() -> None:
    assert not should_toast(an_activity(kind_=Kind.STUDENT_REGISTERED), NOON, prefs())


def test_a_kind_that_is_switched_off_is_not_and_others_are() -> None:
    off = {Kind.SCHEDULE_CREATED: Switch(toast=False)}

    assert not should_toast(an_activity(), NOON, prefs(switches=off))
    assert should_toast(an_activity(kind_=Kind.SCHEDULE_CANCELED), NOON, prefs(switches=off))


@pytest.mark.parametrize(
    ("until", "silent"),
    [
        ("2025-12-01T11:00:01.000Z", True),
        ("2025-12-01T11:00:00.000Z", False),
        ("2025-11-30T11:00:00.000Z", False),
        (None, False),
    ],
)
def test_nothing_is_told_until_do_not_disturb_is_over(until: str | None, *, silent: bool) -> None:
    wanted = prefs(silent_until=until)

    assert should_toast(an_activity(), NOON, wanted) is not silent
    assert is_undisturbed(NOON, wanted) is silent


@pytest.mark.parametrize(
    ("quiet", "silent"),
    [
        (("11:00", "13:00"), True),
        (("12:00", "12:01"), True),
        (("11:00", "12:00"), False),
        (("22:00", "07:00"), False),
        (("22:00", "12:30"), True),
        (("12:00", "07:00"), True),
        (("12:30", "12:30"), False),
    ],
)
def test_quiet_hours_are_those_of_the_own_wall_and_may_pass_midnight(
    quiet: tuple[str, str], *, silent: bool
) -> None:
    assert is_silent(NOON, prefs(quiet=quiet)) is silent


def test_quiet_hours_hold_back_what_others_do_and_no_reminder() -> None:
    quiet = prefs(quiet=("11:00", "13:00"))

    assert not should_toast(an_activity(), NOON, quiet)
    assert should_remind(NOON, quiet)


def test_do_not_disturb_holds_reminders_back_too() -> None:
    assert not should_remind(NOON, prefs(silent_until="2025-12-01T11:00:01.000Z"))
    assert should_remind(NOON, prefs(silent_until="2025-12-01T11:00:00.000Z"))


def test_the_account_says_what_is_wanted() -> None:
    account = an_account(
        quiet_hours=("22:00", "07:00"),
        dnd_until="2025-12-01T11:00:01.000Z",
        switches={Kind.SCHEDULE_CREATED: Switch(toast=False)},
    )

    wanted = preferences(account, BERLIN)

    assert wanted == Preferences(
        ME, BERLIN, account.switches, ("22:00", "07:00"), "2025-12-01T11:00:01.000Z"
    )
    assert wanted.me.id != MIA
