"""Whether what an address says can be asked at all: words, values, days. The database says later what there is."""

from __future__ import annotations

import datetime as dt

from gongshi.query import tokens
from gongshi.query.errors import QueryTooLong, TooManyWords, UnknownValue
from gongshi.query.filters import FILTERS


def query(text: str) -> str:
    """The words as they were typed; empty where there is nothing to look for. Raises QueryTooLong, TooManyWords."""
    if len(text) > tokens.MAX_QUERY:
        raise QueryTooLong(
            f"检索词最多 {tokens.MAX_QUERY} 个字，现在有 {len(text)} 个字。"
            "请只留下最有特点的几个词，例如文号、名称或者违法行为。",
            parameter="q",
        )
    count = len(tokens.words(text))
    if count > tokens.MAX_WORDS:
        raise TooManyWords(
            f"一次最多检索 {tokens.MAX_WORDS} 个词，现在有 {count} 个。各个词必须同时出现，请去掉几个。", parameter="q"
        )
    return text if count else ""


def value(name: str, text: str) -> str:
    """The value of a filter. Raises UnknownValue where it can be none."""
    one = FILTERS[name]
    if text and one.form and not one.form.fullmatch(text):
        example = "年份应是四位数字，例如 2026。" if name == "year" else f"“{one.label}”的代号不对，请从页面上选择。"
        raise UnknownValue(example, parameter=name)
    if text and one.usual is not None and text not in one.usual:
        told = "、".join(f"{value}（{label}）" for value, label in one.usual.items())
        raise UnknownValue(f"“{one.label}”只有 {told}。", parameter=name)
    return text


def day(text: str, name: str) -> str:
    """A day as it is written in an address. Raises UnknownValue."""
    try:
        return dt.date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise UnknownValue("日期应写成 2026-03-02 的样子，并且确有这一天。", parameter=name) from None
