"""The types of fields with their limits, and the check that every row and command goes through."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET, Meta

from domain.errors import Invalid
from domain.instants import (
    checked_clock,
    checked_day,
    checked_instant,
    checked_second,
    checked_zone,
)

DATE_TIME = {"format": "date-time"}

Instant = Annotated[str, Meta(extra={"text": "instant"}, extra_json_schema=DATE_TIME)]
Second = Annotated[str, Meta(extra={"text": "second"}, extra_json_schema=DATE_TIME)]
Day = Annotated[str, Meta(extra={"text": "day"}, extra_json_schema={"format": "date"})]
Clock = Annotated[str, Meta(extra={"text": "clock"}, pattern=r"^\d\d:\d\d$")]
Zone = Annotated[str, Meta(min_length=1, max_length=64, extra={"text": "zone"})]
Name = Annotated[str, Meta(min_length=1, max_length=80, extra={"text": "line"})]
Title = Annotated[str, Meta(min_length=1, max_length=120, extra={"text": "line"})]
EmailAddress = Annotated[str, Meta(min_length=3, max_length=254, extra={"text": "email"})]
Code = Annotated[str, Meta(min_length=1, max_length=64, extra={"text": "line"})]
Locale = Annotated[str, Meta(min_length=2, max_length=35, extra={"text": "locale"})]
Line120 = Annotated[str, Meta(max_length=120, extra={"text": "line"})]
Line200 = Annotated[str, Meta(max_length=200, extra={"text": "line"})]
Text500 = Annotated[str, Meta(max_length=500, extra={"text": "lines"})]
Text4000 = Annotated[str, Meta(max_length=4000, extra={"text": "lines"})]
CommentText = Annotated[str, Meta(min_length=1, max_length=8000, extra={"text": "lines"})]
EntryTitle = Annotated[str, Meta(min_length=1, max_length=160, extra={"text": "line"})]
EntryText = Annotated[str, Meta(min_length=1, max_length=20_000, extra={"text": "lines"})]
Tag = Annotated[str, Meta(min_length=1, max_length=30, extra={"text": "line"})]
HttpsUrl = Annotated[str, Meta(max_length=2048, extra={"text": "https"})]
FocusStack = Annotated[str, Meta(max_length=120, extra={"text": "tags"})]

FOCUS_TAGS, FOCUS_TAG_LENGTH = 5, 30
# All control characters but tab and newline, and halves of surrogate pairs.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# RFC 5646, section 2.1, without the tags of the past: language, script, region, variants, others.
LOCALE = re.compile(
    r"""
    (?: (?: [a-z]{2,3} (?: -[a-z]{3} ){0,3} | [a-z]{4,8} )
        (?: -[a-z]{4} )?
        (?: -(?: [a-z]{2} | [0-9]{3} ) )?
        (?: -(?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*
        (?: -[0-9a-wy-z] (?: -[a-z0-9]{2,8} )+ )*
        (?: -x (?: -[a-z0-9]{1,8} )+ )?
    | x (?: -[a-z0-9]{1,8} )+ )
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# Bidirectional controls can make a name read as another one.
BIDI_CONTROLS = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A value whose texts are normalised and whose limits hold, however it was made.

    msgspec checks `Meta` constraints only while decoding; this holds them always, and after
    normalising. The patterns of ids and rooms alone are left to decoding: programs make those.

    Raises:
        Invalid: on construction, with the field that is wrong.
    """

    def __post_init__(self) -> None:
        for name, wire_name, check in _checks(type(self)):
            value = getattr(self, name)
            if value is None or value is UNSET:
                continue
            if (checked := check(wire_name, value)) is not value:
                msgspec.structs.force_setattr(self, name, checked)


def normalised(field: str, text: str) -> str:
    """NFC, trimmed, without control characters other than newline and tab."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    if CONTROLS.search(text):
        raise Invalid(field, "malformed", "Remove the control characters.")
    return text


def one_line(field: str, text: str) -> str:
    plain = normalised(field, text.translate(BIDI_CONTROLS))
    return " ".join(plain.split())


def https_url(field: str, text: str) -> str:
    text = one_line(field, text)
    try:
        parts = urlsplit(text)
        fits = parts.scheme == "https" and bool(parts.hostname) and " " not in text
    except ValueError:
        fits = False
    if text and not fits:
        raise Invalid(field, "malformed", "Enter a link that begins with https://.")
    return text


def email_address(field: str, text: str) -> str:
    """Trimmed and in lower case: one address is one account."""
    text = one_line(field, text.lower())
    name, at, host = text.rpartition("@")
    if not (name and at and host) or " " in text:
        raise Invalid(field, "malformed", "Enter an e-mail address like name@example.org.")
    return text


def focus_tags(field: str, text: str) -> str:
    tags = [tag for part in one_line(field, text).split(",") if (tag := part.strip())]
    if len(tags) > FOCUS_TAGS or any(len(tag) > FOCUS_TAG_LENGTH for tag in tags):
        raise Invalid(
            field,
            "too_long",
            f"Name at most {FOCUS_TAGS} topics of at most {FOCUS_TAG_LENGTH} characters.",
        )
    return ", ".join(tags)


def locale_tag(field: str, text: str) -> str:
    """A well-formed language tag (BCP 47): `de`, `pt-BR`, `zh-Hant-TW`."""
    text = one_line(field, text)
    if not LOCALE.fullmatch(text):
        raise Invalid(field, "malformed", "Enter a language tag like en or pt-BR.")
    return text


Check = Callable[[str, Any], Any]

TEXTS: dict[str, Check] = {
    "line": one_line,
    "lines": normalised,
    "https": https_url,
    "email": email_address,
    "tags": focus_tags,
    "locale": locale_tag,
    "instant": checked_instant,
    "second": checked_second,
    "day": checked_day,
    "clock": checked_clock,
    "zone": checked_zone,
}


@cache
def _checks(kind: type[msgspec.Struct]) -> tuple[tuple[str, str, Check], ...]:
    hints = get_type_hints(kind, include_extras=True)
    wire_names = dict(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))
    return tuple(
        (name, wire_names[name], check)
        for name in kind.__struct_fields__
        if (check := _check(hints[name])) is not None
    )


def _check(hint: Any) -> Check | None:
    """The check that a type's `Meta` asks for, looking through `X | None`, lists and tuples."""
    if get_origin(hint) is Annotated:
        metas = [meta for meta in hint.__metadata__ if isinstance(meta, Meta)]
        return _meta_check(metas) if metas else None
    if get_origin(hint) in {list, tuple}:  # a tuple's items are all of one type here
        item = _check(get_args(hint)[0])
        return _items_check(item) if item else None
    if get_origin(hint) is dict:
        return None
    return next((check for part in get_args(hint) if (check := _check(part))), None)


def _items_check(item: Check) -> Check:
    def check(field: str, values: Any) -> Any:
        if not isinstance(values, list | tuple):  # the other side of a union
            return values
        return type(values)(item(field, value) for value in values)

    return check


def _meta_check(metas: list[Meta]) -> Check:
    steps = [TEXTS[meta.extra["text"]] for meta in metas if meta.extra]

    def check(field: str, value: Any) -> Any:
        for step in steps:
            value = step(field, value)
        for meta in metas:
            _hold(field, value, meta)
        return value

    return check


def _hold(field: str, value: Any, meta: Meta) -> None:
    if meta.min_length is not None and len(value) < meta.min_length:
        if meta.min_length == 1:
            raise Invalid(field, "required", "This cannot be empty.")
        raise Invalid(field, "too_short", f"Use at least {meta.min_length} characters.")
    if meta.max_length is not None and len(value) > meta.max_length:
        raise Invalid(field, "too_long", f"Use at most {meta.max_length} characters.")
    if (meta.ge is not None and value < meta.ge) or (meta.le is not None and value > meta.le):
        raise Invalid(field, "out_of_range", f"Enter a number from {meta.ge} to {meta.le}.")
