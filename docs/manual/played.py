"""Python as it stands on a page: lines typed at a prompt, with what they print found by running them."""

import contextlib
import io
import math
import textwrap
from code import InteractiveInterpreter
from collections.abc import Iterable, Mapping
from dataclasses import fields

import spc

_WIDTH = 96


class _Interpreter(InteractiveInterpreter):
    """Runs lines in a namespace of its own; an example that fails must not be printed."""

    def showtraceback(self) -> None:
        """Let the failure through."""
        raise RuntimeError("an example of the manual fails")

    def showsyntaxerror(self, filename: str | None = None, **_: object) -> None:
        """Let the failure through."""
        message = f"an example of the manual cannot be read: {filename}"
        raise RuntimeError(message)


def run(statements: Iterable[str]) -> list[tuple[str, str]]:
    r"""Return each statement with what it prints, run one after the other in a namespace of their own.

    >>> run(["n = 2", "n + 1"])
    [('n = 2', ''), ('n + 1', '3\n')]
    """
    interpreter = _Interpreter()
    found = []
    for statement in statements:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            interpreter.runsource(f"{statement}\n", symbol="single")
        found.append((statement, out.getvalue()))
    return found


def played(statements: Iterable[str]) -> str:
    """Return a fenced block of statements with what each prints.

    >>> played(["n = 2", "n + 1"]).splitlines()[-2:]
    ['3', '```']
    """
    lines = []
    for statement, out in run(statements):
        first, *others = statement.splitlines()
        lines += [f">>> {first}", *(f"... {line}" for line in others), *out.splitlines()]
    return "\n".join(["```python", *lines, "```"])


def number(entry: float) -> str:
    """Write a number as one would type it, None for a missing one.

    >>> number(12.0), number(0.1 + 0.2), number(float("nan"))
    ('12', '0.3', 'None')
    """
    return "None" if math.isnan(entry) else f"{entry:.10g}"


def listed(column: Iterable[float]) -> str:
    """Write a column as a list; many equal numbers as one times their count."""
    entries = [number(entry) for entry in column]
    alike = len(set(entries)) == 1 and len(entries) > 3  # noqa: PLR2004 - three are quickly typed
    return f"[{entries[0]}] * {len(entries)}" if alike else f"[{', '.join(entries)}]"


def called(name: str, arguments: Mapping[str, str]) -> str:
    """Write a call, on one line if it fits, else an argument a line; an empty name stands before a positional one."""
    given = [f"{key}={text}" if key and key != "series" else text for key, text in arguments.items()]
    line = f"{name}({', '.join(given)})"
    if len(line) <= _WIDTH:
        return line
    inside = [
        textwrap.fill(f"{text},", _WIDTH, initial_indent="    ", subsequent_indent="           ")
        for text in given
    ]
    return "\n".join([f"{name}(", *inside, ")"])


def series_call(series: spc.Series, columns: Iterable[str]) -> str:
    """Write how a series is made, with the columns that its chart needs."""
    given = {}
    if series.x != tuple(range(1, len(series) + 1)):
        given["x"] = f"[{', '.join(repr(str(period)) for period in series.x)}]".replace("'", '"')
    plain = ["value"] if series.numerator is None else ["numerator"]
    for name in (*plain, "denominator", *columns):
        column = getattr(series, name)
        if column is not None:
            given[name] = listed(column.tolist())
    if not series.ordered:
        given["ordered"] = "False"
    return f"series = {called('spc.Series', given)}"


def profile_call(profile: spc.Profile) -> str:
    """Write how a profile of one's own is made from the default one, by the fields in which they differ."""
    base = spc.PROFILES["mdc"]
    changed = {
        one.name: repr(getattr(profile, one.name)).replace("'", '"')
        for one in fields(profile)
        if getattr(profile, one.name) != getattr(base, one.name)
    }
    inside = ", ".join(f"{name}={text}" for name, text in changed.items())
    return f'replace(spc.PROFILES["mdc"], {inside})'


def analyse_call(chart: str, options: Mapping[str, object]) -> str:
    """Write the call that charts the series."""
    given = {"series": "series", "chart": f'"{chart}"'}
    for name, option in options.items():
        given[name] = (
            profile_call(option) if isinstance(option, spc.Profile) else repr(option).replace("'", '"')
        )
    return f"result = {called('spc.analyse', given)}"
