"""What a certificate says of itself."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from syncserver.certificates import Unfit, certificate

TLS = Path(__file__).parents[1] / "contract" / "tls"
EXPIRED = Path(__file__).with_name("expired")


def test_it_names_whom_it_is_for_and_until_when() -> None:
    found = certificate(TLS / "cert.pem", TLS / "key.pem")

    assert found.names == ["localhost", "127.0.0.1"]
    assert found.ends == datetime(2126, 10, 29, 17, 17, 37, tzinfo=UTC)


def test_one_that_has_expired_is_unfit() -> None:
    with pytest.raises(Unfit, match="has expired"):
        certificate(EXPIRED / "cert.pem", EXPIRED / "key.pem")


def test_the_key_of_another_one_is_unfit() -> None:
    with pytest.raises(Unfit, match="no certificate with its key"):
        certificate(TLS / "cert.pem", EXPIRED / "key.pem")


def test_a_file_that_is_missing_is_unfit(tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="cannot be read"):
        certificate(tmp_path / "none.pem", TLS / "key.pem")
