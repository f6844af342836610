"""The demo's keyring: it keeps what it is given, in its file and nowhere else."""

from pathlib import Path

from demo.keyring_file import FileKeyring


def test_a_password_is_found_by_the_next_program(tmp_path: Path) -> None:
    FileKeyring(tmp_path / "keys").set_password("Tandem", "mira", "secret")

    assert FileKeyring(tmp_path / "keys").get_password("Tandem", "mira") == "secret"


def test_a_deleted_password_is_gone_and_the_others_stay(tmp_path: Path) -> None:
    keyring = FileKeyring(tmp_path / "keys")
    keyring.set_password("Tandem", "mira", "secret")
    keyring.set_password("Tandem", "oskar", "other")

    keyring.delete_password("Tandem", "mira")

    assert keyring.get_password("Tandem", "mira") is None
    assert keyring.get_password("Tandem", "oskar") == "other"


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    FileKeyring(tmp_path / "keys").set_password("Tandem", "mira", "secret")

    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0
