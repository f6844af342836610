"""One program for each data folder."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.ui.single_instance import SingleInstance


def test_the_first_start_finds_nobody(qtbot: QtBot, tmp_path: Path) -> None:
    assert not SingleInstance(tmp_path).hand_over("")


def test_a_second_start_hands_its_link_to_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.listen()

    with qtbot.waitSignal(first.wished) as wished:
        assert SingleInstance(tmp_path).hand_over("tandem://mentor/schedules")

    assert wished.args == ["tandem://mentor/schedules"]
    first.close()


def test_another_folder_is_another_program(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path / "a")
    assert first.listen()

    assert not SingleInstance(tmp_path / "b").hand_over("")
    first.close()


def test_a_start_after_the_first_has_ended_finds_nobody(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    first.listen()
    first.close()

    second = SingleInstance(tmp_path)

    assert not second.hand_over("")
    assert second.listen()
    second.close()
