"""The one thread that writes: what waits in its queue shares a commit."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import NamedTuple

from syncserver.storage.ledger import Finished, Ledger, Work
from syncserver.storage.writing import Commit

WORKS_IN_A_COMMIT = 64


class Job(NamedTuple):
    """One piece of work, and who wants to hear what became of it."""

    work: Work
    done: Callable[[Finished], None]


Settle = Callable[[list[tuple[Job, Finished]], Commit | None], None]


class Writer:
    """Runs jobs in the order in which they come.

    `settle` is called on the writer's thread after each commit, in their order; without a commit
    where it failed as a whole. `timed` hears how long each took.
    """

    def __init__(
        self,
        ledger: Ledger,
        settle: Settle,
        timed: Callable[[str, float], None] = lambda what, seconds: None,
    ) -> None:
        self._ledger = ledger
        self._timed = timed
        self._settle = settle
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many jobs wait, without those of the commit at hand."""
        return self._jobs.qsize()

    def submit(self, job: Job) -> None:
        self._jobs.put(job)

    def close(self) -> None:
        """Finish what was submitted, then end."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            jobs = [first]
            is_last = self._collect(jobs)
            self._commit(jobs)
            if is_last:
                return

    def _collect(self, jobs: list[Job]) -> bool:
        """Add what waits already; whether the end was among it."""
        while len(jobs) < WORKS_IN_A_COMMIT:
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return False
            if job is None:
                return True
            jobs.append(job)
        return False

    def _commit(self, jobs: list[Job]) -> None:
        commit = None
        began = monotonic()
        try:
            finished, commit = self._ledger.commit([job.work for job in jobs])
        except Exception as error:  # noqa: BLE001 - told to each that waits for it
            finished = [Finished(error=error) for _ in jobs]
        self._timed("write", monotonic() - began)
        self._settle(list(zip(jobs, finished, strict=True)), commit)
