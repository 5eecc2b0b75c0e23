"""Values that must not be public are looked for in every byte of what is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongshi.publish.audit import Patterns, audit_build

SECRETS = (
    "220702198001011234",
    "张建国",
    "李秀英",
    "赵丽华",
    "高小宝",
    "220702201205053456",
    "13812345678",
    "领导批示后再议",
    "秘密事项乙",
    "侦查尚未终结",
    "2207000000123456",
    "周示礼",
    "郑示正",
)


@pytest.fixture
def written(world: Any, parties: Any) -> Path:
    """A public.db beside a store that is full of what must not come out."""
    minor = {"party_name": "高小宝", "party_type": "自然人", "party_document_number": "220702201205053456"}
    leader = {
        **parties["company"],
        "legal_representative": "赵丽华",
        "legal_representative_number": "220702197001015678",
        "party_tax_number": "2207000000123456",
    }
    text = "张建国（220702198001011234，电话13812345678）与赵丽华、李秀英到场。"
    world.send(
        world.decision(parties=[parties["person"]], facts=text, remarks="领导批示后再议", kept={"经办": "赵丽华"}),
        world.decision(parties=[leader], facts=text.replace("张建国", "当事人")),
        world.decision(parties=[parties["trader"]], facts="李秀英到场"),
        world.decision(parties=[minor], facts="秘密事项乙"),
        world.decision(facts="秘密事项乙", withhold_ground="妨害执法", withhold_reason="侦查尚未终结"),
        world.decision(facts="秘密事项乙", legal_basis="《中华人民共和国治安管理处罚法》第四十三条"),
        world.decision(facts="正常公示的内容"),
        mask_names=["赵丽华", "李秀英", "张建国"],
    )
    world.publish()
    return Path(world.path)


def seen(build: Path, values: Iterable[str]) -> set[str]:
    """Which of the values stand anywhere in what is served from `build`."""
    report = audit_build(build, Patterns.of(values), show=True)
    assert report.unread == []
    return {found.value for found in report.findings}


@pytest.mark.article("S1.4")
def test_no_withheld_and_no_internal_value_is_in_any_byte(written: Path) -> None:
    shown = {"正常公示的内容", "张某某"}
    assert seen(written.parent, shown) == shown
    assert seen(written.parent, SECRETS) == set()


def test_what_is_taken_down_later_is_in_no_byte_either(written: Path, world: Any) -> None:
    prepared = world.prepare()
    gone = [row.id for row in prepared.rows if row.row["facts"] == "正常公示的内容"]
    world.today = date(2031, 11, 21)
    world.publish()
    assert seen(written.parent, [*gone, "正常公示的内容"]) == set()
    assert [child.name for child in written.parent.iterdir()] == ["public.db"]
