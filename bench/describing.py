"""How uneven a sample's texts are, in numbers: what a search index and a compressor meet."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from pathlib import Path

_ENCODINGS = ("utf-8-sig", "gb18030")
_LOOKED_AT = 100_000
"""Rows at most, evenly spread."""
_RANKS = (100, 10_000)
"""Between which the exponent of Zipf's law is read off."""
_END = re.compile("[。；\n]")
_ACCOUNT = "违法事实"
_TEXTS = ("违法事实", "处罚内容", "许可内容", "检查内容", "检查情况", "行政相对人名称", "处罚依据")
_COLUMNS = {
    "行政相对人名称": "distinct parties",
    "违法事实": "distinct accounts",
    "处罚内容": "distinct sanctions",
    "许可内容": "distinct licences",
    "处罚依据": "distinct legal bases",
}


def describe(submissions: Path, rows: int) -> Mapping[str, float]:
    """Of the CSV files below `submissions`, of which there are about `rows` rows: what is distinct and how long."""
    pairs, sentences, accounts = Counter[str](), Counter[int](), list[int]()
    values: dict[str, set[int]] = {column: set() for column in _COLUMNS}
    looked_at = 0
    for row in _every(submissions, -(-rows // _LOOKED_AT)):
        looked_at += 1
        for text in (row[column] for column in _TEXTS if row.get(column)):
            pairs.update(map("".join, pairwise(text)))
        for column in values.keys() & row.keys():
            values[column].add(hash(row[column]))
        if account := row.get(_ACCOUNT):
            accounts.append(len(account))
            sentences.update(map(hash, filter(None, _END.split(account))))
    accounts.sort()
    return {
        "rows looked at": looked_at,
        "vocabulary (pairs of characters)": len(pairs),
        "of them once, %": round(100 * sum(1 for count in pairs.values() if count == 1) / len(pairs)),
        "Zipf's exponent": round(_exponent(pairs), 2),
        "sentences that occur before, %": round(100 * (1 - len(sentences) / sentences.total())),
        "characters of an account, mean": round(sum(accounts) / len(accounts)),
        "characters of an account, 99th percentile": accounts[int(len(accounts) * 0.99)],
        "characters of the longest account": accounts[-1],
        **{name: len(values[column]) for column, name in _COLUMNS.items()},
    }


def _every(submissions: Path, step: int) -> Iterator[dict[str, str]]:
    number = 0
    for path in sorted(submissions.rglob("*.csv")):
        for row in _rows(path):
            number += 1
            if number % step == 0:
                yield row


def _rows(path: Path) -> Iterator[dict[str, str]]:
    for encoding in _ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                file.read(4096)
                file.seek(0)
                yield from csv.DictReader(file)
                return
        except UnicodeDecodeError:
            continue


def _exponent(pairs: Counter[str]) -> float:
    """By how much a word is rarer, the lower its rank: least squares of the logarithms."""
    counts = [count for _, count in pairs.most_common(_RANKS[1])][_RANKS[0] :]
    points = [(log(rank), log(count)) for rank, count in enumerate(counts, _RANKS[0] + 1)]
    return -_slope(points) if len(points) > 1 else 0.0


def _slope(points: Sequence[tuple[float, float]]) -> float:
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return float(sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points))
