"""A long feed is one that the program itself could have written."""

from __future__ import annotations

from bench.stage.long_feed import RARE, RARE_EVERY, write_feed
from desktop.store.database import open_memory
from desktop.store.feed import FeedFilter, feed
from tests.builders import NOW


def test_as_many_are_written_as_were_asked_for_in_order_of_time() -> None:
    files = open_memory()

    write_feed(files.replica, 400, newest=NOW)

    found = feed(files.replica, FeedFilter(), limit=1000)
    assert len(found) == 400
    assert found[0].activity.recorded_at < NOW
    assert sum(one.activity.kind_ == RARE for one in found) == 400 // RARE_EVERY
    files.close()
