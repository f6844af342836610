"""The refresh token in the keyring."""

import asyncio
import threading

import pytest
from keyring.errors import KeyringLocked

from desktop.account.credentials import (
    LOCKED,
    LOCKED_NOW,
    NO_KEYRING,
    WAITING,
    Credentials,
    Secret,
    system_keyring,
)

SECRET = Secret(refresh_token="refresh 1", retry_key="key 1")


class FakeKeyring:
    """A keyring in memory; `fault` is raised by every call, `forgets` accepts and keeps nothing."""

    def __init__(self, fault: Exception | None = None, *, forgets: bool = False) -> None:
        self.fault = fault
        self.forgets = forgets
        self.kept: dict[tuple[str, str], str] = {}
        self.threads: set[int] = set()

    def get_password(self, service_name: str, username: str) -> str | None:
        self._called()
        return self.kept.get((service_name, username))

    def set_password(self, service_name: str, username: str, password: str) -> None:
        self._called()
        if not self.forgets:
            self.kept[service_name, username] = password

    def delete_password(self, service_name: str, username: str) -> None:
        self._called()
        del self.kept[service_name, username]

    def _called(self) -> None:
        self.threads.add(threading.get_ident())
        if self.fault:
            raise self.fault


async def test_a_secret_outlives_the_program() -> None:
    keyring = FakeKeyring()
    await Credentials(lambda: keyring).save("ada", SECRET)

    again = Credentials(lambda: keyring)

    assert await again.load("ada") == SECRET
    assert again.trouble == ""


async def test_the_keyring_is_never_called_on_the_windows_thread() -> None:
    keyring = FakeKeyring()

    await Credentials(lambda: keyring).save("ada", SECRET)

    assert threading.get_ident() not in keyring.threads


async def test_nobody_has_no_secret() -> None:
    assert await Credentials(FakeKeyring).load("ada") is None


async def test_forgetting_takes_it_out_of_the_keyring() -> None:
    keyring = FakeKeyring()
    credentials = Credentials(lambda: keyring)
    await credentials.save("ada", SECRET)

    dropped = await Credentials(lambda: keyring).forget("ada")
    assert await credentials.forget("ada") == SECRET

    assert dropped == SECRET
    assert not keyring.kept
    assert await credentials.load("ada") is None


@pytest.mark.parametrize(
    "keyring",
    [FakeKeyring(RuntimeError("locked")), FakeKeyring(forgets=True)],
    ids=["locked", "accepts and forgets"],
)
async def test_without_a_keyring_the_secret_lives_in_memory_and_that_is_said(
    keyring: FakeKeyring,
) -> None:
    credentials = Credentials(lambda: keyring)

    await credentials.save("ada", SECRET)

    assert credentials.trouble == NO_KEYRING
    assert await credentials.load("ada") == SECRET
    assert await Credentials(lambda: keyring).load("ada") is None


async def test_a_keyring_that_opens_later_ends_the_trouble() -> None:
    keyring = FakeKeyring(RuntimeError("locked"))
    credentials = Credentials(lambda: keyring)
    await credentials.save("ada", SECRET)
    keyring.fault = None

    await credentials.save("ada", SECRET)

    assert credentials.trouble == ""
    assert keyring.kept


async def test_what_something_else_wrote_there_counts_as_nothing() -> None:
    keyring = FakeKeyring()
    keyring.kept["Tandem", "ada"] = "{}"

    assert await Credentials(lambda: keyring).load("ada") is None


async def test_the_systems_keyring_of_the_tests_keeps_nothing() -> None:
    credentials = Credentials(system_keyring)

    await credentials.save("ada", SECRET)

    assert credentials.trouble == NO_KEYRING


class SlowKeyring(FakeKeyring):
    """A keyring that asks the person something, and answers when they have answered."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = threading.Event()

    def _called(self) -> None:
        assert self.answer.wait(60)
        super()._called()


class Heard:
    """What is said about the keyring; `news` is set when there is something new."""

    def __init__(self, credentials: Credentials) -> None:
        self.sentences: list[str] = []
        self.news = asyncio.Event()
        credentials.listen(self._on_trouble)

    def _on_trouble(self, sentence: str) -> None:
        self.sentences.append(sentence)
        self.news.set()

    async def next(self) -> str:
        async with asyncio.timeout(60):
            await self.news.wait()
        self.news.clear()
        return self.sentences[-1]


async def test_a_locked_keyring_is_said_when_the_sign_in_is_looked_for() -> None:
    credentials = Credentials(lambda: FakeKeyring(KeyringLocked("dismissed")))
    heard = Heard(credentials)

    assert await credentials.load("ada") is None
    assert await credentials.load("ada") is None

    assert heard.sentences == [LOCKED]
    assert not credentials.is_waiting


async def test_a_missing_keyring_is_said_when_the_sign_in_is_looked_for() -> None:
    credentials = Credentials(lambda: FakeKeyring(RuntimeError("none")))
    heard = Heard(credentials)

    assert await credentials.load("ada") is None

    assert heard.sentences == [NO_KEYRING]


async def test_a_keyring_that_is_locked_later_keeps_the_sign_in_for_now() -> None:
    credentials = Credentials(lambda: FakeKeyring(KeyringLocked("dismissed")))

    await credentials.save("ada", SECRET)

    assert credentials.trouble == LOCKED_NOW
    assert await credentials.load("ada") == SECRET


async def test_a_question_that_nobody_answers_is_said_and_goes_on_being_asked() -> None:
    keyring = SlowKeyring()
    keyring.kept["Tandem", "ada"] = '{"refreshToken": "refresh 1", "retryKey": "key 1"}'
    credentials = Credentials(lambda: keyring, patience_s=0)
    heard = Heard(credentials)
    assert await credentials.load("ada") is None
    assert await credentials.load("ada") is None
    assert credentials.is_waiting
    assert await heard.next() == WAITING

    keyring.answer.set()

    assert await heard.next() == ""
    assert await credentials.load("ada") == SECRET
    assert heard.sentences == [WAITING, ""]


async def test_who_signs_in_meanwhile_does_not_wait_for_the_keyring() -> None:
    keyring = SlowKeyring()
    keyring.kept["Tandem", "ada"] = '{"refreshToken": "older", "retryKey": "key 0"}'
    credentials = Credentials(lambda: keyring, patience_s=0)
    heard = Heard(credentials)
    await credentials.load("ada")

    await credentials.save("ada", SECRET)
    assert await credentials.load("ada") == SECRET
    assert await heard.next() == WAITING
    keyring.answer.set()
    assert await heard.next() == ""

    assert await credentials.load("ada") == SECRET


async def test_who_signs_out_meanwhile_is_not_signed_in_by_a_late_answer() -> None:
    keyring = SlowKeyring()
    keyring.kept["Tandem", "ada"] = '{"refreshToken": "refresh 1", "retryKey": "key 1"}'
    credentials = Credentials(lambda: keyring, patience_s=0)
    heard = Heard(credentials)
    await credentials.load("ada")
    await credentials.forget("ada")
    assert await heard.next() == WAITING

    keyring.answer.set()
    assert await heard.next() == ""
    patient = Credentials(lambda: keyring)
    await patient.forget("ada")

    assert await credentials.load("ada") is None
    assert not keyring.kept
