"""What a kind declares about itself names its own public fields, and titles come from it."""

from __future__ import annotations

import pytest

from gongshi.publish.composing.title import title
from gongshi.records import DECISION_KINDS, RecordKind

COMPANY = {"name": "松原示例商贸有限公司", "fine": "5000", "amount": "120.50"}


@pytest.mark.parametrize("kind", DECISION_KINDS.values(), ids=lambda kind: kind.name)
def test_a_kind_names_its_own_public_fields(kind: RecordKind) -> None:
    public = {field.name for field in kind.public_fields}
    assert {kind.event, kind.result, *filter(None, [kind.detail])} <= public
    assert kind.amount[0] in {"", *(field.name for field in kind.party_fields if field.is_public)}
    assert len(kind.by_name) == len(kind.fields)


@pytest.mark.parametrize(
    ("kind", "shown", "said"),
    [
        ("licence", {"certificate_name": "食品经营许可证"}, "作出行政许可（食品经营许可证）"),
        ("penalty", {"penalty_class": "罚款、警告"}, "作出行政处罚（罚款5000元）"),
        ("coercion", {"manner": "扣押财物"}, "作出行政强制（扣押财物）"),
        ("levy", {"item_name": "污水处理费"}, "作出行政征收（征收120.5元）"),
        ("charge", {"item_name": "证照工本费"}, "作出行政收费（收费120.5元）"),
        ("inspection", {"outcome": "责令改正"}, "进行行政检查（责令改正）"),
        ("random_inspection", {"outcome": "正常"}, "进行双随机抽查（正常）"),
    ],
)
def test_a_title_says_what_was_done(kind: str, shown: dict[str, str], said: str) -> None:
    assert title(kind, "松原市示例局", [COMPANY], shown) == f"松原市示例局对松原示例商贸有限公司{said}"


def test_with_several_parties_a_title_tells_no_amount() -> None:
    assert title("penalty", "某局", [COMPANY] * 3, {"penalty_class": "罚款"}) == (
        "某局对松原示例商贸有限公司、松原示例商贸有限公司等3个行政相对人作出行政处罚（罚款）"
    )
