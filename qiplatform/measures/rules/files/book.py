"""What a file holds, whatever its kind: sheets of text cells, one of them read."""

from dataclasses import dataclass, field

Cell = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet that could be read."""

    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A file that could be opened, with one of its sheets as text."""

    kind: str
    """In words: "an Excel workbook"."""
    rows: tuple[tuple[str, ...], ...]
    """Every row of the sheet, from its first; a cell that is not there is empty."""
    sheet: str = ""
    sheets: tuple[SheetName, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    faults: dict[Cell, str] = field(default_factory=dict)
    """Cells whose value the file does not hold, with the reason, in words that follow on the cell's place."""
    merged: tuple[tuple[Cell, Cell], ...] = ()
    """First and last cell of each merged range; only its first cell has a value."""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sheet's XML says of its cells beyond their values."""

    rows: int
    """How many rows hold anything, counted from the first."""
    columns: int
    faults: dict[Cell, str]
    errors: dict[Cell, str]
    """Cells that show an error of the spreadsheet, such as #DIV/0!."""
    percent: frozenset[Cell]
    """Cells that show their number as a percentage."""
    merged: tuple[tuple[Cell, Cell], ...] = ()
