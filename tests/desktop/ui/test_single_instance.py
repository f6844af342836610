"""One program for each data folder."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop.ui import single_instance
from desktop.ui.single_instance import PATIENCE_MS, Silent, SingleInstance, Wish

ROOT = Path(__file__).resolve().parents[3]
RACER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.ui.single_instance import SingleInstance, Wish
app = QCoreApplication([])
one = SingleInstance(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
if one.enter(Wish(sys.argv[2], is_minimized="minimized" in sys.argv)):
    print("runs", flush=True)
    one.wished.connect(lambda wish: print("wished", wish.link, flush=True))
    app.exec()
else:
    print("handed over", flush=True)
"""


def test_the_first_start_runs(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path / "new" / "folder")

    assert first.enter(Wish())

    first.close()


@pytest.mark.parametrize("wish", [Wish("tandem://mentor/schedules"), Wish(is_minimized=True)])
def test_a_second_start_hands_its_wish_to_the_first(
    qtbot: QtBot, tmp_path: Path, wish: Wish
) -> None:
    first = SingleInstance(tmp_path)
    assert first.enter(Wish())
    second = _racer(tmp_path, wish.link, *(["minimized"] if wish.is_minimized else []))

    with qtbot.waitSignal(first.wished, timeout=PATIENCE_MS) as wished:
        _go(second)

    assert wished.args == [wish]
    assert second.communicate()[0].split("\n")[-2] == "handed over"
    first.close()


def test_another_folder_is_another_program(qtbot: QtBot, tmp_path: Path) -> None:
    first, other = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert first.enter(Wish())

    assert other.enter(Wish())

    first.close()
    other.close()


def test_a_start_after_the_first_has_ended_runs(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.enter(Wish())
    first.close()

    second = SingleInstance(tmp_path)

    assert second.enter(Wish())
    second.close()


def test_nobody_takes_the_place_of_one_that_does_not_listen_yet(
    qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.listen()
    first.stop_listening()

    assert not second.listen()

    first.close()


def test_one_that_does_not_listen_is_not_waited_for_without_end(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "PATIENCE_MS", 0)
    first = SingleInstance(tmp_path)
    assert first.listen()
    first.stop_listening()

    with pytest.raises(Silent, match="does not answer"):
        SingleInstance(tmp_path).enter(Wish())

    first.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there a program cannot be held still")
def test_one_that_hangs_has_not_taken_the_wish(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _racer(tmp_path, "")
    _go(first)
    assert [_line(first), _line(first)] == ["ready", "runs"]
    first.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(single_instance, "PATIENCE_MS", 100)

    with pytest.raises(Silent, match="does not answer"):
        SingleInstance(tmp_path).enter(Wish())

    first.kill()
    first.communicate()


def test_words_that_are_no_wish_want_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.listen()

    with qtbot.waitSignal(first.wished) as wished:
        socket = QLocalSocket()
        socket.connectToServer(first._name)
        assert socket.waitForConnected()
        socket.write(b"hello\n")
        socket.flush()

    assert wished.args == [Wish()]
    first.close()


def test_a_folder_that_cannot_be_locked_is_no_reason_not_to_start(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("where the folder belongs")
    first = SingleInstance(tmp_path / "file")

    assert first.enter(Wish())

    first.close()


def test_of_several_first_starts_at_once_one_runs_and_hears_the_others(tmp_path: Path) -> None:
    racers = [_racer(tmp_path, f"tandem://{number}") for number in range(4)]
    for racer in racers:
        assert _line(racer) == "ready"

    for racer in racers:  # all stand at the line
        _go(racer)

    said = {number: _line(racer) for number, racer in enumerate(racers)}
    [winner] = [number for number, words in said.items() if words == "runs"]
    losers = {number for number, words in said.items() if words == "handed over"}
    assert losers == set(range(4)) - {winner}
    heard = {_line(racers[winner]) for _loser in losers}
    assert heard == {f"wished tandem://{number}" for number in losers}
    for racer in racers:
        racer.kill()
        racer.communicate()


def _racer(folder: Path, link: str, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RACER, str(folder), link, *options],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _go(racer: subprocess.Popen[str]) -> None:
    assert racer.stdin is not None
    racer.stdin.write("go\n")
    racer.stdin.flush()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
