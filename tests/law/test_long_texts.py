"""A long text, made to be slow to mask, takes its length and not its square: each would take hours otherwise."""

from __future__ import annotations

import pytest

from gongshi.law.book import mask_text

LENGTH = 150_000
NAMES = {"张三": "张某某", "李四": "李某某", "王五六": "王某某"}
HOSTILE = {
    "one word before an @": "a" * LENGTH + "@",
    "counts without a house": "a1" * (LENGTH // 2) + "组",
    "telephones": "13800001111 " * (LENGTH // 12),
    "identity numbers": "220702198001011234，" * (LENGTH // 19),
    "homes": "张家村一组" * (LENGTH // 5),
    "names": "张三李四" * (LENGTH // 4),
    "names across signs": "张/三，李-四。" * (LENGTH // 8),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_long_text_is_masked_in_the_end(text: str) -> None:
    masked = mask_text(text, NAMES)
    assert not any(name in masked for name in ("张三", "李四", "220702198001011234", "13800001111"))
