"""What the audit looks for, and in which form: values that tell, each in every dress."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from urllib.parse import quote

import pytest

from gongshi.law.spelling import Text, places
from gongshi.publish.audit.origins import joined
from gongshi.publish.audit.plain import APART, plain
from gongshi.publish.audit.values import What, of_field, of_text
from gongshi.records import DECISION_KINDS

VALUE = "松原市监罚〔2026〕15号 欧阳"


def hexes(text: str) -> str:
    return "".join(f"&#x{ord(char):X};" for char in text)


DRESSES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "HTML": html.escape,
    "decimal entities": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "hexadecimal entities": hexes,
    "JSON": json.dumps,
    "JSON, capitals": lambda text: json.dumps(text).upper().replace("\\U", "\\u"),
    "JavaScript": lambda text: "".join(f"\\u{{{ord(char):x}}}" for char in text),
    "percent": quote,
    "percent, small letters": lambda text: quote(text).lower(),
    "HTML in JSON": lambda text: json.dumps(hexes(text)),
    "JSON in HTML in JSON": lambda text: json.dumps(html.escape(json.dumps(text))),
    "full width": lambda text: text.replace("2026", "２０２６"),
    "other brackets": lambda text: text.replace("〔", "[").replace("〕", "]"),
    "traditional": lambda text: text.replace("欧阳", "歐陽"),
    "broken over lines": lambda text: text.replace("罚", "罚\r\n　"),
    "with nothing between": lambda text: text.replace("罚", "罚\u200b"),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_a_value_is_the_same_in_every_dress(dress: str) -> None:
    assert plain(VALUE) in plain("前文" + DRESSES[dress](VALUE) + "后文")


def test_rare_characters_that_json_writes_as_two_halves_are_one() -> None:
    assert plain("𬭩𠮷") == plain(json.dumps("𬭩𠮷")[1:-1])


def test_nothing_is_read_across_two_texts() -> None:
    """What is withheld and stands at the seam of two public values is public by neither."""
    assert plain("松原市沿江路12号") not in joined(iter(("住松原市沿江", "路12号")))
    assert not places(Text(APART.join(("张", "建国"))), ["张建国"])


@pytest.mark.parametrize(
    ("kind", "field", "text", "sought"),
    [
        ("penalty", "party_document_number", "220702199001011234", {What.NUMBER: 1}),
        ("penalty", "party_document_number", "E1234567", {What.NUMBER: 1}),
        ("penalty", "party_uscc", "91220702MA14XXXX1T", {What.CODE: 1}),
        ("penalty", "party_uscc", "220702199001011234", {What.NUMBER: 1}),
        ("penalty", "party_tax_number", "000000000000000", {}),
        ("penalty", "document_number", "松市监罚〔2026〕5号", {What.DOCUMENT: 1}),
        ("penalty", "decided_on", "2026-11-10", {}),
        ("penalty", "fine", "5000", {}),
        ("penalty", "withhold_ground", "妨害执法", {}),
        ("penalty", "remarks", "另案处理", {}),
        ("penalty", "remarks", "领导批示后再议此事", {What.TEXT: 1}),
        ("penalty", "remarks", "2026年11月10日至2026年11月15日", {}),
        ("penalty", "remarks", "————————————", {}),
        ("penalty", "remarks", "来电13904380000", {What.NUMBER: 1}),
        ("penalty", "remarks", "家住宁江区锦绣小区3号楼2单元501室", {What.ADDRESS: 2, What.TEXT: 1}),
        ("penalty", "legal_representative", "阿拉腾其其格日乐图雅", {}),
    ],
)
def test_what_tells_is_sought_and_what_tells_nothing_is_not(
    kind: str, field: str, text: str, sought: dict[What, int]
) -> None:
    found = [value.what for value in of_field(DECISION_KINDS[kind].by_name[field], "字段", text)]
    assert {what: found.count(what) for what in set(found)} == sought


def test_a_long_text_is_sought_in_pieces_so_that_a_part_of_it_shows() -> None:
    text = "当事人在未取得食品经营许可证的情况下从事餐饮服务活动并拒绝接受监督检查人员现场核验"
    pieces = [value.plain for value in of_text(text, "事实")]
    for start in range(len(text) - 24):
        assert any(piece in text[start : start + 24] for piece in pieces)
