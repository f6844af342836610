"""The person's language, and a translation that is dropped in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication

from desktop.ui.language import Language, locale_for
from tooling.translations import Text, release, update

WORDS = Text("Telling", "%n updates", is_plural=True)


@pytest.fixture(autouse=True)
def _at_home(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)
    Language(qapp).speak()


@pytest.fixture
def language(qapp: QApplication, tmp_path: Path) -> Language:
    """With a translation into Arabic, which has six plurals and reads from the right."""
    QLocale.setDefault(QLocale("de_DE"))
    path = tmp_path / "tandem_ar.ts"
    update([WORDS], [path])
    text = path.read_text("utf-8")
    for number in range(6):
        text = text.replace(
            "<numerusform></numerusform>", f"<numerusform>{number}: %n</numerusform>", 1
        )
    path.write_text(text.replace(' type="unfinished"', ""), "utf-8")
    release([path])
    return Language(qapp, tmp_path)


def updates(count: int) -> str:
    return QCoreApplication.translate("Telling", "%n updates", "", count)


def test_a_translation_that_was_dropped_in_is_spoken(
    language: Language, qapp: QApplication
) -> None:
    language.speak("ar")

    assert [updates(count) for count in (0, 1, 2, 3)] == ["0: 0", "1: 1", "2: 2", "3: 3"]
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert QLocale().language() == QLocale.Language.Arabic


def test_another_account_has_its_own(language: Language, qapp: QApplication) -> None:
    language.speak("ar")

    language.speak("en")

    assert updates(2) == "2 updates"
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight


@pytest.mark.parametrize("tag", ["", "en", "fi", "xx-nowhere"])
def test_without_a_translation_it_is_english_with_its_plurals(qapp: QApplication, tag: str) -> None:
    Language(qapp).speak(tag)

    assert [updates(count) for count in (0, 1, 2)] == ["0 updates", "1 update", "2 updates"]


@pytest.mark.parametrize(
    ("tag", "home", "name"),
    [
        ("", "de_DE", "de_DE"),
        ("en", "en_GB", "en_GB"),
        ("en", "de_DE", "en_DE"),
        ("en-US", "en_GB", "en_US"),
        ("ar", "de_DE", "ar_EG"),
        ("not a language", "de_DE", "de_DE"),
    ],
)
def test_a_language_without_a_country_reads_as_at_home(tag: str, home: str, name: str) -> None:
    assert locale_for(tag, QLocale(home)).name() == name
