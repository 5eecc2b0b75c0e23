"""Any substring of one or more characters is found, and nothing else (DOMAIN.md 19)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongshi.publish.composing.schema import statements
from gongshi.query import tokens
from gongshi.store.sqlite import sqlite

FACTS = "当事人未按规定公示食品经营许可证，责令改正违法行为；货值5000元 （以下空白）"


@pytest.fixture(scope="module")
def index() -> Iterator[Any]:
    """An empty public.db in memory, with the index exactly as the schema declares it."""
    db = sqlite.connect(":memory:", isolation_level=None)
    for script in statements():
        db.executescript(script)
    yield db
    db.close()


def found(index: Any, columns: list[str], query: str) -> bool:
    """Whether a row with these columns is found, by the real FTS5."""
    index.execute("BEGIN")
    padded = [tokens.index_text(text) for text in [*columns, "", "", "", "", ""][:5]]
    index.execute(
        "INSERT INTO decisions_fts(rowid, number, party, content, facts, department) VALUES(1,?,?,?,?,?)", padded
    )
    rows = index.execute(
        "SELECT rowid FROM decisions_fts WHERE decisions_fts MATCH ?", [tokens.match_expression(query)]
    )
    result = bool(rows.fetchall())
    index.execute("ROLLBACK")
    return result


@pytest.mark.parametrize(
    ("text", "query", "hit"),
    [
        (FACTS, "责", True),
        (FACTS, "责令", True),
        (FACTS, "责令改正违法行为", True),
        (FACTS, "正违", True),
        (FACTS, "令责", False),
        (FACTS, "罚", False),
        (FACTS, "货值５０００元", True),
        (FACTS, "空白 食品", True),
        (FACTS, "空白 药品", False),
        (FACTS, "元(以", False),
        (FACTS, "，", True),
        ("松市监罚〔2026〕15号", "松市监罚[2026]15", True),
        ("松市监罚〔2026〕15号", "罚（2026）", True),
        ("松市监罚【2026】15号", "﹝2026﹞15号", True),
        ("松市监罚〔2026〕15号", "〔2025〕", False),
        ("二○二六年", "二〇二六", True),
        ("阿不都·热合曼", "阿不都•热合曼", True),
        ("ＡＢＣ有限公司", "abc有限", True),
        ('say "no" AND', '"no"', True),
        ("a b", "a OR c", False),
        ("a b", "NOT", False),
        ("ab bc", "abc", False),
        ("ab c", "bc", False),
        ("x*y", "*", True),
        ("number:1", "number:", True),
        ("松原\u200b市", "松原市", True),
        ("前郭尔罗斯\u3000蒙古族", "斯蒙", False),
        ("\ud800甲", "甲", True),
        ("\x00甲乙", "甲乙", True),
        ("𬭩䶮", "𬭩", True),
        ("𬭩䶮", "𬭩䶮", True),
        ("松市监罚〔2026〕15号", "监罚〔2026〕15", True),
        ("松市监罚〔2026〕15号", "2026〕5号", False),
        ("货值1234元 罚2345元", "12345", False),
        ("货值1234元，罚2345元", "元，罚2345", True),
        ("松原市公安局宁江区第三分局2026年", "松原市公安局宁江区第三分局20", True),
        ("自2025年3月1日起至2026年12月31日止", "2025年3月1日起至2026年12月31日", True),
        ("一二三四五六七八九十11一二三四五六七八九十一二三四五六七22", "十11一二三四五六七八九十一二三四五六七2", True),
        ("罚款1234567890", "345678", True),
        ("罚款1234567890", "345679", False),
        ("罚12", "罚12", True),
        ("12", "12", True),
        ("１２３４", "1234", True),
    ],
)
def test_a_substring_is_found_and_nothing_else_is(index: Any, text: str, query: str, hit: bool) -> None:
    assert found(index, [text], query) is hit


@pytest.mark.parametrize(
    ("query", "facets", "hit"),
    [
        ("", {"kind": "penalty"}, True),
        ("甲", {"kind": "penalty", "year": "2026", "department": "112207000135491313"}, True),
        ("甲", {"kind": "licence"}, False),
        ("甲", {"class": "b2", "year": "2026"}, True),
        ("甲", {"class": "a1 b2"}, False),
        ("乙", {"kind": "penalty"}, False),
        ("", {"year": "202"}, False),
        ("", {"kind": 'penalty" OR "甲'}, False),
        ("year=2026", {}, False),
        ("=", {}, False),
    ],
)
def test_a_facet_narrows_and_is_no_text(index: Any, query: str, facets: dict[str, str], hit: bool) -> None:
    index.execute("BEGIN")
    keys = (
        ("kind", "penalty"),
        ("department", "112207000135491313"),
        ("year", "2026"),
        ("class", "a1"),
        ("class", "b2"),
    )
    facet = tokens.key_text(keys)
    index.execute("INSERT INTO decisions_fts(rowid, party, facet) VALUES(1,?,?)", [tokens.index_text("甲公司"), facet])
    match = tokens.match_expression(query, facets.items())
    rows = index.execute("SELECT rowid FROM decisions_fts WHERE decisions_fts MATCH ?", [match]).fetchall()
    index.execute("ROLLBACK")
    assert bool(rows) is hit


def test_words_may_stand_in_different_columns(index: Any) -> None:
    assert found(index, ["松市监罚〔2026〕15号", "甲公司"], "2026 公司")


def test_a_query_without_words_matches_nothing_at_all() -> None:
    assert tokens.match_expression(" \u3000\u200b ") == ""


ALPHABET = st.sampled_from("甲乙丙ab 　1〔〕()[]\"'*-:^+。") | st.characters(exclude_categories=())
TEXT = st.text(ALPHABET, max_size=30)

HAN = "张張后後东東药藥无無证證乾干著藉余餘Ａaａ"


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.sampled_from(HAN), min_size=1, max_size=12), data=st.data())
def test_any_piece_is_found_in_any_mix_of_characters(index: Any, text: str, data: st.DataObject) -> None:
    """Traditional and simplified, full width and half width."""
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    ways = {one: [other for other in HAN if tokens.normalise(other) == tokens.normalise(one)] for one in HAN}
    mixed = "".join(data.draw(st.sampled_from(ways[one])) for one in piece)
    assert found(index, [text], mixed)


@pytest.mark.parametrize(
    ("text", "query", "hit"),
    [
        ("行政徵收", "征收", True),
        ("行政征收", "徵收", True),
        ("市場監督管理局", "市场监督", True),
        ("松原市张氏", "張", True),
        ("乾安县水利局", "干安", False),
        ("乾安县水利局", "干", False),
        ("乾安县水利局", "乾安", True),
        ("干部", "乾", False),
        ("名著", "着", False),
        ("凭藉", "借", False),
        ("覆盖", "复", False),
    ],
)
def test_traditional_and_simplified_are_one_but_for_what_is_written_today(
    index: Any, text: str, query: str, hit: bool
) -> None:
    assert found(index, [text], query) is hit


def test_the_table_folds_each_character_once_and_to_what_is_its_own_form() -> None:
    assert len(tokens.SIMPLIFIED) > 2_900
    assert not set(tokens.SIMPLIFIED) & set(tokens.SIMPLIFIED.values())
    assert all(tokens.normalise(one) == other for one, other in tokens.SIMPLIFIED.items())
    written = {one for one in tokens.SIMPLIFIED if one.encode("gb2312", "ignore")}
    assert written == set("後於徵")


@settings(max_examples=200, deadline=None)
@given(columns=st.lists(TEXT, min_size=1, max_size=5), query=st.text(ALPHABET, min_size=1, max_size=5))
def test_the_index_agrees_with_python(index: Any, columns: list[str], query: str) -> None:
    words = tokens.runs(query)
    if not words:
        return
    expected = all(any(word in tokens.normalise(column) for column in columns) for word in words)
    assert found(index, columns, query) is expected


NUMBERS = st.text(st.sampled_from("〔123罚号, 。"), max_size=60)


@settings(max_examples=200, deadline=None)
@given(columns=st.lists(NUMBERS, min_size=1, max_size=2), data=st.data())
def test_numbers_are_found_where_they_stand_and_nowhere_else(
    index: Any, columns: list[str], data: st.DataObject
) -> None:
    pieces = [run for column in columns for run in tokens.runs(column)]
    taken = data.draw(st.sampled_from(pieces)) if pieces else "1234"
    start = data.draw(st.integers(0, len(taken) - 1))
    query = data.draw(st.sampled_from((taken[start:], taken[start:][:7], f"{taken[start:][:6]}1")))
    expected = any(tokens.normalise(query) in tokens.normalise(column) for column in columns)
    assert found(index, columns, query) is expected


@settings(max_examples=300, deadline=None)
@given(data=st.data(), text=TEXT.filter(lambda t: bool(tokens.runs(t))))
def test_every_piece_of_the_text_is_found(index: Any, data: st.DataObject, text: str) -> None:
    run = data.draw(st.sampled_from(tokens.runs(text)))
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    assert found(index, [text], run[start:end])


@settings(max_examples=200, deadline=None)
@given(text=TEXT)
def test_what_was_indexed_can_be_erased(index: Any, text: str) -> None:
    """The same text gives the same tokens, and the 'delete' command leaves no term behind."""
    index.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, decisions_fts, row)")
    row = [1, tokens.index_text(text), "", "", "", ""]
    columns = "rowid, number, party, content, facts, department"
    index.execute(f"INSERT INTO decisions_fts({columns}) VALUES(?,?,?,?,?,?)", row)
    index.execute(f"INSERT INTO decisions_fts(decisions_fts, {columns}) VALUES('delete',?,?,?,?,?,?)", row)
    assert index.execute("SELECT term FROM temp.terms").fetchall() == []


def test_what_is_usual_in_a_text_is_settled_already() -> None:
    usual = [code for code in range(0x110000) if not tokens._UNUSUAL.search(chr(code))]
    assert len(usual) > 20_000
    assert all(tokens._SETTLED[code] == chr(code) for code in usual)


def as_a_whole(text: str) -> str:
    """The tokens of a column, worked out at once and with nothing kept: what is written down in tokens.py."""
    found = tokens.runs(text)
    cut = [token for run in found for token in (*(run[i : i + 2] for i in range(len(run) - 1)), run[-1])]
    numbers = tokens._around_numbers(found)[:-1]
    single = [char for char in dict.fromkeys("".join(found)) if char not in {run[-1] for run in found}]
    return " ".join(cut + single + numbers)


LINE = st.one_of(
    st.text(st.sampled_from("罚款5000元２０２6年3月，。 \u0301İß（〔\u3000\r\u200b"), max_size=20),
    st.sampled_from(("", FACTS, "松市监罚〔2026〕15号")),
    st.text(max_size=12),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINE, max_size=6))
def test_a_column_is_cut_line_by_line_as_it_would_be_as_a_whole(lines: list[str]) -> None:
    """Lines that were met before are not cut again (tokens._cut): other tokens would leave ghosts in the index."""
    text = "\n".join(lines)
    assert tokens.index_text(text) == tokens.index_text(text) == as_a_whole(text)


_USUAL = "".join(char for char in map(chr, range(0x10000)) if not tokens._UNUSUAL.match(char))


@pytest.mark.parametrize("signs", [_USUAL[at : at + 1000] for at in range(0, len(_USUAL), 1000)])
def test_what_is_usual_has_one_form_by_either_way(signs: str) -> None:
    assert list(map(tokens.normalise, signs)) == list(map(tokens._normalised, signs))
    assert tokens.normalise(signs) == tokens._normalised(signs)


@given(st.text(alphabet="Aa1 (（［[〔】“’。，：当事人İßﬁ①\u0301\u200b", max_size=30))
def test_a_text_has_one_form_by_either_way(text: str) -> None:
    assert tokens.normalise(text) == tokens._normalised(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=4, max_size=100), st.sampled_from([2, 4]))
def test_a_run_that_is_laid_out_is_as_if_it_had_been_cut(run: str, size: int) -> None:
    assert tokens._laid_out(run, size) == " ".join(run[at : at + size] for at in range(len(run) - size + 1))
