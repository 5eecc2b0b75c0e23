"""How much of a file is read before it is refused: what keeps hostile input within time and memory."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds for one file. The defaults take 200,000 decisions at once and refuse what is absurd.

    Sizes are in bytes, `cell_length` in characters, `cpu_seconds` in seconds of processor time of
    the process that reads a workbook. `memory_bytes` is that process's address space.
    """

    file_bytes: int = 100 * MEBIBYTE
    tree_bytes: int = 32 * MEBIBYTE
    """JSON and YAML, which take more memory for each byte than a table does."""
    unpacked_bytes: int = 768 * MEBIBYTE
    ratio: int = 200
    """Unpacked to packed size of a workbook, looked at above 16 MB. Real sheets stay under 60."""
    members: int = 2_000
    """Parts of a workbook's zip archive."""
    rows: int = 200_000
    """Rows with content, all sheets together."""
    columns: int = 500
    cells: int = 12_000_000
    """Of the rectangle that holds a sheet's content: it is allocated as a whole."""
    cell_length: int = 32_767
    """What a cell of a spreadsheet can hold."""
    depth: int = 20
    """Nesting of JSON and YAML."""
    memory_bytes: int = 2_048 * MEBIBYTE
    cpu_seconds: int = 120
