"""The binding to Qt that the window stands on."""

import sys

from PySide6.QtCore import QObject


def test_a_call_that_returns_nothing_leaves_the_references_to_none_alone() -> None:
    thing = QObject()
    before = sys.getrefcount(None)

    for _ in range(1000):
        thing.setObjectName("name")

    assert abs(sys.getrefcount(None) - before) < 500
