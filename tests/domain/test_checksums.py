"""Checksums: held against values computed with sha256sum from the contract's words."""

from domain.checksums import as_hex, combined, digest_of, row_hash

ONE = ("member", "00000000-0000-7000-8000-000000000001", 1)
TWO = ("schedule", "00000000-0000-7000-8000-000000000002", 7)

ONE_HASH = 0xAF104C02E4B94D18
TWO_HASH = 0xAEBEB4AFEE14AC88
SUM = "5dcf00b2d2cdf9a0"
DIGEST = "64c1e8f96255f28770b24276a0eae54b0c6d7c3c2ba7dab824d56d91c0e9af3f"


def test_a_row_s_hash_is_the_head_of_sha_256_over_kind_id_and_version() -> None:
    assert row_hash(*ONE) == ONE_HASH
    assert row_hash(*TWO) == TWO_HASH


def test_a_room_s_checksum_is_the_sum_in_sixteen_hex_digits() -> None:
    assert as_hex(combined(0, added=[ONE_HASH, TWO_HASH])) == SUM


def test_a_row_that_goes_takes_its_hash_along() -> None:
    both = combined(0, added=[ONE_HASH, TWO_HASH])

    assert combined(both, removed=[TWO_HASH]) == ONE_HASH
    assert combined(ONE_HASH, added=[TWO_HASH], removed=[ONE_HASH, TWO_HASH]) == 0


def test_an_empty_room_has_a_checksum_of_zeros() -> None:
    assert as_hex(0) == "0" * 16


def test_the_digest_does_not_depend_on_the_order_of_rooms() -> None:
    heads = [("user:a", 2, "0000000000000001"), ("mentors", 3, "00000000000000ff")]

    assert digest_of(heads) == DIGEST == digest_of(reversed(heads))
