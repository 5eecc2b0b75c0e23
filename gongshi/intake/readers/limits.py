"""How much of a file is read before it is refused: what keeps hostile input within time and memory."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds for one file. The defaults take 200,000 decisions at once, of CSV as many as a spreadsheet has
    rows, and refuse what is absurd.

    Sizes are in bytes, `cell_length` in characters, `cpu_seconds` in seconds of processor time of
    the process that reads a workbook. `memory_bytes` is that process's address space.
    """

    file_bytes: int = 100 * MEBIBYTE
    delimited_bytes: int = 2_048 * MEBIBYTE
    """CSV, which is read piece by piece."""
    tree_bytes: int = 32 * MEBIBYTE
    """JSON and YAML, which take more memory for each byte than a table does."""
    unpacked_bytes: int = 768 * MEBIBYTE
    ratio: int = 200
    """Unpacked to packed size of a workbook, looked at above 16 MB. Real sheets stay under 60."""
    members: int = 2_000
    """Parts of a workbook's zip archive."""
    rows: int = 200_000
    """Rows with content, all sheets together. CSV is bounded by `last_row` alone."""
    last_row: int = 1_048_576
    """The highest row number, empty rows counted: what a spreadsheet has."""
    columns: int = 500
    nodes: int = 4_000_000
    """Values of a JSON or YAML file, counted by its separators before anything is built."""
    cell_length: int = 32_767
    """What a cell of a spreadsheet can hold."""
    text_length: int = 200_000
    """What a text of a register may have in JSON and YAML: a whole scheme with its articles."""
    depth: int = 20
    """Nesting of JSON and YAML."""
    memory_bytes: int = 2_048 * MEBIBYTE
    """Also what a sheet whose last cell lies far out runs into: its rectangle is allocated as a whole."""
    cpu_seconds: int = 120
