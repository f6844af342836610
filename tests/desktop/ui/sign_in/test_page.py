"""The page before one is in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import FIRST, SMALLEST
from desktop.ui.sign_in.page import SignInPage
from desktop.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> SignInPage:
    page = SignInPage(theme)
    qtbot.addWidget(page)
    page.resize(720, 520)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    return page


def visible_forms(page: SignInPage) -> list[str]:
    return [key for key, form in page.forms.items() if form.isVisible()]


def to_scroll(page: SignInPage) -> int:
    """How many pixels of the page are out of sight."""
    QCoreApplication.processEvents()  # what was shown is laid out in the next turn
    return page.scroll_area.verticalScrollBar().maximum()


def test_one_way_is_shown_at_a_time(page: SignInPage, qtbot: QtBot) -> None:
    assert visible_forms(page) == ["sign_in"]
    for way in ("student", "mentor"):
        qtbot.mouseClick(page.ways.buttons[way], LEFT)
        assert visible_forms(page) == [way]
        assert page.link_field.isVisible()


def test_server_and_email_go_along(page: SignInPage, qtbot: QtBot) -> None:
    page.fill({"server": "tandem.example.org"})
    qtbot.keyClicks(page.form.edit("email"), "ana@example.org")

    qtbot.mouseClick(page.ways.buttons["student"], LEFT)

    assert page.form.text("server") == "tandem.example.org"
    assert page.form.text("email") == "ana@example.org"
    assert page.focusWidget() is page.form.edit("joinCode")


def test_a_forgotten_password_has_its_own_form_and_a_way_back(
    page: SignInPage, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.forgot, LEFT)
    assert visible_forms(page) == ["reset"]
    assert not page.ways.isVisible()

    qtbot.mouseClick(page.back, LEFT)

    assert visible_forms(page) == ["sign_in"]


@pytest.mark.parametrize("role", ["student", "mentor"])
def test_registering_says_the_role(page: SignInPage, qtbot: QtBot, role: str) -> None:
    page.show_way(role)
    for edit in page.form.fields:
        page.form.edit(edit).setText("x")

    with qtbot.waitSignal(page.register_asked) as asked:
        qtbot.mouseClick(page.form.button, LEFT)

    assert asked.args is not None
    assert asked.args[0] == role


def test_trouble_stands_at_its_field_or_above_the_form(page: SignInPage) -> None:
    page.show_trouble("Wrong.", {"password": "Wrong."})
    assert page.form.fields["password"].has_error
    assert not page.banner.isVisible()

    page.show_trouble("The relay cannot be reached.")

    assert page.banner.text.accessibleName() == "The relay cannot be reached."


def test_trouble_with_a_field_that_is_not_here_stands_above(page: SignInPage) -> None:
    page.show_trouble("No.", {"timeZone": "There is no such zone."})

    assert page.banner.text.accessibleName() == "There is no such zone."


def test_trouble_ends_being_busy(page: SignInPage) -> None:
    page.show_busy("Signing in…")
    assert not page.ways.isEnabled()

    page.show_trouble("No.")

    assert page.ways.isEnabled()
    assert page.form.button.isEnabled()


def test_a_pasted_link_is_passed_on_trimmed(page: SignInPage, qtbot: QtBot) -> None:
    page.show_way("student")

    with qtbot.waitSignal(page.link_pasted) as pasted:
        page.link.setText("  https://tandem.example.org/join#AB ")

    assert pasted.args == ["https://tandem.example.org/join#AB"]


def test_typing_a_link_stays_in_its_field_although_it_is_a_link_early(
    page: SignInPage, qtbot: QtBot
) -> None:
    page.link_pasted.connect(lambda _text: page.fill({"server": "https://tandem.example.org"}))
    page.show_way("student")
    page.link.setFocus()

    qtbot.keyClicks(page.link, "tandem://join?server=tandem.example.org&code=AB-CD")

    assert page.link.text().endswith("code=AB-CD")
    assert page.link.hasFocus()


def test_return_in_the_link_goes_on_to_what_is_empty(page: SignInPage, qtbot: QtBot) -> None:
    page.show_way("student")
    page.fill({"server": "https://tandem.example.org", "joinCode": "AB-CD"})
    page.link.setFocus()

    qtbot.keyClick(page.link, Qt.Key.Key_Return)

    assert page.form.edit("name").hasFocus()


@pytest.mark.parametrize("way", ["sign_in", "student", "mentor", "reset"])
def test_in_the_window_of_the_first_start_nothing_has_to_be_scrolled(
    theme: Theme, qtbot: QtBot, way: str
) -> None:
    page = SignInPage(theme)
    qtbot.addWidget(page)
    page.resize(*FIRST)
    page.show_way(way)

    with qtbot.waitExposed(page):
        page.show()

    assert to_scroll(page) == 0
    assert page.motto.isVisible()


@pytest.mark.parametrize("way", ["sign_in", "reset"])
def test_in_the_smallest_window_the_short_forms_need_no_scrolling(
    page: SignInPage, way: str
) -> None:
    page.resize(*SMALLEST)

    page.show_way(way)

    assert to_scroll(page) == 0


def test_logo_and_motto_give_way_to_a_form_that_is_too_high(page: SignInPage) -> None:
    page.resize(*SMALLEST)

    page.show_way("student")
    assert not page.motto.isVisible()
    page.show_way("sign_in")

    assert page.motto.isVisible()


@pytest.mark.parametrize(("given", "expected"), [("", "server"), ("tandem.example.org", "email")])
def test_a_page_that_comes_into_a_window_begins_at_the_first_empty_field(
    theme: Theme, qtbot: QtBot, given: str, expected: str
) -> None:
    page = SignInPage(theme)
    page.fill({"server": given})
    window = QStackedWidget()
    qtbot.addWidget(window)
    window.addWidget(QLineEdit())
    window.addWidget(page)
    window.setCurrentWidget(page)

    with qtbot.waitExposed(window):
        window.show()

    assert window.focusWidget() is page.form.edit(expected)
