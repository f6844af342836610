"""Every text of the window reaches translators: with its context, as a plural where it counts."""

from __future__ import annotations

import ast
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QTranslator

from desktop.ui.activity import templates
from tooling.translations import FOLDER, Found, Text, said_for_lupdate, texts_in, update

ENGLISH = FOLDER / "tandem_en.ts"
SOURCE = """
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

MARKED = {1: QT_TRANSLATE_NOOP("Marks", "Marked"), 2: QT_TRANSLATE_NOOP("Marks", "In two " "parts")}


class Page:
    def build(self, many: int) -> None:
        self.tr("Of the page")
        self.tr("%n of the page", "", many)
        _tr("Yes" if many else "No")
        _n("%n rows", many)
        _mark(MARKED[1])
        QCoreApplication.translate("Other", "Elsewhere")
        QCoreApplication.translate("Other", "%n elsewhere", "", many)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Own", text)


def _mark(text: object) -> str:
    return QCoreApplication.translate("Marks", str(text))


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Own", text, "", count)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.py").write_text(SOURCE)
    return tmp_path


@pytest.fixture(scope="module")
def found() -> Found:
    return texts_in()


def messages(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    """The messages of a .ts file by context and words."""
    root = ElementTree.parse(path).getroot()  # noqa: S314  our own file
    return {
        (str(context.findtext("name")), str(message.findtext("source"))): message
        for context in root.iter("context")
        for message in context.iter("message")
    }


def test_all_ways_of_translating_are_found_with_their_context(folder: Path) -> None:
    found = texts_in(folder)

    assert found.texts == {
        Text("Marks", "Marked"),
        Text("Marks", "In two parts"),
        Text("Page", "Of the page"),
        Text("Page", "%n of the page", is_plural=True),
        Text("Own", "Yes"),
        Text("Own", "No"),
        Text("Own", "%n rows", is_plural=True),
        Text("Other", "Elsewhere"),
        Text("Other", "%n elsewhere", is_plural=True),
    }
    assert found.unknown == []


@pytest.mark.parametrize(
    "call",
    [
        'QCoreApplication.translate("Own", one if count == 1 else many, "", count)',
        "_tr(words)",
        '_tr(f"{count} rows")',
        'window.tr("Whose context?")',
        "self.tr(words)",
    ],
)
def test_what_nobody_can_extract_is_named(tmp_path: Path, call: str) -> None:
    own = '\n\ndef _tr(text):\n    return QCoreApplication.translate("Own", text)\n'
    (tmp_path / "page.py").write_text(f"class Page:\n    def build(self):\n        {call}\n{own}")

    assert set(texts_in(tmp_path).unknown) == {"page.py:3"}


def test_lupdate_takes_them_in_and_keeps_what_is_translated(tmp_path: Path) -> None:
    path = tmp_path / "tandem_de.ts"
    texts = [Text("Own", 'Say "no"\n\\ “ß”'), Text("Own", "%n rows", is_plural=True)]
    update(texts, [path])
    text = path.read_text("utf-8").replace(
        "<numerusform></numerusform>", "<numerusform>x</numerusform>"
    )
    path.write_text(text, "utf-8")

    update([*texts, Text("New", "New")], [path])

    kept = messages(path)
    assert kept.keys() == {(one.context, one.words) for one in [*texts, Text("New", "New")]}
    forms = [form.text for form in kept["Own", "%n rows"].iter("numerusform")]
    assert forms == ["x", "x"]


def test_each_context_is_said_once() -> None:
    said = said_for_lupdate([Text("A", "1"), Text("B", "2"), Text("A", "3")])

    classes = [one.name for one in ast.parse(said).body if isinstance(one, ast.ClassDef)]
    assert classes == ["A", "B"]


def test_every_text_of_the_program_can_be_extracted(found: Found) -> None:
    assert found.unknown == []
    assert len(found.texts) > 800


def test_every_template_of_an_activity_is_among_them(found: Found) -> None:
    tables = [templates.SESSION, templates.ENTRY]
    forms = {str(one) for table in tables for row in table.values() for one in row}  # type: ignore[attr-defined]
    forms |= {str(one) for one in (*templates.COHORT.values(), *templates.OWN_COHORT.values())}

    of_activities = {text.words for text in found.texts if text.context == "Activities"}

    assert forms <= of_activities
    assert len(of_activities) > 90


def test_what_counts_says_how_many_and_everything_else_does_not(found: Found) -> None:
    assert {text for text in found.texts if ("%n" in text.words) != text.is_plural} == set()


def test_english_has_both_forms_of_everything_that_counts(found: Found) -> None:
    """Where this fails, run `python3 dev.py translations` and fill in what is unfinished."""
    known = messages(ENGLISH)
    counted = {(text.context, text.words) for text in found.texts if text.is_plural}

    assert known.keys() == counted
    for key, message in known.items():
        forms = [form.text for form in message.iter("numerusform")]
        assert len(forms) == 2, key
        assert all(forms), key


def test_what_is_loaded_is_what_is_written() -> None:
    """Where this fails, run `python3 dev.py translations`."""
    translator = QTranslator()
    assert translator.load(str(ENGLISH.with_suffix(".qm")))

    for (context, words), message in messages(ENGLISH).items():
        forms = [form.text for form in message.iter("numerusform")]
        assert [translator.translate(context, words, "", count) for count in (1, 2)] == forms
