"""A field with its label and its error."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.date_time_field import DateTimeField
from desktop.ui.widgets.form_field import FormField


def test_the_label_leads_to_the_editor(theme: Theme, qtbot: QtBot) -> None:
    editor = QLineEdit()
    field = FormField(theme, "Title", editor, is_required=True)
    qtbot.addWidget(field)

    assert field.label.buddy() is editor
    assert field.label.text() == "Title *"
    assert editor.accessibleName() == "Title"


def test_an_error_stands_at_the_field_and_keeps_the_text(theme: Theme, qtbot: QtBot) -> None:
    editor = QLineEdit("React")
    field = FormField(theme, "Title", editor, hint="At most 200 letters")
    qtbot.addWidget(field)
    field.show()

    field.set_error("This title is taken.")

    assert field.error.isVisible()
    assert editor.text() == "React"
    assert editor.property("invalid") is True
    assert editor.accessibleDescription() == "This title is taken."


def test_without_an_error_the_hint_describes_the_field(theme: Theme, qtbot: QtBot) -> None:
    editor = QLineEdit()
    field = FormField(theme, "Title", editor, hint="At most 200 letters")
    qtbot.addWidget(field)
    field.set_error("Wrong.")

    field.set_error("")

    assert not field.has_error
    assert editor.accessibleDescription() == "At most 200 letters"
    assert editor.property("invalid") is False


def test_an_editor_of_two_parts_is_marked_as_a_whole(theme: Theme, qtbot: QtBot) -> None:
    editor = DateTimeField("End")
    field = FormField(theme, "End", editor)
    qtbot.addWidget(field)

    field.set_error("The end must come after the start.")

    assert editor.day.property("invalid") is True
    assert editor.clock.property("invalid") is True
