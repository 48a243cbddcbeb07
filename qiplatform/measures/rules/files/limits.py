"""How much is read of a file. Every limit is checked before the thing it limits is read."""

MOST_BYTES = 5_000_000
"""Of a file as it is sent."""
MOST_UNPACKED = 40_000_000
"""Of everything in a workbook, unpacked: a workbook is a ZIP archive and may hold far more than it weighs."""
MOST_PARTS = 2_000
"""Files inside a workbook."""
MOST_ROWS = 20_000
"""Rows of one sheet: fifty years of days."""
MOST_COLUMNS = 200
LAST_ROW_OF_EXCEL = 1_048_576
"""A sheet that is full to here may have been cut off when it was saved."""


def too_many_rows(rows: int) -> str:
    """Return the refusal of a table that is too long."""
    words = f"There are {rows:,} rows; at most {MOST_ROWS:,} are read at a time. Nothing was saved. Leave out the rows that do not belong to this measure, or add the numbers up by period first."
    if rows >= LAST_ROW_OF_EXCEL:
        words += f" The sheet is filled to Excel's last row ({LAST_ROW_OF_EXCEL:,}): rows may have been cut off when it was saved."
    return words


def too_many_columns(columns: int) -> str:
    """Return the refusal of a table that is too wide."""
    return f"There are {columns:,} columns; at most {MOST_COLUMNS} are read. Nothing was saved. Leave out the columns that are not needed."
