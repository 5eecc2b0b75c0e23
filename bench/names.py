"""How many of the labelled names the detector finds, and how many of its finds are names.

Run: python -m bench.names. The figures are printed per group: `tuned` was looked at while the rules were
written, `held` was not. The reviewer is the control, so what counts is the recall (DOMAIN.md 7).
"""

from __future__ import annotations

import timeit
from pathlib import Path

import yaml

from gongshi.law.names import _scan, possible_names

LABELLED = Path(__file__).with_name("labelled_names.yml")
QUIET = "经检验，该批次产品不符合强制性标准要求，货值5000元，违法所得1200元。" * 8


def measure(rows: list[dict[str, object]]) -> tuple[int, int, int]:
    """Names found, names missed, finds that are no names."""
    found = missed = false = 0
    for row in rows:
        expected, got = set(row["names"]), set(possible_names(str(row["text"]), (), frozenset()))  # type: ignore[call-overload]
        found += len(expected & got)
        missed += len(expected - got)
        false += len(got - expected)
    return found, missed, false


def main() -> None:
    """Print the table."""
    for group, rows in yaml.safe_load(LABELLED.read_text(encoding="utf-8")).items():
        found, missed, false = measure(rows)
        recall, precision = found / (found + missed), found / (found + false)
        print(f"{group:6} {len(rows):4} sentences  recall {recall:.1%}  precision {precision:.1%}")
    text = QUIET[:300]
    seconds = min(timeit.repeat(lambda: _scan(text), number=100, repeat=5)) / 100
    print(f"{len(text)} characters without a name: {seconds * 1e6:.0f} µs")


if __name__ == "__main__":
    main()
