"""Fields: normalised texts, and every limit at, below and above."""

from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from domain.accounts import Account
from domain.errors import Invalid
from domain.fields import (
    Checked,
    email_address,
    focus_tags,
    https_url,
    locale_tag,
    normalised,
    one_line,
)
from domain.planning import CreateSchedule
from domain.records import Record
from domain.schedules import Schedule
from tests.builders import (
    NOW,
    ROWS,
    a_cohort,
    a_plan,
    a_schedule,
    an_account,
    id_of,
    second_ahead,
)

LINE = st.text(max_size=30)
URL = "https://example.org/"
# (kind, field, fewest, most characters, what stands before the filling)
TEXT_LIMITS = [
    ("account", "name", 1, 80, ""),
    ("account", "email", 3, 254, "a@"),
    ("account", "locale", 2, 35, "en-x-aaaaaaaa-bbbbbbbb-cccc-"),
    ("activity", "kind_", 0, 60, ""),
    ("activity", "subject_type", 0, 20, ""),
    ("attendance", "title", 1, 120, ""),
    ("cohort", "name", 1, 80, ""),
    ("cohort", "description", 0, 500, ""),
    ("cohort_card", "name", 1, 80, ""),
    ("member", "name", 1, 80, ""),
    ("mentor_card", "name", 1, 80, ""),
    ("schedule", "title", 1, 120, ""),
    ("schedule", "description", 0, 4000, ""),
    ("schedule", "place", 0, 200, ""),
    ("schedule", "meeting_url", 0, 2048, URL),
    ("schedule", "agenda", 0, 4000, ""),
    ("schedule", "status_reason", 0, 500, ""),
    ("schedule", "ical_uid", 0, 120, ""),
    ("schedule", "focus_stack", 0, 120, "a, b, "),
    ("student_card", "name", 1, 80, ""),
]


def _filled(before: str, length: int) -> str:
    if before == "a, b, ":  # at most five topics of at most 30 characters
        return ", ".join(["x" * 22] * 5)[: length - 1].ljust(length, "y") if length else ""
    return before + "x" * (length - len(before)) if length else ""


@pytest.mark.parametrize(("kind", "field", "fewest", "most", "before"), TEXT_LIMITS)
def test_a_text_of_the_most_characters_fits_and_one_more_does_not(
    kind: str, field: str, fewest: int, most: int, before: str
) -> None:
    below, at, above = (_filled(before, most + by) for by in (-1, 0, 1))

    assert getattr(ROWS[kind](**{field: below}), field) == below
    assert getattr(ROWS[kind](**{field: at}), field) == at
    with pytest.raises(Invalid) as refused:
        ROWS[kind](**{field: above})
    assert refused.value.code == "too_long"


@pytest.mark.parametrize(("kind", "field", "fewest"), [limit[:3] for limit in TEXT_LIMITS])
def test_an_empty_text_fits_only_where_none_is_needed(kind: str, field: str, fewest: int) -> None:
    if fewest == 0:
        assert getattr(ROWS[kind](**{field: ""}), field) == ""
        return
    for text in ("", " \t\n "):
        with pytest.raises(Invalid) as refused:
            ROWS[kind](**{field: text})
        assert refused.value.code in {"required", "too_short", "malformed"}


class Pair(Checked, frozen=True, kw_only=True):
    letters: Annotated[str, Meta(min_length=2, extra={"text": "line"})]


def test_a_text_of_fewer_characters_than_its_limit_is_too_short() -> None:
    with pytest.raises(Invalid) as refused:
        Pair(letters=" e ")

    assert (refused.value.field, refused.value.code) == ("letters", "too_short")


def test_limits_count_after_normalising() -> None:
    title = "e\u0301" * 120

    assert a_schedule(title=f"  {title}  ").title == "é" * 120


@pytest.mark.parametrize("code", [0x00, 0x01, 0x08, 0x0B, 0x0C, 0x0D, 0x1B, 0x1F, 0x7F, 0x85, 0x9F])
@pytest.mark.parametrize("field", ["title", "description", "focus_stack", "place", "meeting_url"])
def test_control_characters_are_refused(code: int, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_schedule(**{field: f"https://a.example/b{chr(code)}c"})

    assert refused.value.code == "malformed"


def test_half_of_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(Invalid):
        normalised("description", "a\ud800b")


def test_newlines_and_tabs_stay_in_long_texts() -> None:
    assert a_schedule(agenda="\n1.\tHello\r\n2.\tBye\n").agenda == "1.\tHello\n2.\tBye"


def test_a_line_has_single_spaces_only() -> None:
    assert a_schedule(title=" Weekly\n talk \t 1 ").title == "Weekly talk 1"


def test_what_turns_the_reading_direction_goes_from_a_line() -> None:
    turning = "".join(map(chr, [0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2066, 0x2069]))

    assert an_account(name=f"Ana {turning} Ruiz").name == "Ana Ruiz"


@given(LINE)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    for normalise in (normalised, one_line, https_url, email_address, focus_tags):
        try:
            once = normalise("field", text)
        except Invalid:
            continue
        assert normalise("field", once) == once


@pytest.mark.parametrize(
    "url", ["", "https://example.org", "HTTPS://example.org/a?b=c#d", " https://münchen.example/ "]
)
def test_https_links_fit(url: str) -> None:
    assert https_url("meetingUrl", url) == url.strip()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "javascript:alert(1)",
        "example.org",
        "https://",
        "https://a b",
        "https://[",
        "file:///x",
    ],
)
def test_other_links_are_refused(url: str) -> None:
    with pytest.raises(Invalid):
        https_url("meetingUrl", url)


def test_one_address_is_one_account_however_it_is_written() -> None:
    assert email_address("email", " Ana@Example.ORG ") == "ana@example.org"


@pytest.mark.parametrize("address", ["ana", "@example.org", "ana@", "ana ruiz@example.org"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Invalid):
        email_address("email", address)


@pytest.mark.parametrize(
    "tag",
    [
        *("de", "pt-BR", "zh-Hant-TW", "es-419", "sl-rozaj-biske", "de-CH-1901", "zh-cmn-Hans-CN"),
        *("de-DE-u-co-phonebk", "en-US-x-twain", "x-whatever", "EN-us"),
    ],
)
def test_a_language_tag_stays_as_it_is(tag: str) -> None:
    assert locale_tag("locale", f" {tag} ") == tag


@pytest.mark.parametrize(
    "tag", ["e", "de_DE", "en-", "en US", "de-DEUTSCHLAND", "12", "en-x", "é1"]
)
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    with pytest.raises(Invalid) as refused:
        locale_tag("locale", tag)
    assert (refused.value.field, refused.value.code) == ("locale", "malformed")


def test_topics_are_joined_evenly() -> None:
    assert focus_tags("focusStack", " a,,b ,  c,") == "a, b, c"


@pytest.mark.parametrize("tags", [",".join("abcdef"), "x" * 31])
def test_too_many_or_too_long_topics_are_refused(tags: str) -> None:
    with pytest.raises(Invalid) as refused:
        focus_tags("focusStack", tags)

    assert refused.value.code == "too_long"


def test_five_topics_of_which_one_has_thirty_characters_fit() -> None:
    tags = f"{'x' * 30}, b, c, d, e"

    assert focus_tags("focusStack", tags) == tags


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("schedule", "capacity", 1),
        ("schedule", "capacity", 1000),
        ("schedule", "capacity", None),
        ("schedule", "reminder_minutes", []),
        ("schedule", "reminder_minutes", [0, 5, 10, 60, 20_160]),
        ("schedule", "reminder_minutes", None),
        ("account", "reminder_minutes", [0, 1, 2, 3, 20_160]),
        ("account", "rest_days", [0, 6]),
        ("account", "working_hours", [[("09:00", "12:00")] * 3] * 7),
        ("account", "quiet_hours", ("22:00", "07:00")),
        ("account", "dnd_until", NOW),
    ],
)
def test_values_within_their_limits_fit(kind: str, field: str, value: Any) -> None:
    assert getattr(ROWS[kind](**{field: value}), field) == value


@pytest.mark.parametrize(
    ("kind", "field", "value", "code"),
    [
        ("schedule", "capacity", 0, "out_of_range"),
        ("schedule", "capacity", 1001, "out_of_range"),
        ("schedule", "reminder_minutes", [-1], "out_of_range"),
        ("schedule", "reminder_minutes", [20_161], "out_of_range"),
        ("schedule", "reminder_minutes", [1, 2, 3, 4, 5, 6], "too_long"),
        ("account", "reminder_minutes", [20_161], "out_of_range"),
        ("account", "reminder_minutes", [1, 2, 3, 4, 5, 6], "too_long"),
        ("account", "rest_days", [7], "out_of_range"),
        ("account", "rest_days", [0] * 8, "too_long"),
        ("account", "working_hours", [[]] * 6, "malformed"),
        ("account", "working_hours", [[("09:00", "12:00")] * 4] + [[]] * 6, "malformed"),
        ("account", "working_hours", [[("12:00", "12:00")]] + [[]] * 6, "malformed"),
        ("account", "working_hours", [[("09:00", "99:99")]] + [[]] * 6, "malformed"),
        ("account", "quiet_hours", ("22:00", "25:00"), "malformed"),
        ("account", "switches", {str(number): {} for number in range(61)}, "too_long"),
        ("account", "time_zone", "Mars/Olympus", "malformed"),
        ("cohort", "starts_on", "soon", "malformed"),
    ],
)
def test_values_beyond_their_limits_are_refused(
    kind: str, field: str, value: Any, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ROWS[kind](**{field: value})

    assert refused.value.code == code


@pytest.mark.parametrize("row", [a_schedule(), an_account(), a_cohort()])
def test_a_refusal_names_the_field_as_on_the_wire(row: Record) -> None:
    with pytest.raises(Invalid) as refused:
        msgspec.structs.replace(row, updated_at="yesterday")

    assert refused.value.field == "updatedAt"


def test_a_wrong_value_on_the_wire_is_a_validation_error_with_the_rule_as_its_cause() -> None:
    wire = msgspec.to_builtins(a_plan(id_of("x"), id_of("y"), start=second_ahead(days=1)))

    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.convert(wire | {"meetingUrl": "http://example.org"}, CreateSchedule)

    cause = refused.value.__cause__
    assert isinstance(cause, Invalid)
    assert (cause.field, cause.code) == ("meetingUrl", "malformed")


def test_a_changed_row_is_checked_too() -> None:
    with pytest.raises(Invalid):
        msgspec.structs.replace(a_schedule(), title="x" * 121)


def test_a_value_that_is_not_there_is_not_checked() -> None:
    class Sparse(Checked, frozen=True):
        length: Account | Schedule | None = None

    assert Sparse().length is None
