"""The administration in a language that is longer and reads from the right."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.ui.admin.screen import AdminScreen
from desktop.ui.theme import Theme
from desktop.ui.widgets.labels import BREAK
from domain.accounts import Account
from domain.cohorts import CohortCard
from tests.builders import World
from tests.desktop.account.admin_relays import a_record
from tests.desktop.ui.admin.test_imports import ROSTER
from tests.desktop.ui.seats import Seat, all_done
from tests.desktop.ui.test_layout import assert_fine
from tests.desktop.ui.test_translated import Enter, enter, from_the_right, pseudo, untranslated
from tests.desktop.ui.tour import settle

__all__ = ["enter", "from_the_right", "pseudo"]  # fixtures

SIZES = [(720, 520), (1100, 720)]


@pytest.mark.usefixtures("pseudo", "from_the_right")
@pytest.mark.parametrize("size", SIZES, ids=["small", "first"])
async def test_every_word_is_translated_and_all_is_whole(
    world: World, seat: Seat, enter: Enter, theme: Theme, tmp_path: Path, size: tuple[int, int]
) -> None:
    seat.relay.records = [a_record(2), a_record(1, action="audit.read", values=None)]
    seat.relay.codes[world.spring] = "ABCD-EFGH"
    for _ in range(2):
        await seat.workspace.administration.invite()
    seat.relay.invitations[0] |= {"usedAt": "2025-12-01T08:00:00.000Z", "usedBy": world.mia}
    frame, shell = enter(seat, size)
    await all_done()
    relay = seat.desk.relay
    people = relay.all_of(Account)
    data = {one.name for one in people} | {one.email for one in people}
    data |= {one.name for one in relay.all_of(CohortCard)}
    data |= {"Eva Berg", "Ida Holm", "Max Moll", "Uwe Krug", "Europe/Berlin", "ABCD-EFGH"}
    [screen] = [one for one in shell._screens if isinstance(one, AdminScreen)]

    for place in (
        "people",
        f"people/{world.mia}",
        f"people/{world.ana}",
        "cohorts",
        f"cohorts/{world.spring}",
        "invitations",
        "import",
        "audit",
    ):
        shell.open(f"/admin/{place}")
        await all_done()
        if place == f"cohorts/{world.spring}":
            screen.cohorts.cohort.view.show_code_button.click()
        if place == "import":
            file = tmp_path / "roster.csv"
            file.write_text(ROSTER, "utf-8")
            await screen.imports._load(file)
        await all_done()
        settle()
        words = [one.replace(BREAK, "") for one in untranslated(screen.page, data)]
        assert [one for one in words if one not in data] == [], place
        assert_fine(place, frame)
