"""Instants: any RFC 3339 offset in, one precision out."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid
from domain.instants import (
    checked_clock,
    checked_day,
    checked_instant,
    checked_second,
    checked_zone,
    instant,
    later,
    moment,
    second,
)

MOMENTS = st.datetimes(
    min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(9997, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))]),
)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("2025-12-01T09:00:00Z", "2025-12-01T09:00:00.000Z"),
        ("2025-12-01t09:00:00z", "2025-12-01T09:00:00.000Z"),
        ("2025-12-01 09:00:00Z", "2025-12-01T09:00:00.000Z"),
        ("2025-12-01T09:00:00+00:00", "2025-12-01T09:00:00.000Z"),
        ("2025-12-01T09:00:00-00:00", "2025-12-01T09:00:00.000Z"),
        ("2025-12-01T10:00:00+01:00", "2025-12-01T09:00:00.000Z"),
        ("2025-12-01T14:45:00+05:45", "2025-12-01T09:00:00.000Z"),
        ("2025-12-01T00:00:00-09:00", "2025-12-01T09:00:00.000Z"),
        ("2025-12-01T09:00:00.5Z", "2025-12-01T09:00:00.500Z"),
        ("2025-12-01T09:00:00.123456789Z", "2025-12-01T09:00:00.123Z"),
        ("2025-12-01T09:00:00.9999Z", "2025-12-01T09:00:00.999Z"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
        ("9998-12-31T23:59:59Z", "9998-12-31T23:59:59.000Z"),
    ],
)
def test_any_offset_and_precision_becomes_utc_with_three_decimals(text: str, normal: str) -> None:
    assert checked_instant("at", text) == normal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2025-12-01",
        "2025-12-01T09:00:00",
        "2025-12-01T09:00Z",
        "20251201T090000Z",
        "2025-W49-1T09:00:00Z",
        "2025-12-01T09:00:00+0100",
        "2025-12-01T09:00:00+01",
        "2025-12-01T09:00:00+01:00:30",
        "2025-12-01T09:00:00,5Z",
        "2025-12-01T24:00:00Z",
        "2025-02-29T09:00:00Z",
        "2025-13-01T09:00:00Z",
        "2025-12-01T09:60:00Z",
        "2025-12-01T09:00:00+24:00",
        "2025-12-01T09:00:00Z\n",
        "٢٠٢٥-12-01T09:00:00Z",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+01:00",
        "9998-12-31T23:59:59-01:00",
        "9999-01-01T00:00:00Z",
        "0001-01-01T00:00:00+10:00",
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_instant("at", text)

    assert (refused.value.field, refused.value.code) == ("at", "malformed")


@given(MOMENTS)
def test_a_normal_text_is_read_and_written_unchanged(when: datetime) -> None:
    assert instant(moment(instant(when))) == instant(when)
    assert second(moment(second(when))) == second(when)


@given(MOMENTS, MOMENTS)
def test_texts_sort_by_time(one: datetime, other: datetime) -> None:
    if instant(one) < instant(other):
        assert one < other


def test_seconds_are_cut_and_not_rounded() -> None:
    assert checked_second("startTime", "2025-12-01T10:00:00.999+01:00") == "2025-12-01T09:00:00Z"


def test_later_keeps_the_precision() -> None:
    assert later("2025-12-01T09:00:00Z", timedelta(hours=1)) == "2025-12-01T10:00:00Z"
    assert later("2025-12-01T09:00:00.250Z", -timedelta(hours=1)) == "2025-12-01T08:00:00.250Z"


def test_a_day_is_kept_as_it_is() -> None:
    assert checked_day("startsOn", "2025-12-01") == "2025-12-01"


@pytest.mark.parametrize("text", ["", "2025-02-30", "1.12.2025", "tomorrow"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        checked_day("startsOn", text)


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Ushuaia"])
def test_a_zone_of_the_iana_list_is_kept(name: str) -> None:
    assert checked_zone("timeZone", name) == name


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "/etc/passwd", "../UTC", "Europe", "a\x00b"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        checked_zone("timeZone", name)


@pytest.mark.parametrize("text", ["00:00", "09:30", "23:59", "24:00"])
def test_a_wall_clock_time_is_kept(text: str) -> None:
    assert checked_clock("quietHours", text) == text


@pytest.mark.parametrize("text", ["", "9:30", "09-30", "09:3", "ab:cd", "24:01", "09:60", "٠٩:٣٠"])
def test_what_is_no_wall_clock_time_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        checked_clock("quietHours", text)
