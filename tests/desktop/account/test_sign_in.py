"""Signing in and out, and the access tokens that follow."""

import asyncio
import stat
from pathlib import Path

import httpx
import pytest
from keyring.errors import KeyringLocked
from msgspec.structs import replace

from desktop.account.api import Api, ApiRefused
from desktop.account.credentials import LOCKED, PATIENCE_S, WAITING, Credentials, Secret
from desktop.account.join_links import Malformed
from desktop.account.sign_in import TELL_S, Account, NotDeleted, SignIn, Tokens
from domain.members import Role
from tests.desktop.account.servers import SERVER, Answer, Server, a_grant, a_problem
from tests.desktop.account.test_credentials import FakeKeyring, Heard, SlowKeyring


class Offline(Exception):
    def __init__(self, message: str, *, code: str, retry_after_s: float = 0.0) -> None:
        super().__init__(message)
        self.code = code
        self.retry_after_s = retry_after_s


class SignedOut(Exception):
    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class Computer:
    """A computer with a data folder, a keyring and one relay."""

    def __init__(
        self,
        data: Path,
        *answers: Answer,
        keyring: FakeKeyring | None = None,
        patience_s: float = PATIENCE_S,
        tell_s: float = TELL_S,
    ) -> None:
        self.time = 1000.0
        self.keyring = keyring or FakeKeyring()
        self.server = Server(*answers)
        self.made: list[str] = []
        self.credentials = Credentials(lambda: self.keyring, patience_s=patience_s)
        self.sign_in = SignIn(
            data,
            self.credentials,
            make_api=self._api,
            monotonic=lambda: self.time,
            tell_s=tell_s,
        )

    async def enter(self) -> Account:
        return await self.sign_in.sign_in("tandem.example.org", " ada@example.org ", "secret")

    def tokens(self, account: Account) -> Tokens:
        return self.sign_in.tokens(account, offline=Offline, signed_out=SignedOut)

    def _api(self, server: str) -> Api:
        self.made.append(server)
        return self.server.api


async def test_signing_in_says_who_one_is_and_is_remembered(tmp_path: Path) -> None:
    computer = Computer(tmp_path / "data", a_grant())

    account = await computer.enter()

    assert (account.user_id, account.role, account.server) == ("u1", Role.MENTOR, SERVER)
    assert SignIn(tmp_path / "data", computer.credentials).last() == account
    assert computer.server.asked[0][1]["email"] == "ada@example.org"


async def test_the_remembered_account_holds_no_secret(tmp_path: Path) -> None:
    computer = Computer(tmp_path / "data", a_grant())

    await computer.enter()

    for path in (tmp_path / "data").rglob("*.json"):
        assert b"refresh" not in path.read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_new_computer_remembers_nobody(tmp_path: Path) -> None:
    assert Computer(tmp_path).sign_in.last() is None


async def test_a_damaged_memory_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "last-account.json").write_text("{")

    assert Computer(tmp_path).sign_in.last() is None


async def test_each_account_has_its_own_folder(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(), a_grant(2, id="u2"))
    one, other = await computer.enter(), await computer.enter()

    assert computer.sign_in.folder(one) == tmp_path / "accounts" / "tandem.example.org-u1"
    assert computer.sign_in.folder(other) == tmp_path / "accounts" / "tandem.example.org-u2"


async def test_a_wrong_password_changes_nothing(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_problem(401, "credentials_wrong"))

    with pytest.raises(ApiRefused):
        await computer.enter()

    assert computer.sign_in.last() is None
    assert not computer.keyring.kept


async def test_what_is_no_address_asks_nobody(tmp_path: Path) -> None:
    computer = Computer(tmp_path)

    with pytest.raises(Malformed):
        await computer.sign_in.sign_in("", "ada@example.org", "secret")

    assert not computer.made


async def test_registering_signs_in(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(role="student"))

    account = await computer.sign_in.register(SERVER, {"role": "student", "joinCode": "AB"})

    assert account.role is Role.STUDENT
    assert computer.sign_in.last() == account


async def test_a_forgotten_password_is_set_anew(tmp_path: Path) -> None:
    computer = Computer(tmp_path, httpx.Response(204))

    await computer.sign_in.reset_password(SERVER, " ada@example.org", "CODE", "a new password")

    assert computer.server.asked[0][0] == "/api/auth/reset"


async def test_the_token_of_the_sign_in_is_used_until_shortly_before_its_end(
    tmp_path: Path,
) -> None:
    computer = Computer(tmp_path, a_grant(1), a_grant(2))
    tokens = computer.tokens(await computer.enter())

    assert (await tokens()) == ("access 1", 1900.0)
    computer.time += 869.0
    assert (await tokens()).text == "access 1"
    computer.time += 2.0
    assert (await tokens()).text == "access 2"


async def test_a_fresh_token_is_asked_for_with_the_kept_secret(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1), a_grant(2), a_grant(3))
    tokens = computer.tokens(await computer.enter())

    await tokens(fresh=True)
    await tokens(fresh=True)

    sent = [body["refreshToken"] for path, body in computer.server.asked if "refresh" in path]
    assert sent == ["refresh 1", "refresh 2"]
    keys = [headers["Idempotency-Key"] for headers in computer.server.headers[1:]]
    assert len(set(keys)) == 2


async def test_a_lost_answer_is_asked_for_again_under_the_same_key(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1), httpx.ReadError("cut"), a_grant(2))
    tokens = computer.tokens(await computer.enter())

    with pytest.raises(Offline):
        await tokens(fresh=True)
    await tokens(fresh=True)

    one, other = (headers["Idempotency-Key"] for headers in computer.server.headers[1:])
    assert one == other


async def test_two_who_want_a_fresh_token_share_one_refresh(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1), a_grant(2))
    tokens = computer.tokens(await computer.enter())

    one, other = await asyncio.gather(tokens(fresh=True), tokens(fresh=True))

    assert one == other
    assert len(computer.server.asked) == 2


async def test_the_next_start_goes_on_without_a_password(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1))
    account = await computer.enter()
    again = Computer(tmp_path, a_grant(2))
    again.keyring.kept = computer.keyring.kept

    assert (await again.tokens(account)()).text == "access 2"


async def test_without_a_kept_secret_one_is_signed_out(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1))
    account = await computer.enter()

    with pytest.raises(SignedOut) as caught:
        await Computer(tmp_path).tokens(account)()

    assert caught.value.code == "signed_out"


async def test_a_locked_keyring_is_the_reason_for_being_signed_out(tmp_path: Path) -> None:
    before = Computer(tmp_path, a_grant())
    account = await before.enter()
    computer = Computer(tmp_path)
    computer.keyring.fault = KeyringLocked("dismissed")

    with pytest.raises(SignedOut) as caught:
        await computer.tokens(account)()

    assert (caught.value.code, str(caught.value)) == ("signed_out", LOCKED)


async def test_a_keyring_that_does_not_answer_is_tried_again_later(tmp_path: Path) -> None:
    before = Computer(tmp_path, a_grant())
    account = await before.enter()
    keyring = SlowKeyring()
    keyring.kept = before.keyring.kept
    computer = Computer(tmp_path, a_grant(2), keyring=keyring, patience_s=0)
    heard, tokens = Heard(computer.credentials), computer.tokens(account)
    with pytest.raises(Offline) as caught:
        await tokens()
    assert (caught.value.code, str(caught.value)) == ("keyring_waits", WAITING)
    assert await heard.next() == WAITING

    keyring.answer.set()
    assert await heard.next() == ""

    assert (await tokens()).text == "access 2"


@pytest.mark.parametrize(
    "code", ["token_reused", "token_expired", "token_invalid", "account_disabled"]
)
async def test_a_refresh_that_is_refused_for_good_asks_to_sign_in(
    tmp_path: Path, code: str
) -> None:
    computer = Computer(tmp_path, a_grant(1), a_problem(401, code, "Sign in again."))
    tokens = computer.tokens(await computer.enter())

    with pytest.raises(SignedOut, match="Sign in again") as caught:
        await tokens(fresh=True)

    assert caught.value.code == code


async def test_a_refresh_that_is_refused_for_now_waits(tmp_path: Path) -> None:
    answer = a_problem(429, "too_many_tries", headers={"Retry-After": "7"})
    computer = Computer(tmp_path, a_grant(1), answer)
    tokens = computer.tokens(await computer.enter())

    with pytest.raises(Offline) as caught:
        await tokens(fresh=True)

    assert (caught.value.code, caught.value.retry_after_s) == ("too_many_tries", 7.0)


async def test_signing_out_tells_the_relay_and_forgets(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1), httpx.Response(204))
    account = await computer.enter()

    await computer.sign_in.sign_out(account)
    await computer.sign_in.close()

    assert computer.server.asked[-1] == ("/api/auth/logout", {"everywhere": False})
    assert computer.server.headers[-1]["Authorization"] == "Bearer access 1"
    assert computer.sign_in.last() is None
    assert not computer.keyring.kept


async def test_nobody_waits_for_the_relay_to_be_signed_out(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1), httpx.Response(204))
    account = await computer.enter()
    computer.server.answering.clear()

    await computer.sign_in.sign_out(account)

    assert computer.sign_in.last() is None
    computer.server.answering.set()
    await computer.sign_in.close()
    assert computer.server.asked[-1] == ("/api/auth/logout", {"everywhere": False})


async def test_a_dead_network_does_not_hold_up_the_end_of_the_program(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1), tell_s=0.0)
    account = await computer.enter()
    computer.server.answering.clear()

    await computer.sign_in.sign_out(account)
    await computer.sign_in.close()

    assert not computer.keyring.kept


async def test_nobody_waits_for_the_keyring_to_be_signed_out(tmp_path: Path) -> None:
    keyring = SlowKeyring()
    keyring.answer.set()
    computer = Computer(tmp_path, a_grant(1), httpx.Response(204), keyring=keyring)
    account = await computer.enter()
    keyring.answer.clear()

    await computer.sign_in.sign_out(account)

    assert computer.sign_in.last() is None
    keyring.answer.set()
    await computer.sign_in.close()
    assert not keyring.kept


async def test_an_old_token_is_renewed_to_sign_out_and_nothing_of_it_is_kept(
    tmp_path: Path,
) -> None:
    computer = Computer(tmp_path, a_grant(1), a_grant(2), httpx.Response(204))
    account = await computer.enter()
    computer.time += 10_000.0

    await computer.sign_in.sign_out(account)
    await computer.sign_in.close()

    assert [path for path, _ in computer.server.asked[1:]] == [
        "/api/auth/refresh",
        "/api/auth/logout",
    ]
    assert computer.server.headers[-1]["Authorization"] == "Bearer access 2"
    assert not computer.keyring.kept


async def test_after_a_start_the_keyring_says_what_to_sign_out(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1))
    account = await computer.enter()
    again = Computer(tmp_path, a_grant(2), httpx.Response(204), keyring=computer.keyring)

    await again.sign_in.sign_out(account)
    await again.sign_in.close()

    assert again.server.asked[0][1] == {"refreshToken": "refresh 1"}
    assert again.server.asked[-1][0] == "/api/auth/logout"


@pytest.mark.parametrize("answer", [httpx.ConnectError("refused"), a_problem(401, "token_invalid")])
async def test_signing_out_works_without_the_relay(tmp_path: Path, answer: Answer) -> None:
    computer = Computer(tmp_path, a_grant(1), answer)
    account = await computer.enter()

    await computer.sign_in.sign_out(account)
    await computer.sign_in.close()

    assert not computer.keyring.kept


async def test_signing_out_without_a_token_works_too(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1))
    account = await computer.enter()
    computer.time += 10_000.0
    await computer.credentials.forget(account.key)

    await computer.sign_in.sign_out(account)
    await computer.sign_in.close()

    assert computer.sign_in.last() is None
    assert len(computer.server.asked) == 1


async def test_who_signs_in_again_at_once_stays_signed_in(tmp_path: Path) -> None:
    keyring = SlowKeyring()
    keyring.answer.set()
    answers = (a_grant(1), httpx.ConnectError("refused"), a_grant(2))
    computer = Computer(tmp_path, *answers, keyring=keyring, patience_s=0)
    account = await computer.enter()
    keyring.answer.clear()
    computer.server.is_asked.clear()

    await computer.sign_in.sign_out(account)
    await computer.server.is_asked.wait()
    await computer.enter()
    keyring.answer.set()
    await computer.sign_in.close()

    secret = await Credentials(lambda: keyring).load(account.key)
    assert secret is not None
    assert secret.refresh_token == "refresh 2"
    assert computer.sign_in.last() == account


async def test_files_stay_unless_they_are_to_be_wiped(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1), httpx.Response(204), httpx.Response(204))
    account = await computer.enter()
    other = tmp_path / "accounts" / "tandem.example.org-u2"
    folder = computer.sign_in.folder(account)
    for path in (folder, other):
        path.mkdir(parents=True)

    await computer.sign_in.sign_out(account)
    await computer.sign_in.close()
    assert folder.exists()

    await computer.credentials.save(account.key, Secret("refresh 1", "key"))
    computer.server.answers = [a_grant(2), httpx.Response(204)]
    await computer.sign_in.sign_out(account, everywhere=True, wipe=True)
    assert not folder.exists()
    assert other.exists()


async def test_signing_out_one_does_not_forget_who_came_after(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1), a_grant(2, id="u2"), httpx.Response(204))
    first, second = await computer.enter(), await computer.enter()

    await computer.sign_in.sign_out(first, wipe=True)

    assert computer.sign_in.last() == second


async def test_another_name_is_remembered_and_leaves_with_the_account(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1), httpx.Response(204))
    account = await computer.enter()

    await computer.sign_in.remember(replace(account, name="Ada Byron"))
    remembered = computer.sign_in.last()
    await computer.sign_in.sign_out(account)

    assert remembered is not None
    assert remembered.name == "Ada Byron"
    assert computer.sign_in.last() is None


async def test_a_name_of_who_has_left_is_not_remembered(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1), a_grant(2, id="u2"))
    first, second = await computer.enter(), await computer.enter()

    await computer.sign_in.remember(replace(first, name="Ada Byron"))

    assert computer.sign_in.last() == second


async def test_files_that_stay_are_said_and_the_person_is_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computer = Computer(tmp_path, a_grant(1), httpx.Response(204))
    account = await computer.enter()
    folder = computer.sign_in.folder(account)
    folder.mkdir(parents=True)

    def is_in_use(path: Path) -> None:
        raise PermissionError(13, "in use", str(path))

    monkeypatch.setattr("shutil.rmtree", is_in_use)
    with pytest.raises(NotDeleted, match="Delete this folder by hand") as caught:
        await computer.sign_in.sign_out(account, wipe=True)

    await computer.sign_in.close()
    assert str(folder) in str(caught.value)
    assert computer.sign_in.last() is None
    assert not computer.keyring.kept


async def test_closing_closes_the_http_clients(tmp_path: Path) -> None:
    computer = Computer(tmp_path, a_grant(1))
    await computer.enter()
    http = await computer.server.api.http()

    await computer.sign_in.close()

    assert http.is_closed
