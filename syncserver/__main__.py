"""The command line of the relay: make one, serve it, let people in, keep it safe."""

import argparse
import asyncio
import getpass
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from uuid_utils import uuid7

from domain.accounts import RegisterAccount
from domain.cohorts import AddCohortMentor, CreateCohort
from domain.errors import DomainError, Invalid
from domain.instants import instant
from domain.members import Role
from syncserver import doctor
from syncserver.accounts import account_of
from syncserver.administration import Administration
from syncserver.app import CannotListen, serve, token_key
from syncserver.auth import Auth, checked_password
from syncserver.enrolment import Enrolment
from syncserver.relay import Relay
from syncserver.rest.about import program_version
from syncserver.sample import load_sample
from syncserver.settings import PREFIX, CommandOptions, Settings, WrongSetting
from syncserver.storage.audit import Seen
from syncserver.storage.credentials import Credentials
from syncserver.storage.ledger import (
    Busy,
    Damaged,
    Ledger,
    LedgerExists,
    NoLedger,
    NotABackup,
    restore,
)
from syncserver.storage.listings import cohort_cards
from syncserver.storage.migrations import NewerLedger
from syncserver.storage.reading import Reading

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
KNOWN_TROUBLE = (
    DomainError,
    NoLedger,
    LedgerExists,
    NewerLedger,
    NotABackup,
    Busy,
    Damaged,
    CannotListen,
    FileExistsError,
    OSError,
)


class Refusal(Exception):
    """Something that cannot be done; the text is the sentence for the person."""


class Desk:
    """The relay's parts that a command works with, while the relay may be served by another."""

    def __init__(self, settings: Settings, relay: Relay, auth: Auth) -> None:
        self.settings = settings
        self.relay = relay
        self.auth = auth
        self.enrolment = Enrolment(relay, auth, settings, _now)
        self.administration = Administration(relay, auth, settings, _now)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; its exit code."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        _complete(parser, given)
        settings = Settings.load(given.data, options=_options(given))
        return int(given.run(given, settings))
    except WrongSetting as wrong:
        return _say(str(wrong), WRONG_USAGE)
    except Invalid as invalid:
        return _say(f"{invalid.field}: {invalid}", REFUSED)
    except (Refusal, *KNOWN_TROUBLE) as trouble:
        return _say(str(trouble), REFUSED)


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


def _tell(result: dict[str, Any]) -> None:
    _print(json.dumps(result, ensure_ascii=False))


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _now() -> datetime:
    return datetime.now(UTC)


def _options(given: argparse.Namespace) -> dict[str, Any]:
    names = set(Settings.__struct_fields__) - {"data"}
    return {name: value for name, value in vars(given).items() if name in names}


def _complete(parser: argparse.ArgumentParser, given: argparse.Namespace) -> None:
    """Take what the command line leaves open from the environment and the folder's file."""
    known = CommandOptions.load(given.data)
    own = [name for name in CommandOptions.__struct_fields__ if hasattr(given, name)]
    for name in own:
        if getattr(given, name) is None:
            setattr(given, name, getattr(known, name))
    missing = [name for name in own if getattr(given, name) is None]
    if missing:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in missing)
        parser.error(f"the following arguments are required: {options}")


def _at_desk(settings: Settings, work: Callable[[Desk], Awaitable[int]]) -> int:
    """Do the work with the relay in the folder open."""
    ledger = Ledger.open(settings.data)

    async def run() -> int:
        relay = Relay(ledger, now=_now)
        auth = Auth(settings, await relay.write(token_key), _now)
        try:
            return await work(Desk(settings, relay, auth))
        finally:
            auth.close()
            await relay.close()

    return asyncio.run(run())


def _init(given: argparse.Namespace, settings: Settings) -> int:
    password = checked_password(_password(from_stdin=given.password_stdin))
    admin = {"name": given.admin_name, "email": given.admin_email}
    RegisterAccount(user_id=str(uuid7()), **admin, role=Role.ADMIN, time_zone="UTC")  # checks them
    Ledger.open(settings.data, create=True).close()

    async def work(desk: Desk) -> int:
        _tell({"userId": await desk.enrolment.add_admin(**admin, password=password)})
        return DONE

    return _at_desk(settings, work)


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Refusal("Give the password with --password-stdin, or start this on a terminal.")
    password = getpass.getpass("Password of the admin: ")
    if password != getpass.getpass("Once more: "):
        raise Refusal("The two passwords differ.")
    return password


def _serve(_given: argparse.Namespace, settings: Settings) -> int:
    if not settings.is_private:
        raise Refusal(
            f"{settings.host} can be reached by others: give --tls-cert and --tls-key, "
            "or --behind-proxy where a proxy does TLS."
        )
    serve(settings)
    return DONE


def _create_cohort(given: argparse.Namespace, settings: Settings) -> int:
    async def work(desk: Desk) -> int:
        command = CreateCohort(id=str(uuid7()), name=given.name)
        await desk.enrolment.create_cohort(command, by=None, mutation_id=str(uuid7()))
        code = await desk.relay.read(
            lambda reading: Credentials(reading.connection).join_code(command.id)
        )
        _tell({"cohortId": command.id, "joinCode": code})
        return DONE

    return _at_desk(settings, work)


def _list_cohorts(_given: argparse.Namespace, settings: Settings) -> int:
    def look(reading: Reading) -> list[dict[str, Any]]:
        credentials = Credentials(reading.connection)
        return [
            {"cohortId": card.id, "name": card.name, "joinCode": credentials.join_code(card.id)}
            for card in cohort_cards(reading)
        ]

    async def work(desk: Desk) -> int:
        for cohort in await desk.relay.read(look):
            _tell(cohort)
        return DONE

    return _at_desk(settings, work)


def _add_cohort_mentor(given: argparse.Namespace, settings: Settings) -> int:
    """Make somebody one of a cohort's mentors; who is one already stays it."""

    def look(reading: Reading) -> tuple[str, str]:
        cohorts = [card.id for card in cohort_cards(reading) if given.name in (card.name, card.id)]
        if len(cohorts) != 1:
            raise Refusal(
                f"{len(cohorts) or 'No'} cohorts have the name {given.name}; "
                "`cohort list` shows them, and an id is a name too."
            )
        account = account_of(reading, given.email or "")
        if account is None or account.role is Role.STUDENT:
            raise Refusal(f"No mentor signs in as {given.email}.")
        return cohorts[0], account.id

    async def work(desk: Desk) -> int:
        cohort_id, mentor_id = await desk.relay.read(look)
        command = AddCohortMentor(cohort_id=cohort_id, mentor_id=mentor_id)
        await desk.relay.do_trusted(command, mutation_id=str(uuid7()))
        _tell({"cohortId": cohort_id, "mentorId": mentor_id})
        return DONE

    return _at_desk(settings, work)


def _invite(_given: argparse.Namespace, settings: Settings) -> int:
    async def work(desk: Desk) -> int:
        made = await desk.administration.invite(Role.MENTOR, by=None)
        _tell({"code": made.code, "expiresAt": made.expires_at})
        return DONE

    return _at_desk(settings, work)


def _reset_password(given: argparse.Namespace, settings: Settings) -> int:
    async def work(desk: Desk) -> int:
        made = await desk.administration.allow_reset(given.email)
        _tell({"code": made.code, "expiresAt": made.expires_at})
        return DONE

    return _at_desk(settings, work)


def _demo_data(_given: argparse.Namespace, settings: Settings) -> int:
    async def work(desk: Desk) -> int:
        for person in await load_sample(desk.relay, desk.auth, _now()):
            _tell(person)
        return DONE

    return _at_desk(settings, work)


def _backup(given: argparse.Namespace, settings: Settings) -> int:
    ledger = Ledger.open(settings.data)
    try:
        ledger.backup(given.file)
    finally:
        ledger.close()
    return _say(f"{given.file} holds everything; keep it as safe as the relay itself.", DONE)


def _restore(given: argparse.Namespace, settings: Settings) -> int:
    now = instant(_now())
    kept = restore(
        settings.data,
        given.file,
        now=now,
        also=lambda writing: Credentials(writing.connection).end_all_devices(now, by="restored"),
    )
    if kept:
        _say(f"What was here before is kept in {kept}.", DONE)
    return _say(
        "Restored. What the backup lacks comes back from the desktops that have it; accounts, "
        "passwords and deactivations since then do not. Everybody has to sign in again.",
        DONE,
    )


def _verify_audit(given: argparse.Namespace, settings: Settings) -> int:
    seen = [Seen(room, int(version), head) for room, version, head in given.seen]
    ledger = Ledger.open(settings.data)
    try:
        verdict = ledger.verify_audit(seen)
    finally:
        ledger.close()
    if verdict.ok:
        _tell({"rooms": verdict.rooms, "records": verdict.records, "ok": True})
        return DONE
    _tell({"ok": False, "room": verdict.room, "n": verdict.n})
    return _say(f"The audit log of {verdict.room} was changed at record {verdict.n}.", REFUSED)


def _doctor(_given: argparse.Namespace, settings: Settings) -> int:
    all_well = True
    for finding in doctor.examine(settings):
        _print(finding.sentence)
        all_well = all_well and finding.is_good
    return DONE if all_well else REFUSED


class _Parser(argparse.ArgumentParser):
    """A parser whose wrong usage is one sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"{self.prog}: {message}. See {self.prog} --help.\n")


class _SeenHead(argparse.Action):
    """Collects what was seen; its version is a number."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        if not values[1].isdecimal():
            parser.error(f"argument {option_string}: VERSION is a number, not {values[1]!r}")
        setattr(namespace, self.dest, [*getattr(namespace, self.dest), values])


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="tandem-relay", description=__doc__, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=program_version())
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    init = _command(commands, "init", _init, "make a relay with its first admin")
    for option in ("--admin-email", "--admin-name"):
        init.add_argument(option)
    init.add_argument(
        "--password-stdin", action="store_true", default=None, help="read the password's line"
    )

    _add_settings(_command(commands, "serve", _serve, "serve the relay until SIGTERM"))

    cohort = commands.add_parser("cohort", help="cohorts and their join codes")
    actions = cohort.add_subparsers(required=True, metavar="ACTION")
    _command(actions, "create", _create_cohort, "found a cohort").add_argument("--name")
    _command(actions, "list", _list_cohorts, "all cohorts, with their join codes")
    add = _command(actions, "add-mentor", _add_cohort_mentor, "have a mentor lead a cohort")
    for option in ("--name", "--email"):
        add.add_argument(option)

    invite = commands.add_parser("invite", help="let people in")
    roles = invite.add_subparsers(required=True, metavar="ROLE")
    _command(roles, "mentor", _invite, "a code with which one mentor can register")

    reset = _command(commands, "reset-password", _reset_password, "a code for a new password")
    reset.add_argument("--email")

    _command(commands, "demo-data", _demo_data, "the sample people with their sessions")
    for name, run, help_ in (
        ("backup", _backup, "copy everything into one file"),
        ("restore", _restore, "put the content of a backup in place"),
    ):
        _command(commands, name, run, help_).add_argument("file", metavar="FILE", type=Path)
    verify = _command(commands, "verify-audit", _verify_audit, "check the chain of the audit log")
    verify.add_argument(
        "--seen",
        nargs=3,
        action=_SeenHead,
        default=[],
        metavar=("ROOM", "VERSION", "HEAD"),
        help="compare it with what a desktop has seen; may be repeated",
    )
    _add_settings(_command(commands, "doctor", _doctor, "look whether all is well"))
    return parser


def _command(
    commands: "argparse._SubParsersAction[_Parser]",
    name: str,
    run: Callable[[argparse.Namespace, Settings], int],
    help_: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_, description=help_, allow_abbrev=False)
    known = os.environ.get(f"{PREFIX}DATA") or None
    command.add_argument(
        "--data", required=known is None, default=known, type=Path, metavar="DIR", help="its folder"
    )
    command.set_defaults(run=run)
    return command


def _add_settings(command: argparse.ArgumentParser) -> None:
    """Every setting as an option; the environment and relay.toml know them too."""
    defaults = Settings(data=Path())
    for name in Settings.__struct_fields__:
        if name == "data":
            continue
        option = f"--{name.replace('_', '-')}"
        default = getattr(defaults, name)
        if isinstance(default, bool):
            command.add_argument(option, action=argparse.BooleanOptionalAction, default=None)
        elif isinstance(default, list):
            command.add_argument(option, type=_parts, default=None, metavar="A,B")
        else:
            shown = "" if default in (None, "") else f"default {default}"
            command.add_argument(option, default=None, help=shown, metavar="VALUE")


def _parts(text: str) -> Iterable[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


if __name__ == "__main__":
    sys.exit(main())
