"""Which addresses below /data/ reach Datasette at all, and with which parameters.

An allow-list against the path as it came over the wire (raw_path): every other spelling of an
address (%2D, ~5F, //, /./, upper case, /data/data/…) is simply not in it. What a list of forbidden
addresses misses is shown in MEASURED.md, "Traps". The parameters are read, checked and written
anew, so Datasette never sees a character that was not understood here.

Not let through, on purpose: SQL in any form (`sql`, `_where`, `_through`), Datasette's own full-text
search (`_search*`, `_fts_table`; it knows nothing of our tokens), facets, streams, traces, time limits,
and LIKE or GLOB patterns (one pattern of many wildcards can hold a thread beyond any time limit).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from gongshi.query.errors import NotFound, Refused
from gongshi.query.metadata import BASE_URL, SETTINGS
from gongshi.query.tables import TABLES, Table

PREFIX = BASE_URL.rstrip("/")
MOST_PARAMETERS = 24
LONGEST_VALUE = 200
MOST_ROWS: int = SETTINGS["max_returned_rows"]

_TABLE = re.compile(rf"{PREFIX}/public/(?P<table>{'|'.join(TABLES)})(?:\.json|\.csv)?")
_ROW = re.compile(rf"{PREFIX}/public/(?P<table>{'|'.join(TABLES)})/(?P<keys>[A-Za-z0-9_,~-]{{1,300}})(?:\.json)?")
_STATIC = re.compile(rf"{PREFIX}/-/static/[a-z][a-z0-9-]{{0,60}}\.(?:css|js)")

COMPARISONS = {
    "exact": "等于",
    "not": "不等于",
    "contains": "包含",
    "startswith": "开头是",
    "endswith": "结尾是",
    "gt": "大于",
    "gte": "不小于",
    "lt": "小于",
    "lte": "不大于",
    "isblank": "为空",
    "notblank": "不为空",
}
"""Filters of a table page, `column__comparison=value`, with the word that the page shows."""
_PATTERNS = ("contains", "startswith", "endswith")
_WILDCARDS = "%_"

_SIZE = re.compile(r"[1-9][0-9]{0,2}")
_TOKEN = re.compile(r"[A-Za-z0-9_,~$.-]{1,300}")
_NUMBERED = re.compile(r"(_filter_(?:column|op|value))(?:_[0-9]{1,2})?")

Check = Callable[[str, Table], bool]


def _flag(value: str, table: Table) -> bool:
    return value in ("", "on", "off", "1", "0")


def _sortable(value: str, table: Table) -> bool:
    return not value or value in table.sortable


def _comparison(value: str, table: Table) -> bool:
    return not value or value.removesuffix("__1") in COMPARISONS


_PARAMETERS: dict[str, Check] = {
    "_next": lambda value, table: bool(_TOKEN.fullmatch(value)),
    "_size": lambda value, table: value == "max" or (bool(_SIZE.fullmatch(value)) and int(value) <= MOST_ROWS),
    "_sort": _sortable,
    "_sort_desc": _sortable,
    "_sort_by_desc": _flag,
    "_shape": lambda value, table: value in ("array", "arrays", "object", "objects"),
    "_nl": _flag,
    "_dl": _flag,
    "_labels": _flag,
    "_header": _flag,
    "_nocount": _flag,
    "_nofacet": _flag,
    "_col": lambda value, table: value in table.columns,
    "_filter_column": lambda value, table: not value or value in table.columns,
    "_filter_op": _comparison,
    "_filter_value": lambda value, table: True,
}
"""Datasette's own parameters that are let through, and what they may say."""

_ROW_PARAMETERS = ("_shape", "_labels")


class ParameterRefused(Refused):
    """A parameter that is not let through to Datasette."""

    code = "parameter_refused"


@dataclass(frozen=True, slots=True)
class Admitted:
    """What Datasette is asked: a path below base_url (without it) and a query string, both rewritten."""

    path: str
    query: str


def admit(raw_path: bytes, query: bytes) -> Admitted:
    """What an address below /data/ asks of Datasette.

    Raises NotFound for an address that is not in the list, ParameterRefused for a parameter.
    """
    path = raw_path.decode("latin-1").partition("?")[0]
    found = _TABLE.fullmatch(path) or _ROW.fullmatch(path)
    if found and found.re is _ROW and found["keys"].count(",") + 1 != TABLES[found["table"]].keys:
        raise NotFound  # Datasette would take the missing key for a fault of the server's
    if found:
        pairs = _parameters(query, TABLES[found["table"]], row=found.re is _ROW)
        return Admitted(path.removeprefix(PREFIX), urlencode(pairs))
    if _STATIC.fullmatch(path):
        return Admitted(path.removeprefix(PREFIX), "")
    raise NotFound


def _parameters(query: bytes, table: Table, *, row: bool) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(
            query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except ValueError:
        raise ParameterRefused("网址中的参数太多或者无法读取。") from None
    for name, value in pairs:
        allowed = name in _ROW_PARAMETERS if row else True
        if not (allowed and len(value) <= LONGEST_VALUE and _may(name, value, table)):
            raise ParameterRefused(
                f"数据表不支持参数“{name[:40]}”的这种用法；全文检索请用查询页。", parameter=name[:40]
            )
    return pairs


def _may(name: str, value: str, table: Table) -> bool:
    numbered = _NUMBERED.fullmatch(name)
    check = _PARAMETERS.get(numbered[1] if numbered else name)
    if check:
        return check(value, table)
    column, _, comparison = name.partition("__")
    if column not in table.columns or (comparison and comparison not in COMPARISONS):
        return False
    return comparison not in _PATTERNS or not any(wildcard in value for wildcard in _WILDCARDS)
