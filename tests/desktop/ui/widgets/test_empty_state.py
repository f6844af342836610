"""What an empty place says."""

from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.empty_state import EmptyState


def test_offers_the_first_step(theme: Theme, qtbot: QtBot) -> None:
    state = EmptyState(theme, "calendar", "No upcoming sessions", "Plan one.", "New session")
    qtbot.addWidget(state)

    with qtbot.waitSignal(state.action_asked):
        state.button.click()


def test_without_a_first_step_there_is_no_button(theme: Theme, qtbot: QtBot) -> None:
    state = EmptyState(theme, "calendar", "No upcoming sessions")
    qtbot.addWidget(state)
    state.show()

    assert not state.button.isVisible()


def test_a_long_sentence_is_shown_whole(theme: Theme, qtbot: QtBot) -> None:
    state = EmptyState(theme, "calendar", "Nothing", "word " * 40)
    qtbot.addWidget(state)
    state.resize(600, 500)
    state.show()

    assert state.sentence.height() >= state.sentence.heightForWidth(state.sentence.width())
