"""The wall as a whole: what must not be public is in no byte of build/, whatever the surface.

Every text that a field can hold is a canary of its own, in every state in which a decision is not
public, and in every internal field of those that are.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from gongshi.records import DECISION_KINDS
from gongshi.records.field import FieldType, Visibility

FREE = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CODE)
IDENTITY = "22070219900101123X"
MINOR = "220702201501011239"

STATES: dict[str, dict[str, str]] = {
    "ground": {"withhold_ground": "危及安全稳定", "withhold_reason": "理由金丝雀"},
    "minor": {"party_type": "自然人", "party_document": "身份证", "party_document_number": MINOR, "party_uscc": ""},
    "age unknown": {"party_type": "自然人", "party_uscc": ""},
    "sealed": {"legal_basis": "《中华人民共和国治安管理处罚法》第二十六条"},
    "secrecy": {"secrecy_checked": "否"},
    "warning only": {"penalty_class": "警告"},
}
"""Why a reviewed decision is not public, and the cells that say so."""


def canaries(kind: str, state: str, *, public: bool) -> dict[str, str]:
    """A canary for every free field of the kind that the public must not see in this state."""
    hidden = [f for f in DECISION_KINDS[kind].fields if f.type in FREE]
    if public:
        hidden = [f for f in hidden if f.visibility is Visibility.INTERNAL]
    skipped = {"agency_name", "source_name", "party_document_number", "withhold_review_on", "replaces_party"}
    skipped |= set(STATES.get(state, {})) | {f.name for f in hidden if f.name.startswith("earlier_")}
    made = {}
    for at, field in enumerate(f for f in hidden if f.name not in skipped):
        mark = f"QY{abs(hash_of(kind + state + field.name)):07d}" if field.type is FieldType.CODE else ""
        text = mark or f"金丝雀{chr(0x4E00 + at * 37)}{chr(0x5200 + hash_of(state) % 900)}甲乙{field.label[:2]}密文"
        made[field.name] = text[: field.max_length or None]
    return made


def hash_of(text: str) -> int:
    """The same in every process, unlike hash()."""
    return sum((at + 1) * ord(c) for at, c in enumerate(text)) % 9_999_991


def forms(value: str) -> Iterator[bytes]:
    """The value as it can stand in a file."""
    yield value.encode()
    yield html.escape(value).encode()
    yield json.dumps(value)[1:-1].encode()
    yield quote(value).encode()
    yield value.encode("utf-16-le")
    yield value.encode("gb18030")


def found(folder: Path, values: set[str]) -> list[str]:
    """Which values stand in which file below `folder`."""
    needles = {form: value for value in values for form in forms(value)}
    return [
        f"{path.relative_to(folder)}: {value}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in [path.read_bytes()]
        for needle, value in needles.items()
        if needle in content
    ]


@pytest.mark.article("D18")
@pytest.mark.article("S1.4")
def test_no_withheld_record_and_no_internal_field_is_in_any_byte_of_the_build(commands, row, sheet) -> None:
    values: set[str] = set()
    number = 100
    for state, cells in STATES.items():
        number += 1
        made = canaries("penalty", state, public=False)
        hidden_number = f"松市监罚〔2026〕{number}号"
        values |= {*made.values(), hidden_number}
        path = sheet(f"{number}.csv", [row("penalty", hidden_number, **(made | cells))])
        commands.publish(path)
    for state in ("received", "returned"):
        number += 1
        made = canaries("penalty", state, public=False)
        values |= {*made.values(), f"松市监罚〔2026〕{number}号"}
        path = sheet(f"{number}.csv", [row("penalty", f"松市监罚〔2026〕{number}号", **made)])
        receipt = commands.json("submit", path, "--department", "11220700MB99000134", "--by", "周示礼")["id"]
        if state == "returned":
            commands("review", receipt, "--by", "郑示正", "--return", "--opinion", "退回意见金丝雀")
            values.add("退回意见金丝雀")
    shown = 0
    for kind in ("licence", "penalty", "inspection"):
        number += 1
        made = canaries(kind, "public", public=True)
        values |= set(made.values())
        commands.publish(sheet(f"{number}.csv", [row(kind, f"松市监罚〔2026〕{number}号", **made)]))
        shown += 1
    number += 1
    person = {"party_name": "欧阳雀羽", "party_type": "自然人", "party_uscc": "", "party_document": "身份证"}
    person |= {"party_document_number": IDENTITY, "facts": f"欧阳雀羽（{IDENTITY}，13904380000）在松原市经营"}
    commands.publish(sheet(f"{number}.csv", [row("penalty", f"松市监罚〔2026〕{number}号", **person)]))
    number += 1
    owned = {"party_name": "松原示例商贸有限公司（赵雀鸣）", "facts": "赵雀鸣在松原市宁江区经营"}
    commands.publish(sheet(f"{number}.csv", [row("penalty", f"松市监罚〔2026〕{number}号", **owned)]))
    values |= {"赵雀鸣", "雀鸣"}
    values |= {"欧阳雀羽", "雀羽", "金丝雀", IDENTITY, MINOR, "13904380000", "理由金丝雀"}
    commands("rebuild")
    assert len(commands.pages()) == shown + 2, "what may be public is public"
    build = commands.root / "build"
    assert found(build, {"欧阳某某"}), "the search can find"
    assert found(build, values) == []
    staff = {"周示礼", "郑示正"}
    assert found(build / "site" / "decisions", staff) == []
    assert not any(form in (build / "public.db").read_bytes() for name in staff for form in forms(name))


def test_the_canary_search_sees_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps("欧阳金丝雀"))
    (tmp_path / "b.html").write_text(html.escape("<金丝雀>"))
    assert len(found(tmp_path, {"欧阳金丝雀", "<金丝雀>"})) == 2
