"""A sheet as a table whose periods run down, whichever way they ran in the file; places are said as in the file."""

from dataclasses import dataclass

from qiplatform.measures.rules.files import Book, Cell


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of stripped cells, all of one length."""

    rows: tuple[tuple[str, ...], ...]
    faults: dict[Cell, str]
    covered: frozenset[Cell]
    """Cells without a value of their own, because they are merged with an earlier one."""
    sheet: str = ""
    """Its name, for workbooks."""
    turned: bool = False

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> str:
        """Return a cell's text."""
        return self.rows[row][column]

    def where(self, row: int, column: int) -> str:
        """Return the place of a cell in words, as the file shows it."""
        down, across = (column, row) if self.turned else (row, column)
        sheet = f"sheet “{self.sheet}”, " if self.sheet else ""
        return f"{sheet}row {down + 1}, column {letters(across)}"

    def line(self, row: int) -> str:
        """Return the name of a row; "column C" where periods run across."""
        return f"column {letters(row)}" if self.turned else f"row {row + 1}"

    def side(self, column: int) -> str:
        """Return the name of a column; "row 3" where periods run across."""
        return f"row {column + 1}" if self.turned else f"column {letters(column)}"

    def turn(self) -> "Table":
        """Return the table with rows and columns changed round."""
        return Table(
            tuple(zip(*self.rows, strict=True)),
            {(column, row): words for (row, column), words in self.faults.items()},
            frozenset((column, row) for row, column in self.covered),
            self.sheet,
            not self.turned,
        )


def table_of(book: Book) -> Table:
    """Return a book's sheet as a table."""
    width = max((len(cells) for cells in book.rows), default=0)
    rows = tuple(tuple(cell.strip() for cell in cells) + ("",) * (width - len(cells)) for cells in book.rows)
    covered = {
        (row, column)
        for (top, left), (bottom, right) in book.merged
        for row in range(top, min(bottom, len(rows) - 1) + 1)
        for column in range(left, min(right, width - 1) + 1)
        if (row, column) != (top, left)
    }
    return Table(rows, book.faults, frozenset(covered), book.sheet)


def capital(words: str) -> str:
    """Return words with a capital at their beginning and their other letters as they are."""
    return words[:1].upper() + words[1:]


def letters(column: int) -> str:
    """Return a column's letters.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def column_of(text: str) -> int | None:
    """Return the column that letters name, or None.

    >>> column_of("AB"), column_of("1")
    (27, None)
    """
    if not (text.isascii() and text.isalpha() and len(text) <= 3):  # noqa: PLR2004 - XFD is Excel's last
        return None
    place = 0
    for sign in text.upper():
        place = place * 26 + ord(sign) - ord("A") + 1
    return place - 1
