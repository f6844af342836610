"""Pages of a room's log: cut by rows and bytes, never between rows of one place."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from domain.commands import Act
from domain.members import Role
from domain.rooms import MENTORS
from syncserver.storage.ledger import Ledger, Writing
from syncserver.storage.pages import (
    AFTER_ALL,
    CHUNK,
    Page,
    Place,
    changes_after,
    count_rows,
    rows_before,
)
from tests.builders import MIA, NOW, a_cohort_card, a_mentor_card, a_student_card, id_of

ACT = Act(actor=MIA, role=Role.MENTOR, at=NOW, now=NOW, mutation=id_of("m"), trusted=True)
BEGINNING = (0, AFTER_ALL)
COUNT = CHUNK + 10


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Cards of three kinds with the same ids, all of one version; and some tombstones."""

    def work(writing: Writing) -> None:
        with writing.acting(ACT, action="test") as acting:
            for number in range(COUNT):
                card_id = id_of(f"card {number}")
                acting.put(replace(a_student_card(), id=card_id, room=MENTORS))
                acting.put(replace(a_mentor_card(), id=card_id, room=MENTORS))
            for number in range(5):
                gone = replace(a_cohort_card(), id=id_of(f"card {number}"), room=MENTORS)
                acting.put(gone)
                acting.remove(gone)

    ledger.write(work)
    return ledger


def after(ledger: Ledger, place: Place, *, rows: int = 10**6, size: int = 10**9) -> Page:
    return ledger.read(lambda r: changes_after(r.connection, MENTORS, place, rows=rows, size=size))


def before(ledger: Ledger, place: Place, *, rows: int = 10**6, size: int = 10**9) -> Page:
    return ledger.read(lambda r: rows_before(r.connection, MENTORS, place, rows=rows, size=size))


def test_a_log_is_in_the_order_of_version_and_id(filled: Ledger) -> None:
    page = after(filled, BEGINNING)

    places = [entry.place for entry in page.entries]
    assert places == sorted(places)
    assert len(places) == 2 * COUNT + 5
    assert sum(entry.wire is None for entry in page.entries) == 5
    assert not page.more


@pytest.mark.parametrize(("rows", "size"), [(1, 10**9), (3, 10**9), (10**6, 1), (10**6, 5000)])
def test_pages_after_each_other_are_the_whole_log(rows: int, size: int, filled: Ledger) -> None:
    entries = []
    page = after(filled, BEGINNING, rows=rows, size=size)
    while page.more:
        entries += page.entries
        page = after(filled, page.entries[-1].place, rows=rows, size=size)
    entries += page.entries

    assert entries == after(filled, BEGINNING).entries


def test_a_page_takes_no_more_bytes_than_it_may(filled: Ledger) -> None:
    page = after(filled, BEGINNING, size=5000)

    assert page.more
    assert 0 < sum(entry.size for entry in page.entries) <= 5000


def test_the_rows_before_a_place_come_last_first_without_tombstones(filled: Ledger) -> None:
    page = before(filled, (1, AFTER_ALL))

    places = [entry.place for entry in page.entries]
    assert places == sorted(places, reverse=True)
    assert len(places) == filled.read(lambda r: count_rows(r.connection, MENTORS, 1)) == 2 * COUNT


def test_nothing_is_before_the_beginning(filled: Ledger) -> None:
    assert before(filled, (0, AFTER_ALL)) == Page([], more=False)
    assert filled.read(lambda r: count_rows(r.connection, MENTORS, 0)) == 0
