"""The filters of the audit log as one types and chooses in them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from domain.accounts import Account
from tests.desktop.account.admin_relays import a_record
from tests.desktop.ui.admin.conftest import OpenAdmin, opened
from tests.desktop.ui.rows import ids
from tests.desktop.ui.seats import Seat, all_done

pytestmark = pytest.mark.usefixtures("british")


async def test_who_has_left_can_be_chosen_too(seat: Seat, open_admin: OpenAdmin) -> None:
    gil = next(one for one in seat.desk.relay.all_of(Account) if one.name == "Gil Moss")
    seat.relay.records = [a_record(2), a_record(1, actorId=gil.id, actorName="Gil Moss")]
    view = (await opened(open_admin, "audit")).audit.page

    view.person.choose(gil.id)
    await all_done()

    assert view.person.currentText() == "Gil Moss (deactivated)"
    assert ids(view.records.list) == ["mentors 1"]


async def test_a_name_of_nobody_does_not_stand_above_the_records_of_all(
    open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    view = (await opened(open_admin, "audit")).audit.page
    view.person.setFocus()
    qtbot.keyClicks(view.person, "Nobody at all")

    view.kind.setFocus()
    assert view.person.currentText() == ""
    view.person.setFocus()
    qtbot.keyClicks(view.person, "noah")
    completer = view.person.completer()
    assert completer is not None
    completions = completer.popup()
    assert completions is not None
    completions.hide()  # as a click elsewhere does
    view.kind.setFocus()
    await all_done()

    assert view.person.currentText() == "Noah Park"
