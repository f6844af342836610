"""What proves who someone is: passwords, devices, refresh tokens, codes; never a row of a room."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)

from syncserver.storage.schema import metadata

passwords = Table(
    "passwords",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)
devices = Table(
    "devices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("last_seen_at", Text, nullable=False),
    Column("ended_at", Text),
    # `signed_out`, `reused`, `password`, `role`, `deactivated`, `restored`
    Column("ended_by", Text),
    Index("devices_user_id", "user_id"),
)
refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("device_id", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
    Column("retry_hash", Text),  # of the Idempotency-Key it was used with
    Column("successor_hash", Text),
    Column("successor_seal", Text),
    Index("refresh_tokens_device_id", "device_id"),
)
invitations = Table(
    "invitations",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("id", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("created_by", Text),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_by", Text),
    Column("used_at", Text),
    Column("withdrawn_at", Text),
    Index("invitations_id", "id", unique=True),
    Index("invitations_created_at_id", "created_at", "id"),
)
join_codes = Table(
    "join_codes",
    metadata,
    Column("cohort_id", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("created_at", Text, nullable=False),
)
reset_codes = Table(
    "reset_codes",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Index("reset_codes_user_id", "user_id"),
)
secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)


AFTER_ALL = "~"  # sorts behind every instant and every id


class Device(NamedTuple):
    """One sign-in on one machine, with its family of refresh tokens."""

    id: str
    user_id: str
    name: str
    created_at: str
    last_seen_at: str
    ended_at: str | None
    ended_by: str | None


class Invitation(NamedTuple):
    """An invitation, without its code, which nobody can read again."""

    id: str
    role: str
    created_at: str
    created_by: str | None
    expires_at: str
    used_at: str | None
    used_by: str | None


class RefreshToken(NamedTuple):
    hash: str
    device_id: str
    expires_at: str
    used_at: str | None
    retry_hash: str | None
    successor_hash: str | None
    successor_seal: str | None


_INVITATIONS = select(*(invitations.c[name] for name in Invitation._fields))
_STANDING = invitations.c.withdrawn_at.is_(None)


class Credentials:
    """Statements about the proofs of identity, inside somebody else's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Passwords

    def password_of(self, user_id: str) -> str | None:
        """The argon2id hash."""
        return self._value(select(passwords.c.hash).where(passwords.c.user_id == user_id))

    def set_password(self, user_id: str, hash_: str, now: str) -> None:
        changed = self._connection.execute(
            update(passwords)
            .where(passwords.c.user_id == user_id)
            .values(hash=hash_, changed_at=now)
        )
        if not changed.rowcount:
            self._insert(passwords, user_id=user_id, hash=hash_, changed_at=now)

    # Devices and their refresh tokens

    def add_device(self, device_id: str, user_id: str, name: str, now: str) -> None:
        self._insert(
            devices, id=device_id, user_id=user_id, name=name, created_at=now, last_seen_at=now
        )

    def device(self, device_id: str) -> Device | None:
        row = self._connection.execute(select(devices).where(devices.c.id == device_id)).first()
        return Device(*row) if row else None

    def devices_of(self, user_id: str) -> list[Device]:
        """Signed-in devices, the last seen first."""
        query = (
            select(devices)
            .where(devices.c.user_id == user_id, devices.c.ended_at.is_(None))
            .order_by(devices.c.last_seen_at.desc(), devices.c.id)
        )
        return [Device(*row) for row in self._connection.execute(query)]

    def end_device(self, device_id: str, now: str, *, by: str) -> list[str]:
        """Revoke a device with all its tokens; its id, unless it had ended."""
        return self._end(devices.c.id == device_id, now, by)

    def end_devices(self, user_id: str, now: str, *, by: str, besides: str = "") -> list[str]:
        """Revoke all devices of a person but one; the ids of those that had not ended."""
        return self._end((devices.c.user_id == user_id) & (devices.c.id != besides), now, by)

    def end_all_devices(self, now: str, *, by: str) -> None:
        self._end(devices.c.id > "", now, by)

    def _end(self, which: Any, now: str, by: str) -> list[str]:
        ended = self._connection.execute(
            update(devices)
            .where(which, devices.c.ended_at.is_(None))
            .values(ended_at=now, ended_by=by)
            .returning(devices.c.id)
        )
        return list(ended.scalars())

    def add_refresh_token(self, hash_: str, device_id: str, expires_at: str) -> None:
        self._insert(refresh_tokens, hash=hash_, device_id=device_id, expires_at=expires_at)

    def refresh_token(self, hash_: str) -> RefreshToken | None:
        row = self._connection.execute(
            select(refresh_tokens).where(refresh_tokens.c.hash == hash_)
        ).first()
        return RefreshToken(*row) if row else None

    def use_refresh_token(
        self, token: RefreshToken, now: str, *, successor: str, retry: str | None, seal: str | None
    ) -> None:
        """Mark a token as used; tokens of its family that have ended are dropped."""
        table = refresh_tokens
        self._connection.execute(
            update(table)
            .where(table.c.hash == token.hash)
            .values(used_at=now, successor_hash=successor, retry_hash=retry, successor_seal=seal)
        )
        self._connection.execute(  # its predecessor needs no way back to it any more
            update(table)
            .where(table.c.device_id == token.device_id, table.c.successor_hash == token.hash)
            .values(successor_seal=None)
        )
        self._connection.execute(
            delete(table).where(table.c.device_id == token.device_id, table.c.expires_at < now)
        )
        self._connection.execute(
            update(devices).where(devices.c.id == token.device_id).values(last_seen_at=now)
        )

    def last_seen(self, user_ids: Collection[str]) -> dict[str, str]:
        """When each of these people was last here, on whatever device; without who never was."""
        table = devices.c
        query = (
            select(table.user_id, func.max(table.last_seen_at).label("seen"))
            .where(table.user_id.in_(user_ids))
            .group_by(table.user_id)
        )
        return {row.user_id: row.seen for row in self._connection.execute(query)}

    # Codes

    def add_invitation(
        self,
        hash_: str,
        role: str,
        created_by: str | None,
        now: str,
        expires_at: str,
        *,
        invitation_id: str,
    ) -> None:
        self._insert(
            invitations,
            hash=hash_,
            id=invitation_id,
            role=role,
            created_by=created_by,
            created_at=now,
            expires_at=expires_at,
        )

    def invitation_of_code(self, hash_: str) -> Invitation | None:
        """The invitation with this code, used, withdrawn or neither."""
        return self._invitation(invitations.c.hash == hash_)

    def invitation(self, invitation_id: str) -> Invitation | None:
        """One that was not withdrawn."""
        return self._invitation((invitations.c.id == invitation_id) & _STANDING)

    def _invitation(self, which: Any) -> Invitation | None:
        row = self._connection.execute(_INVITATIONS.where(which)).first()
        return Invitation(*row) if row else None

    def invitations(self, *, before: tuple[str, str] | None, limit: int) -> list[Invitation]:
        """The newest first, without withdrawn ones; the next before a place of (created_at, id)."""
        table = invitations.c
        query = _INVITATIONS.order_by(table.created_at.desc(), table.id.desc()).limit(limit)
        place = before or (AFTER_ALL, AFTER_ALL)
        query = query.where(tuple_(table.created_at, table.id) < tuple_(*place), _STANDING)
        return [Invitation(*row) for row in self._connection.execute(query)]

    def withdraw_invitation(self, invitation_id: str, now: str) -> None:
        """Have it open nothing; it stays, so that its code is never made again."""
        self._connection.execute(
            update(invitations).where(invitations.c.id == invitation_id).values(withdrawn_at=now)
        )

    def is_invited(self, hash_: str, role: str, now: str) -> bool:
        """Whether the invitation is for this role, unused, not withdrawn and not over."""
        table = invitations.c
        fits = (table.hash == hash_) & (table.role == role) & table.used_by.is_(None) & _STANDING
        return self._value(select(table.hash).where(fits, table.expires_at > now)) is not None

    def use_invitation(self, hash_: str, user_id: str, now: str) -> None:
        self._connection.execute(
            update(invitations)
            .where(invitations.c.hash == hash_)
            .values(used_by=user_id, used_at=now)
        )

    def join_code(self, cohort_id: str) -> str | None:
        return self._value(select(join_codes.c.code).where(join_codes.c.cohort_id == cohort_id))

    def cohort_of_code(self, code: str) -> str | None:
        return self._value(select(join_codes.c.cohort_id).where(join_codes.c.code == code))

    def set_join_code(self, cohort_id: str, code: str, now: str) -> None:
        self._connection.execute(delete(join_codes).where(join_codes.c.cohort_id == cohort_id))
        self._insert(join_codes, cohort_id=cohort_id, code=code, created_at=now)

    def set_reset_code(self, user_id: str, hash_: str, expires_at: str) -> None:
        """Let this code, and no earlier one, set a new password."""
        self._connection.execute(delete(reset_codes).where(reset_codes.c.user_id == user_id))
        self._insert(reset_codes, hash=hash_, user_id=user_id, expires_at=expires_at)

    def reset_code_end(self, hash_: str) -> str | None:
        """When a reset code ends that nobody has used."""
        return self._value(select(reset_codes.c.expires_at).where(reset_codes.c.hash == hash_))

    def use_reset_code(self, user_id: str, hash_: str, now: str) -> bool:
        """Take the code away; whether it was this person's and not over."""
        used = self._connection.execute(
            delete(reset_codes).where(
                reset_codes.c.hash == hash_,
                reset_codes.c.user_id == user_id,
                reset_codes.c.expires_at > now,
            )
        )
        return used.rowcount == 1

    # The relay's own secrets

    def secret(self, name: str) -> str | None:
        return self._value(select(secrets.c.value).where(secrets.c.name == name))

    def set_secret(self, name: str, value: str) -> None:
        self._connection.execute(delete(secrets).where(secrets.c.name == name))
        self._insert(secrets, name=name, value=value)

    def _insert(self, table: Table, **values: Any) -> None:
        self._connection.execute(insert(table).values(**values))

    def _value(self, query: Any) -> str | None:
        value: str | None = self._connection.execute(query).scalar()
        return value
