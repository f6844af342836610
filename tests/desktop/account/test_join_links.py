"""What is typed or pasted before one is in."""

import pytest

from desktop.account.join_links import JoinLink, Malformed, join_link, link_to_join, server_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("tandem.example.org", "https://tandem.example.org"),
        (" https://tandem.example.org/ ", "https://tandem.example.org"),
        ("tandem.example.org:8470/join", "https://tandem.example.org:8470"),
        ("http://tandem.example.org", "http://tandem.example.org"),
        ("localhost:8470", "http://localhost:8470"),
        ("127.0.0.1:8470", "http://127.0.0.1:8470"),
        ("[::1]:8470", "http://[::1]:8470"),
        ("192.168.0.7", "https://192.168.0.7"),
    ],
)
def test_an_address_is_understood_as_it_is_typed(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize(
    "typed", ["", "   ", "ftp://example.org", "https://", "a b.org", "host:port", "http://[::1"]
)
def test_what_is_no_address_is_said_in_a_sentence(typed: str) -> None:
    with pytest.raises(Malformed, match="Enter the address"):
        server_address(typed)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (
            "tandem://join?server=https%3A%2F%2Ftandem.example.org&code=ABCD-EFGH",
            JoinLink("https://tandem.example.org", join_code="ABCD-EFGH"),
        ),
        (
            "tandem://join?server=tandem.example.org&invitation=XY",
            JoinLink("https://tandem.example.org", invitation="XY"),
        ),
        (
            "tandem://join?server=tandem.example.org&code=DAPD-HSPB-HN5P",
            JoinLink("https://tandem.example.org", invitation="DAPD-HSPB-HN5P"),
        ),
        (
            " https://tandem.example.org/join?code=ABCD ",
            JoinLink("https://tandem.example.org", join_code="ABCD"),
        ),
        (
            "https://tandem.example.org:8470/join#ABCD",
            JoinLink("https://tandem.example.org:8470", join_code="ABCD"),
        ),
        (
            "http://localhost:8470/join/#invitation=XY",
            JoinLink("http://localhost:8470", invitation="XY"),
        ),
    ],
)
def test_a_join_link_fills_in_server_and_code(text: str, link: JoinLink) -> None:
    assert join_link(text) == link


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ABCD-EFGH", "not a join link"),
        ("https://tandem.example.org/about", "not a join link"),
        ("tandem://schedules/1", "not a join link"),
        ("http://[::1/join", "not a join link"),
        ("https://tandem.example.org/join", "no code"),
        ("tandem://join?code=ABCD", "Enter the address"),
    ],
)
def test_what_is_no_join_link_is_said_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Malformed, match=sentence):
        join_link(text)


def test_a_link_that_is_made_is_one_that_is_read() -> None:
    invited = join_link(link_to_join("https://tandem.example.org:8470", invitation="ABCD-EFGH"))
    joined = join_link(link_to_join("http://127.0.0.1:8470", code="ABCD-EFGH"))

    assert invited == JoinLink("https://tandem.example.org:8470", invitation="ABCD-EFGH")
    assert joined == JoinLink("http://127.0.0.1:8470", join_code="ABCD-EFGH")
