"""The figures on the sample's texts say what its files hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bench.describing import describe
from gongshi.sample.generate import generate

HEADER = "行政处罚决定书文号,行政相对人名称,违法事实,处罚内容,处罚依据\n"


def test_repeated_sentences_lengths_and_distinct_values_are_counted(tmp_path: Path) -> None:
    rows = ["一号,甲公司,销售糖果。已经改正。,罚款,依据", "二号,乙公司,销售饼干。已经改正。,罚款,依据"]
    (tmp_path / "penalty-2025.csv").write_text(HEADER + "\n".join(rows), encoding="gb18030")
    told = describe(tmp_path, 2)
    assert (told["rows looked at"], told["distinct accounts"], told["distinct sanctions"]) == (2, 2, 1)
    assert told["sentences that occur before, %"] == 25
    assert told["characters of an account, mean"] == 10


def test_a_samples_texts_are_as_uneven_as_the_documentation_says(tmp_path: Path) -> None:
    generate(2000, 1, tmp_path, date(2026, 11, 22))
    told = describe(tmp_path / "data" / "submissions", 2000)
    assert told["vocabulary (pairs of characters)"] > 12_000
    assert told["of them once, %"] > 30
    assert told["Zipf's exponent"] > 0.8
    assert told["sentences that occur before, %"] < 60
    assert told["characters of an account, 99th percentile"] > 3 * told["characters of an account, mean"]
    assert told["distinct accounts"] > 850
