"""What this computer is called among a person's devices."""

import pytest

from desktop.account.device_name import device_name


@pytest.mark.parametrize(
    ("node", "system", "words"),
    [
        ("library-pc", "Linux", "library-pc (Linux)"),
        ("mias-laptop.local", "Darwin", "mias-laptop.local (macOS)"),
        ("Büro\r\nX: 1", "Windows", "BroX: 1 (Windows)"),  # a header is ASCII, and one line
        ("", "Linux", "This computer (Linux)"),
        ("机器", "Linux", "This computer (Linux)"),
    ],
)
def test_a_name_fits_into_a_header(node: str, system: str, words: str) -> None:
    assert device_name(node, system) == words


def test_this_computer_has_a_name() -> None:
    assert device_name().isascii()
    assert device_name()
