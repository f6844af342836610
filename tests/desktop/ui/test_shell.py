"""The pages of one person in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.sync.states import Phase, SyncState
from desktop.ui.main_window import MainWindow
from desktop.ui.schedule.details import SessionDetails
from desktop.ui.schedule.editor import SessionEditor
from desktop.ui.shell import Shell
from desktop.ui.theme import Theme
from domain.outcomes import CancelSchedule
from tests.builders import World
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
ShellOf = Callable[[Seat], tuple[MainWindow, Shell]]


class Nowhere:
    """A memory of the window's place that keeps nothing."""

    def load(self) -> dict[str, Any]:
        return {}

    def save(self, values: dict[str, Any]) -> None:
        pass


@pytest.fixture
def shell_of(qtbot: QtBot, theme: Theme) -> Iterator[ShellOf]:
    made: list[Shell] = []

    def make(seat: Seat) -> tuple[MainWindow, Shell]:
        window = MainWindow(theme, Nowhere())
        qtbot.addWidget(window)
        made.append(Shell(window, seat.workspace, theme, "Somebody"))
        window.show()
        return window, made[-1]

    yield make
    for shell in made:
        shell.close()


async def test_each_role_has_its_own_pages(
    world: World, seat_of: SeatOf, shell_of: ShellOf
) -> None:
    mentor, _ = shell_of(seat_of(world.mia))
    student, _ = shell_of(seat_of(world.ana))
    await all_done()

    assert list(mentor.pages) == ["today", "schedule", "students", "inbox", "attention"]
    assert list(student.pages) == ["today", "schedule", "inbox", "attention"]
    assert (mentor.pages["schedule"].path, student.pages["schedule"].path) == (
        "/mentor/schedules",
        "/student/schedule",
    )


async def test_needs_attention_stands_in_the_sidebar_only_while_it_holds_something(
    world: World, seat_of: SeatOf, shell_of: ShellOf
) -> None:
    window, shell = shell_of(seat_of(world.otto))
    await all_done()
    assert window.sidebar.items["attention"].isHidden()

    shell._on_attention(2)
    assert not window.sidebar.items["attention"].isHidden()
    shell._on_attention(0)

    assert window.sidebar.items["attention"].isHidden()


async def test_a_deep_link_opens_exactly_that_session(
    world: World, seat_of: SeatOf, shell_of: ShellOf
) -> None:
    seat = seat_of(world.ana)
    window, shell = shell_of(seat)
    await all_done()

    assert shell.open(f"/student/schedule/{world.session}")

    assert window.current_key == "schedule"
    assert len(window.findChildren(SessionDetails)) == 1


async def test_a_deep_link_plans_a_session_with_a_student(
    world: World, seat_of: SeatOf, shell_of: ShellOf
) -> None:
    window, shell = shell_of(seat_of(world.mia))

    assert shell.open(f"/mentor/schedules/new?student={world.ana}")
    await all_done()

    (editor,) = window.findChildren(SessionEditor)
    assert editor.draft().with_id == world.ana


async def test_a_page_of_the_other_role_is_not_there(
    world: World, seat_of: SeatOf, shell_of: ShellOf
) -> None:
    window, shell = shell_of(seat_of(world.ana))
    await all_done()

    assert not shell.open("/mentor/schedules")

    assert window.current_key == "today"


async def test_the_bell_counts_what_is_unread_as_it_comes(
    world: World, seat_of: SeatOf, shell_of: ShellOf
) -> None:
    seat = seat_of(world.ana)
    window, _ = shell_of(seat)
    await all_done()
    before = int(window.topbar.badge.text)

    world.done_by(CancelSchedule(id=world.session), world.mia)
    seat.sync()

    assert int(window.topbar.badge.text) == before + 1


async def test_sentences_and_the_sync_state_reach_the_window(
    world: World, seat_of: SeatOf, shell_of: ShellOf
) -> None:
    seat = seat_of(world.ana)
    window, _ = shell_of(seat)
    await all_done()

    seat.news.said.emit("It was saved.", None)
    seat.news.sync.emit(replace(SyncState(Phase.LIVE), phase=Phase.PAUSED))

    assert window.sidebar.sync.look.text == "Paused"
    assert [toast.text.accessibleName() for toast in window.toasts.toasts] == ["It was saved."]


async def test_pages_of_one_person_are_gone_for_the_next(
    world: World, seat_of: SeatOf, shell_of: ShellOf
) -> None:
    window, shell = shell_of(seat_of(world.mia))
    await all_done()

    shell.close()

    assert window.pages == {}
