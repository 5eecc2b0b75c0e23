"""Marks stand where the words are, in the text as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.query.highlight import _PLAIN, _STEADY, LENGTH, segments, snippet
from gongshi.query.tokens import TRADITIONAL, normalise, runs, words


def marked(text: str, query: str) -> str:
    return "".join(f"[{s.text}]" if s.marked else s.text for s in segments(text, words(query)))


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("责令改正违法行为", "改正", "责令[改正]违法行为"),
        ("松市监罚〔2026〕15号", "[2026]15", "松市监罚[〔2026〕15]号"),
        ("ＡＢＣ公司", "abc", "[ＡＢＣ]公司"),
        ("罚款罚款", "罚款", "[罚款罚款]"),
        ("罚款 罚款", "罚", "[罚]款 [罚]款"),
        ("改正违法", "改正违 正违法", "[改正违法]"),
        ("e\u0301tat", "ét", "[e\u0301t]at"),
        ("㎏重", "kg", "[㎏]重"),
        ("甲乙㎏丙丁戊", "乙kg丙丁", "甲[乙㎏丙丁]戊"),
        ("改正e\u0301tat改正", "正ét", "改[正e\u0301t]at改正"),
        ("责令ne\u0301改正", "令né改", "责[令ne\u0301改]正"),
        ("松原\u200b市", "原市", "松[原\u200b市]"),
        ("甲", "乙", "甲"),
        ("", "乙", ""),
        ("（2026）第3号", "(2026)第", "[（2026）第]3号"),
        ("甲，乙。丙", "甲,乙", "[甲，乙]。丙"),
        ("ABC公司", "abc公", "[ABC公]司"),
        ("張建國，张建国", "张建", "[張建]國，[张建]国"),
        ("张建国", "建國", "张[建国]"),
        ("甲\n乙甲", "乙甲", "甲\n[乙甲]"),
    ],
)
def test_marks(text: str, query: str, shown: str) -> None:
    assert marked(text, query) == shown


PLAIN = st.from_regex(_PLAIN, fullmatch=True)


@given(text=PLAIN)
def test_a_plain_text_keeps_its_places(text: str) -> None:
    assert [normalise(f"甲{one}甲")[1:-1] for one in text] == list(normalise(f"甲{text}甲")[1:-1])
    assert all(len(normalise(f"甲{one}甲")) == 3 for one in text)


def test_every_plain_character_has_one_normal_form_and_steady_ones_are_their_own() -> None:
    every = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    plain = [one for one in every if _PLAIN.fullmatch(one)]
    assert len(plain) > 20_000
    assert all(len(normalise(one)) == 1 for one in plain)
    plain = [one for one in plain if not TRADITIONAL.search(one)]
    assert all(normalise(one) == one for one in plain if _STEADY.fullmatch(one))
    others = {one for one in plain if not _STEADY.fullmatch(one)}
    assert not {one for one in others if _STEADY.fullmatch(normalise(one))}, "a steady word would miss them"


@given(text=st.text(), data=st.data())
def test_segments_join_to_the_text_and_marks_hold_a_word(text: str, data: st.DataObject) -> None:
    found = runs(text)
    word = data.draw(st.sampled_from(found)) if found else "甲"
    cut = segments(text, (word,))
    assert "".join(s.text for s in cut) == text
    assert all(normalise(s.text) for s in cut if s.marked)


def test_a_snippet_shows_the_first_hit_of_a_long_text() -> None:
    text = "前" * 500 + "责令改正" + "后" * 500
    cut = snippet(text, ("责令改正",))
    assert sum(len(s.text) for s in cut) <= LENGTH + 2
    assert [s.text for s in cut if s.marked] == ["责令改正"]
    assert cut[0].text == cut[-1].text == "…"


def test_a_snippet_without_hit_is_the_beginning() -> None:
    assert snippet("甲" * 300, ("乙",))[0].text == "甲" * LENGTH
    assert snippet("", ("乙",)) == ()
