"""Links that macOS hands to the running program."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from desktop.ui.opened_links import LinkedApplication


def test_a_link_is_told_and_a_file_is_not(qapp: QApplication) -> None:
    assert isinstance(qapp, LinkedApplication)
    opened = list[str]()
    told = qapp.link_opened.connect(opened.append)

    QApplication.sendEvent(qapp, QFileOpenEvent(QUrl("tandem://join?server=a&code=B%20C")))
    QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile("/a/file")))

    assert opened == ["tandem://join?server=a&code=B%20C"]
    qapp.link_opened.disconnect(told)
