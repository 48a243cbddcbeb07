"""Text that a spreadsheet would run as a formula, written so that it does not, and read back as it was."""

import re

_RISKY = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def defused(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    >>> defused("=HYPERLINK(1)"), defused("'=1"), defused("fine")
    ("'=HYPERLINK(1)", "''=1", 'fine')
    """
    return f"'{text}" if _RISKY.match(text) else text


def plain_again(text: str) -> str:
    """Return what was defused as it was.

    >>> plain_again("'=HYPERLINK(1)"), plain_again("''=1"), plain_again("'quoted'")
    ('=HYPERLINK(1)', "'=1", "'quoted'")
    """
    return text[1:] if _DEFUSED.match(text) else text
