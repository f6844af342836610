"""What a two-line row of a list shows; the delegate draws it."""

from dataclasses import dataclass

from desktop.ui.widgets.chip import ChipLook


@dataclass(frozen=True, slots=True)
class RowAction:
    """Something to do with a row. Words are drawn when `in_words`, else the icon alone.

    An icon shows on the row under the pointer and on the current one, or with `is_steady` always,
    as words do. All actions stand in the row's menu; with `only_in_menu`, nowhere else.
    """

    key: str
    text: str
    icon: str
    in_words: bool = False
    only_in_menu: bool = False
    is_steady: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLook:
    """One row: at the left a time, a colour bar or an avatar, two lines, and what stands behind.

    `lead` may have two lines (start and end of a session). `bar` is a colour of the theme.
    `pending` is the words beside the clock for what waits to be sent, "" when nothing does.
    """

    title: str
    subtitle: str = ""
    lead: str = ""
    bar: str = ""
    avatar: str = ""
    trailing: str = ""
    chip: ChipLook | None = None
    pending: str = ""
    actions: tuple[RowAction, ...] = ()
    is_dimmed: bool = False
    is_struck: bool = False
    is_unread: bool = False
