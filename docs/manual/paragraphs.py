"""Reading what a module says of its chart or rule: paragraphs that begin with a label, and blocks set in below one."""

import re
from types import ModuleType

CHART_LABELS = (
    "Shows",
    "When to use",
    "When another is better",
    "Data",
    "Formula",
    "Settings",
    "Missing values",
    "Source",
)
RULE_LABELS = ("Pattern", "Why it matters", "Marked", "Ties and gaps", "Do not conclude", "Source")
# A formula is typed with the keys there are and printed with the signs people know.
_SIGNS = (
    ("+/-", "±"),
    (">=", "≥"),
    (" * ", " \N{MULTIPLICATION SIGN} "),
    (" - ", " \N{MINUS SIGN} "),
    ("= -", "= \N{MINUS SIGN}"),
    ("< -", "< \N{MINUS SIGN}"),
    ("sqrt(", "√("),
    ("sigma", "\N{GREEK SMALL LETTER SIGMA}"),
    (" pi ", " π "),
    ("^2", "²"),
)


def labelled(module: ModuleType, labels: tuple[str, ...]) -> dict[str, str]:
    r"""Return label -> text, running lines joined, and lines that are set in kept as they stand.

    >>> import types
    >>> module = types.ModuleType("shift", "A rule.\n\nPattern: Some\npoints.\nSource:\n    A book.\n")
    >>> labelled(module, ("Pattern", "Source"))
    {'Pattern': 'Some points.', 'Source': 'A book.'}
    """
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (module.__doc__ or "").splitlines():
        label, colon, after = line.partition(":")
        if colon and label in labels:
            current = found.setdefault(label, [])
            current += [after.strip()] if after.strip() else []
        elif not line.strip():
            current = []
        elif line.startswith("    ") or not current or current[-1].startswith("    "):
            current.append(line)
        else:
            current[-1] += f" {line}"
    return {label: "\n".join(line.removeprefix("    ") for line in lines) for label, lines in found.items()}


def printed(formula: str) -> str:
    r"""Print a formula with mathematical signs.

    >>> ascii(printed("n +/- 3 * x"))
    "'n \\xb1 3 \\xd7 x'"
    """
    for typed, sign in _SIGNS:
        formula = formula.replace(typed, sign)
    return re.sub(r"[ ]+$", "", formula, flags=re.MULTILINE)
