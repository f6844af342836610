"""A language that nobody speaks: every text marked, accented and longer, as translations are."""

from __future__ import annotations

import re

from PySide6.QtCore import QTranslator
from typing_extensions import override

OPEN, CLOSE = "[", "]"
ACCENTED = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")
KEPT = re.compile(r"(\{\w+\}|%\d|%n)")
A_PATTERN = re.compile(r"[dMyHhmap ,.:/-]+")  # of a date: its letters mean something


class PseudoTranslator(QTranslator):
    """Translates everything that it is asked for, plurals too."""

    @override
    def translate(
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        if not source_text or A_PATTERN.fullmatch(source_text):
            return source_text
        parts = KEPT.split(source_text)
        words = "".join(
            part if at % 2 else part.translate(ACCENTED) for at, part in enumerate(parts)
        )
        more = "~" * (len(source_text) // 5)
        return f"{OPEN}{words}{more}{CLOSE}"

    @override
    def isEmpty(self) -> bool:
        return False
