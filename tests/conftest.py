"""Settings and guards for the whole test suite."""

from __future__ import annotations

import gc
import ipaddress
import logging
import os
import re
import socket
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no display is needed, or wanted
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # never the person's own

# Derandomised: the same code gets the same examples, so a red run can be repeated and a green one
# does not turn red by chance. Fresh examples are what `dev.py torture` is for. Shrinking a state
# machine takes minutes, and explaining takes as long again.
QUICK = (Phase.explicit, Phase.generate, Phase.target)
settings.register_profile("dev", max_examples=25, derandomize=True, deadline=None, phases=QUICK)
settings.register_profile("ci", max_examples=200, derandomize=True, deadline=None, phases=QUICK)
settings.register_profile("torture", max_examples=10_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("TANDEM_HYPOTHESIS_PROFILE", "dev"))

FOR_THE_SUITE = ("TANDEM_HYPOTHESIS_PROFILE", "TANDEM_NO_SKIP")
NO_SKIP = os.environ.get("TANDEM_NO_SKIP") == "1"
PASSED = pytest.StashKey[bool]()


@pytest.fixture(autouse=True)
def _garbage_stays_in_this_thread() -> Iterator[None]:
    """Collect between the tests, as `desktop.ui.garbage` does: else the store's thread would."""
    gc.disable()
    yield
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [at for at, count in enumerate(counts) if count > thresholds[at]]
    if due:
        gc.collect(due[-1])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, where nothing may be skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if NO_SKIP and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"Skipped, where nothing may be skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The class of the program's own application, for pytest-qt."""
    from desktop.ui.opened_links import LinkedApplication

    return LinkedApplication


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the person's home, settings and session bus out of reach."""
    home = tmp_path / "home"
    runtime = home / "run"
    runtime.mkdir(mode=0o700, parents=True)
    for name in [name for name in os.environ if name.startswith("TANDEM_")]:
        if name not in FOR_THE_SUITE:
            monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")


@pytest.fixture(autouse=True)
def _loopback_only() -> Iterator[None]:
    """Fail a test that reaches for another machine, whatever it does with the error.

    Names under `.invalid` (RFC 6761) never resolve, here without asking anyone.
    """
    refused: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name), refused))
        patch.setattr(socket, "getaddrinfo", _local_lookup(socket.getaddrinfo, refused))
        yield
    assert not refused, f"The test reached beyond loopback: {', '.join(refused)}."


def _guarded(method: Callable[..., Any], refused: list[str]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if isinstance(address, tuple) and not _is_local(address[0]):  # others are of Unix sockets
            refused.append(str(address[0]))
            raise ConnectionRefusedError(f"Tests do not reach {address[0]}.")
        return method(self, *arguments)

    return guarded


def _local_lookup(lookup: Callable[..., Any], refused: list[str]) -> Callable[..., Any]:
    def local_lookup(host: str | bytes | None, *arguments: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and not _is_local(name):
            if not name.endswith(".invalid"):
                refused.append(name)
            raise socket.gaierror(socket.EAI_NONAME, f"Tests do not look up {name}.")
        return lookup(host, *arguments, **options)

    return local_lookup


def _is_local(host: str) -> bool:
    if host in ("", "localhost", "0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


class _Warnings(logging.Handler):
    """Keeps every record from WARNING on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a passing test that logs a warning which no `logs` mark of its allows."""
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    allowed = [mark.args[0] for mark in request.node.iter_markers("logs")]
    unexpected = [text for text in map(_text, handler.records) if not _fits(text, allowed)]
    if request.node.stash.get(PASSED, False):
        assert not unexpected, f"Unexpected in the log: {unexpected}"


def _text(record: logging.LogRecord) -> str:
    return f"{record.levelname} {record.name}: {record.getMessage()}"


def _fits(text: str, patterns: Iterable[str]) -> bool:
    return any(re.search(pattern, text) for pattern in patterns)


@pytest.fixture(autouse=True)
def _no_leftover_window(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a passing test that leaves a top-level widget behind."""
    before = _windows()
    yield
    if not request.node.stash.get(PASSED, False):
        return  # its traceback still holds what it made
    if _windows() - before:
        gc.collect()  # a widget in a circle with its own slots ends only here
    left = [repr(widget) for widget in _windows() - before]
    assert not left, f"Left open: {left}; give the widget to `qtbot.addWidget`."


def _windows() -> set[QWidget]:
    """All top-level widgets; none, and no import, where the test has no use for Qt."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return set()
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    return set(widgets.QApplication.topLevelWidgets())
