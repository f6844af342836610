"""The writer's thread: order, shared commits, and its end."""

from __future__ import annotations

import threading

from syncserver.storage.ledger import Busy, Finished, Ledger, Writing
from syncserver.storage.writer import WORKS_IN_A_COMMIT, Job, Writer
from syncserver.storage.writing import Commit

Settled = list[tuple[list[Finished], Commit | None]]


def a_writer(ledger: Ledger) -> tuple[Writer, Settled]:
    settled: Settled = []

    def settle(pairs: list[tuple[Job, Finished]], commit: Commit | None) -> None:
        settled.append(([finished for _, finished in pairs], commit))

    return Writer(ledger, settle), settled


def job(value: int) -> Job:
    return Job(lambda _: value, lambda _: None)


def held_by(go: threading.Event) -> Job:
    def hold(_: Writing) -> None:
        go.wait(5)

    return Job(hold, lambda _: None)


def test_what_waits_shares_a_commit_in_its_order(ledger: Ledger) -> None:
    writer, settled = a_writer(ledger)
    go = threading.Event()
    writer.submit(held_by(go))
    for value in range(WORKS_IN_A_COMMIT + 1):
        writer.submit(job(value))
    go.set()
    writer.close()

    values = [one.value for finished, _ in settled for one in finished]
    assert values[-WORKS_IN_A_COMMIT - 1 :] == list(range(WORKS_IN_A_COMMIT + 1))
    assert len(settled) <= 3


def test_what_was_submitted_before_the_end_is_done(ledger: Ledger) -> None:
    writer, settled = a_writer(ledger)

    writer.submit(job(1))
    writer.close()

    assert [one.value for finished, _ in settled for one in finished] == [1]


def test_an_end_with_nothing_to_do_is_quick(ledger: Ledger) -> None:
    writer, settled = a_writer(ledger)

    writer.close()

    assert settled == []


def test_a_commit_that_fails_is_told_to_each(ledger: Ledger) -> None:
    impatient = Ledger(ledger.file, busy_ms=1)
    writer, settled = a_writer(impatient)

    with ledger.writer.begin():
        writer.submit(job(1))
        writer.close()

    assert [type(one.error) for finished, _ in settled for one in finished] == [Busy]
    assert settled[0][1] is None
    impatient.close()
