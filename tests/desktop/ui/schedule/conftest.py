"""What the tests of sessions share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from desktop.store.schedules import session
from desktop.ui.schedule.drafts import draft_of, fresh_draft
from desktop.ui.schedule.editing import Editing
from desktop.ui.theme import Theme
from domain.schedules import Schedule
from tests.desktop.ui.seats import Seat, all_done

StartEditing = Callable[..., Any]


@pytest.fixture
def plan(theme: Theme, window: QWidget) -> StartEditing:
    """Opens the editor for a new session, with what a test gives."""

    async def plan(seat: Seat, saved: Callable[[str], object] | None = None, **given: Any) -> Any:
        draft = replace(fresh_draft(seat.workspace), **given)
        editing = Editing(seat.workspace, theme, window, draft, saved=saved)
        await all_done()
        return editing

    return plan


@pytest.fixture
def change(theme: Theme, window: QWidget) -> StartEditing:
    """Opens the editor for a session that is there."""

    async def change(seat: Seat, schedule_id: str) -> Any:
        shown = session(seat.reader, seat.workspace.me, schedule_id)
        assert shown is not None
        before: Schedule = shown.schedule
        editing = Editing(seat.workspace, theme, window, draft_of(before, seat.workspace), before)
        await all_done()
        return editing

    return change
