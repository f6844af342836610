"""What tests of the window share."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.theme import Look, Theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme, taken off again at the end."""
    theme = Theme(qapp, Look.LIGHT)
    yield theme
    theme.choose(Look.LIGHT)
    theme.deleteLater()
