"""The iterations of an entry in words: the 1st version, the 2nd, and so on."""

from PySide6.QtCore import QCoreApplication


def ordinal_words(iteration: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`."""
    is_teen = iteration % 100 in (11, 12, 13)
    words = _tr("%1th")
    if not is_teen and iteration % 10 == 1:
        words = _tr("%1st")
    elif not is_teen and iteration % 10 == 2:
        words = _tr("%1nd")
    elif not is_teen and iteration % 10 == 3:
        words = _tr("%1rd")
    return words.replace("%1", str(iteration))


def version_words(iteration: int) -> str:
    """`2nd version`."""
    return _tr("%1 version").replace("%1", ordinal_words(iteration))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Iterations", text)
