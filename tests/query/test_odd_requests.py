"""Requests that nobody means well with: answered in our words, nothing in the log, no server error."""

from __future__ import annotations

import httpx
import pytest

from gongshi.query.door import neutral_csv
from gongshi.query.tables import TABLES


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("keys", ["1", "a,b", "1,2,3", "99999999999999999999999999", "~2E~2E", ",", "1,"])
def test_a_row_that_is_not_there_is_not_found(web: httpx.Client, table: str, keys: str) -> None:
    for suffix in ("", ".json"):
        answer = web.get(f"/data/public/{table}/{keys}{suffix}")
        assert answer.status_code == 404, answer.text[:200]
        assert "sql" not in answer.text.lower()


def test_a_full_width_sign_makes_no_formula_either() -> None:
    safe = neutral_csv('a\r\n＝1+1\r\n＋1\r\n－1\r\n＠a\r\n"\n=1"\r\n'.encode())
    assert safe.decode() == "a\r\n'＝1+1\r\n'＋1\r\n'－1\r\n'＠a\r\n\"'\n=1\"\r\n"
