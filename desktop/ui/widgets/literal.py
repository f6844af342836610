"""Words of others as they are: no tags, no shortcut letters, nothing that hides among them."""

import re
from html import escape

from PySide6.QtGui import Qt

# What turns the direction of letters around, or has no letter at all; newline and tab are welcome.
UNSEEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]")


def tip(text: str) -> str:
    """A tooltip that shows `text` letter by letter and line by line, whatever tags stand in it.

    What Qt would not take for HTML stays as it is: a screen reader reads tooltips out.
    """
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'


def revealed(text: str) -> str:
    """The text with a sign for each character that nobody sees and that changes what one reads."""
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def caption(text: str) -> str:
    """The words of a button or of an entry in a menu, whose "&" would underline the next letter."""
    return text.replace("&", "&&")
