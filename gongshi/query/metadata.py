"""What Datasette is told: settings, titles, labels, orders; derived from the declarations.

`gongshi serve` hands these over itself. The plain `datasette` command reads them from files:
`python -m gongshi.query.metadata build/datasette.json` writes the metadata, and `arguments()` is
the command's settings (plugins/query/gongshi_query.py shows the whole command line).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from gongshi.query.database import NAME
from gongshi.query.tables import TABLES, Table

BASE_URL = "/data/"

SETTINGS: dict[str, Any] = {
    "base_url": BASE_URL,
    "default_allow_sql": False,
    "default_page_size": 20,
    "max_returned_rows": 100,
    "sql_time_limit_ms": 1000,
    "num_sql_threads": 4,
    "allow_facet": False,
    "suggest_facets": False,
    "allow_download": False,
    "allow_csv_stream": False,
    "default_cache_ttl": 0,
    "truncate_cells_html": 200,
}
"""Each is checked at start (gongshi.query.app.check): a forgotten one must not open a door."""


def metadata() -> dict[str, Any]:
    """Datasette's metadata: Chinese titles and labels, newest first, no SQL, nothing but the listed tables."""
    return {
        "title": "行政执法公示数据",
        "description": "已公示的行政执法决定的数据表。检索请用本站的查询页。",
        "allow_sql": False,
        "databases": {NAME: {"title": "公示数据", "tables": {name: _table(table) for name, table in TABLES.items()}}},
    }


def _table(table: Table) -> dict[str, Any]:
    told = {
        "title": table.title,
        "description": table.summary,
        "columns": table.columns,
        "label_column": table.label_column,
        "sortable_columns": list(table.sortable),
    }
    return told | ({"sort_desc": table.sort_desc} if table.sort_desc else {})


def arguments() -> list[str]:
    """The settings as arguments of the `datasette` command."""
    return [
        word
        for name, value in SETTINGS.items()
        for word in ("--setting", name, str(int(value) if isinstance(value, bool) else value))
    ]


def write(path: Path) -> None:
    """The metadata as a file for `datasette --metadata`."""
    path.write_bytes(orjson.dumps(metadata(), option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
