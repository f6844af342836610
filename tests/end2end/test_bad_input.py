"""Bad input, from the outside: a plain sentence or a coded answer, and nothing is lost.

Forms and refused commands that need no relay are tested with their screens, unknown and too large
messages with the contract.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import tasks
from desktop.account.credentials import Credentials
from desktop.account.sign_in import SignIn
from desktop.store.ids import new_id
from desktop.store.trouble import StoreTrouble
from desktop.store.worker import StoreWorker
from desktop.ui.links import host_of
from desktop.ui.sign_in.page import SignInPage
from desktop.ui.sign_in.screen import SignInScreen
from desktop.ui.theme import Look, Theme
from desktop.ui.trouble_page import TroublePage
from desktop.ui.widgets.markdown_text import MarkdownText
from domain.activities import Person
from domain.cohorts import CreateCohort
from domain.members import Role
from tests.contract.people import House, Someone
from tests.contract.problems import EXCEPTION, assert_problem
from tests.contract.programs import PASSWORD, init, run, serving
from tests.desktop.account.test_credentials import FakeKeyring

TYPED = {"email": "ana@example.org", "password": "what I have typed"}
Fill = Callable[[str, dict[str, str]], SignInPage]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("relays") / "relay"
    assert init(folder).code == 0
    return folder


@pytest.fixture(scope="module")
def relay_url(folder: Path) -> Iterator[str]:
    with serving(folder) as served:
        yield served.url


@pytest.fixture
async def sign_in(tmp_path: Path) -> AsyncIterator[SignIn]:
    sign_in = SignIn(tmp_path / "data", Credentials(FakeKeyring))
    yield sign_in
    await sign_in.close()


@pytest.fixture
def fill(sign_in: SignIn, qapp: QApplication, qtbot: QtBot) -> Iterator[Fill]:
    """Opens the real sign-in page at one of its forms, and types."""
    theme = Theme(qapp, Look.LIGHT)
    screens: list[SignInScreen] = []

    def fill(way: str, values: dict[str, str]) -> SignInPage:
        screens.append(SignInScreen(sign_in, theme))
        page = screens[-1].page
        qtbot.addWidget(page)
        page.show()
        page.show_way(way)
        for key, text in values.items():
            page.form.edit(key).clear()
            qtbot.keyClicks(page.form.edit(key), text)
        return page

    yield fill
    theme.deleteLater()


async def press(page: SignInPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.form.button, Qt.MouseButton.LeftButton)
    while running := list(tasks._running):
        await asyncio.wait(running)


def assert_plain(sentence: str) -> None:
    assert sentence.strip().endswith((".", "!"))
    assert not EXCEPTION.search(sentence)
    assert "errno" not in sentence.lower()


def assert_typed_text_is_there(page: SignInPage, values: dict[str, str]) -> None:
    assert {key: page.form.text(key) for key in values} == values
    assert page.form.button.isEnabled()


async def test_a_form_that_the_relay_refuses_says_why_at_the_field(
    relay_url: str, fill: Fill, qtbot: QtBot
) -> None:
    values = {"server": relay_url, "joinCode": "WRONG-CODE", "name": "Ana", **TYPED}
    page = fill("student", values)

    await press(page, qtbot)

    assert page.form.fields["joinCode"].has_error
    assert_plain(page.form.fields["joinCode"].error.accessibleName())
    assert_typed_text_is_there(page, values)


async def test_a_wrong_password_is_said_at_the_field(
    relay_url: str, fill: Fill, qtbot: QtBot
) -> None:
    page = fill("sign_in", {"server": relay_url, **TYPED})

    await press(page, qtbot)

    assert_plain(page.form.fields["password"].error.accessibleName())
    assert_typed_text_is_there(page, TYPED)


async def test_an_address_where_nobody_listens_is_said_above_the_form(
    fill: Fill, qtbot: QtBot
) -> None:
    async with at_an_address(lambda _reader, writer: writer.close()) as url:
        pass  # nobody is there any more
    page = fill("sign_in", {"server": url, **TYPED})

    await press(page, qtbot)

    sentence = page.banner.text.accessibleName()
    assert_plain(sentence)
    assert "cannot be reached" in sentence
    assert_typed_text_is_there(page, TYPED)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<html></html",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        b"220 mail.example.org ESMTP ready\r\n",
    ],
    ids=["a page", "not found", "other json", "a mail server"],
)
async def test_a_foreign_server_is_said_above_the_form(
    fill: Fill, qtbot: QtBot, answer: bytes
) -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4096)
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with at_an_address(greet) as url:
        page = fill("sign_in", {"server": url, **TYPED})
        await press(page, qtbot)

    assert_plain(page.banner.text.accessibleName())
    assert_typed_text_is_there(page, TYPED)


async def test_an_outbox_of_a_newer_program_is_told_and_stays_as_it_is(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    await typed_offline(tmp_path)
    outbox = tmp_path / "outbox.sqlite"
    with closing(sqlite3.connect(outbox)) as file:
        file.execute("PRAGMA user_version = 999")
    content = outbox.read_bytes()

    with pytest.raises(StoreTrouble) as trouble:
        await a_worker(tmp_path).start()
    page = TroublePage(theme := Theme(qapp, Look.LIGHT), str(trouble.value))
    qtbot.addWidget(page)

    assert_plain(str(trouble.value))
    assert "999" in str(trouble.value)
    assert outbox.read_bytes() == content
    theme.deleteLater()


def test_a_relay_folder_of_a_newer_program_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "relay"
    assert init(folder).code == 0
    with closing(sqlite3.connect(folder / "relay.sqlite", isolation_level=None)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    content = (folder / "relay.sqlite").read_bytes()

    done = [run("serve", "--data", folder, "--port", "0"), run("cohort", "list", "--data", folder)]

    for one in done:
        assert (one.code, one.out, one.err.count("\n")) == (1, "", 1)
        assert "9999" in one.err
        assert_plain(one.err)
    assert (folder / "relay.sqlite").read_bytes() == content


def test_a_full_disk_of_the_relay_is_a_coded_answer_and_nothing_is_lost(folder: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits another process's files")
    with serving(folder) as served, httpx.Client(base_url=served.url, timeout=30) as http:
        admin = Someone(http).sign_in("ada@example.org", PASSWORD)
        before = House(http, admin, Someone(http)).cohort(admin, name="Before")
        written = (folder / "relay.sqlite-wal").stat().st_size
        unlimited = resource.RLIM_INFINITY
        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (written, unlimited))
        form = {"name": "While it is full"}

        refused = admin.post("cohorts", form, Idempotency_Key="one cohort")
        shown = [cohort["name"] for cohort in admin.get("cohorts").json()]
        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
        done = admin.post("cohorts", form, Idempotency_Key="one cohort")
        names = [cohort["name"] for cohort in admin.get("cohorts").json()]

    assert_problem(refused, 503, "busy")
    assert before["name"] in shown
    assert "While it is full" not in shown
    assert done.status_code == 201
    assert names.count("While it is full") == 1
    assert run("verify-audit", "--data", folder).result["ok"] is True


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        ("x" * 8_001, 422, "invalid"),
        ("", 422, "invalid"),
        ("Which\u0000 book?", 422, "invalid"),
        ("x" * 1_000_000, 413, "too_large"),
    ],
    ids=["too long", "empty", "a control character", "a megabyte"],
)
def test_a_comment_that_cannot_be_one_is_said_and_nothing_is_written(
    folder: Path, words: str, status: int, code: str
) -> None:
    with serving(folder) as served, httpx.Client(base_url=served.url, timeout=30) as http:
        admin = Someone(http).sign_in("ada@example.org", PASSWORD)
        house = House(http, admin, Someone(http))
        mentor = house.mentor()
        student = house.student(mentor)
        entry = student.post("entries", {"title": "Loops", "body": "Two."}).json()
        comments = f"entries/{entry['id']}/comments"
        mentor.post(comments, {"body": "Which book?"})

        refused = mentor.post(comments, {"body": words})
        review = mentor.patch(
            f"entries/{entry['id']}/status", {"status": "needs_work", "comment": words}
        )

        for answer in (refused, review):
            problem = assert_problem(answer, status, code)
            assert_plain(problem["detail"])
        assert [one["body"] for one in mentor.get(comments).json()] == ["Which book?"]
        assert student.get(f"entries/{entry['id']}").json() == entry


async def test_what_a_text_names_is_opened_by_nobody_who_reads_it(
    folder: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    """The words of an entry as the relay gives them back, shown as its readers see them."""
    secret = tmp_path / "secret.png"
    QPixmap(3, 3).save(str(secret))
    words = f"![a chart](file://{secret}) <img src='file://{secret}'> [here](file://{secret})"
    with serving(folder) as served, httpx.Client(base_url=served.url, timeout=30) as http:
        admin = Someone(http).sign_in("ada@example.org", PASSWORD)
        house = House(http, admin, Someone(http))
        mentor = house.mentor()
        student = house.student(mentor)
        entry = student.post("entries", {"title": "Loops", "body": words}).json()
        read = mentor.get(f"entries/{entry['id']}").json()["body"]
    text = MarkdownText(theme := Theme(qapp, Look.LIGHT), "The entry")
    qtbot.addWidget(text)
    asked: list[str] = []
    text.link_asked.connect(asked.append)

    text.show_markdown(read)
    text.anchorClicked.emit(QUrl(f"file://{secret}"))

    assert read == words
    assert text.toPlainText() == f"[a chart] <img src='file://{secret}'> here"
    assert asked == [f"file://{secret}"]
    assert host_of(asked[0]) == ""  # so that it is not opened
    theme.deleteLater()


@asynccontextmanager
async def at_an_address(answer: Callable[..., object]) -> AsyncIterator[str]:
    """A server that is no relay of Tandem."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)  # type: ignore[arg-type]
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def a_worker(folder: Path) -> StoreWorker:
    return StoreWorker(
        folder,
        me=Person(new_id(), Role.MENTOR),
        now=lambda: datetime.now(UTC),
        new_id=new_id,
        on_change=lambda _kinds: None,
        on_pending=lambda: None,
    )


async def typed_offline(folder: Path) -> None:
    """Leave a command in the outbox of this folder."""
    worker = a_worker(folder)
    await worker.start()
    await worker.do(CreateCohort(id=new_id(), name="Typed offline"))
    await worker.close()
