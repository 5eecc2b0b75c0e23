"""What comes through the wall: who is shown, how, and what of the others does not show (DOMAIN.md 4 to 11)."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest

from gongshi.law.publishability import Standing
from gongshi.lifecycle.publication import record_publication
from gongshi.publish.composing.public_decision import DECISION_COLUMNS, PARTY_COLUMNS, PublicDecision, expected_own
from gongshi.publish.preparing import wall as module
from gongshi.publish.preparing.prepare import prepare
from gongshi.records.places import EPOCH, RANDOM_BITS
from gongshi.store.queries import approved

SECOND = {"party_name": "欧阳娜", "party_type": "自然人", "party_document_number": "220702198502022345", "fine": "300"}
MINOR = {"party_name": "高小宝", "party_type": "自然人", "party_document_number": "220702201205053456"}


def only(world: Any) -> PublicDecision:
    prepared = world.prepare()
    assert not prepared.refused
    assert len(prepared.rows) == 1
    return prepared.rows[0]


def everything(public: PublicDecision) -> str:
    return "\n".join(public.texts()) + "\n".join(public.search().values())


@pytest.mark.article("D17")
def test_a_companys_decision_is_public_with_its_law(world: Any, parties: Any) -> None:
    world.send(world.decision(parties=[{**parties["company"], "fine": "5000"}]))
    public = only(world)
    assert public.row["title"] == "松原市市场监督管理局对松原市例一商贸有限公司作出行政处罚（罚款5000元）"
    assert public.row["parties"] == "松原市例一商贸有限公司"
    assert public.parties[0]["uscc"] == parties["company"]["party_uscc"]
    assert public.row["legal_due"] == "2026-11-19"
    assert public.row["due_rule"]
    assert public.row["due_article"]
    assert (public.row["duty_rule"], bool(public.row["duty_article"])) == ("D16-publish", True)
    assert public.row["publish_until"] == "2031-11-20"
    assert public.row["first_published_on"] == public.row["updated_on"] == "2026-11-20"
    assert orjson.loads(public.row["held_fields"]) == []


def test_only_white_listed_columns_come_out(world: Any, parties: Any) -> None:
    for kind in ("licence", "penalty", "inspection"):
        world.send(world.decision(kind, remarks="内部备注不得外传", outcome="未发现问题", manner="现场检查"))
    for public in world.prepare().rows:
        assert set(public.row) == set(DECISION_COLUMNS)
        assert set(public.own) == expected_own(public.kind)
        assert all(set(party) == set(PARTY_COLUMNS) for party in public.parties)
        assert "内部备注" not in everything(public)


@pytest.mark.article("S1.4")
def test_a_persons_name_and_numbers_are_masked_in_every_field(world: Any, parties: Any) -> None:
    text = "张建国（身份证号220702198001011234，电话13812345678，家住宁江区锦绣小区3号楼2单元501室）驾驶吉J12345销售。"
    world.send(
        world.decision(
            parties=[parties["person"]],
            facts=text,
            content="对张 建国罚款500元",
            remedies="张建国可以申请复议",
            violation_type="张建国无证经营",
        )
    )
    public = only(world)
    shown = everything(public)
    assert public.row["parties"] == "张某某"
    assert public.row["title"] == "松原市市场监督管理局对张某某作出行政处罚（罚款500元）"
    assert public.row["facts"] == ("张某某（身份证号***，电话***，家住宁江区***）驾驶吉J***销售。")
    assert public.row["content"] == "对张某某罚款500元"
    for secret in ("建国", "220702198001011234", "13812345678", "锦绣", "12345"):
        assert secret not in shown
    assert orjson.loads(public.row["held_fields"]) == []


def test_a_shop_is_shown_and_its_operator_is_not(world: Any, parties: Any) -> None:
    world.send(world.decision(parties=[parties["trader"]], facts="经营者李秀英承认上述事实。"))
    public = only(world)
    assert public.row["parties"] == "宁江区例二小吃店（李某某）"
    assert public.parties[0]["uscc"] == parties["trader"]["party_uscc"]
    assert public.row["facts"] == "经营者李某某承认上述事实。"


def test_a_trader_without_a_trade_name_has_no_code_that_tells_who_it_is(world: Any, parties: Any) -> None:
    world.send(world.decision(parties=[{**parties["trader"], "party_name": "李秀英"}]))
    public = only(world)
    assert (public.parties[0]["name"], public.parties[0]["uscc"]) == ("李某某", None)


def test_a_person_is_masked_beside_a_company_of_the_same_name(world: Any, parties: Any) -> None:
    named = [{**parties["company"], "party_name": "张建国"}, parties["person"]]
    for order in (named, named[::-1]):
        world.send(world.decision(parties=order))
    for public in world.prepare().rows:
        assert {party["type"]: party["name"] for party in public.parties} == {
            "法人及非法人组织": "张建国",
            "自然人": "张某某",
        }


def test_a_name_that_only_an_earlier_version_told_is_masked_in_the_newer_one(world: Any) -> None:
    number = "松市监罚〔2026〕902号"
    world.send(world.decision(number=number, kept={"承办人": "孙志强"}))
    world.send(world.decision(number=number, facts="由孙志强查处。"))
    assert only(world).row["facts"] == "由孙某某查处。"


def test_a_decision_bears_the_name_that_its_department_had_on_its_day(world: Any) -> None:
    world.send(world.decision(decided_on="2018-03-01"), world.decision(decided_on="2019-01-15"))
    names = {public.row["decided_on"]: public.row["department_name"] for public in world.prepare().rows}
    assert names == {"2018-03-01": "松原市工商行政管理局", "2019-01-15": "松原市市场监督管理局"}


def test_a_name_stays_masked_that_an_earlier_version_or_another_column_told(world: Any, parties: Any) -> None:
    first = world.decision(parties=[parties["person"]], number="松市监罚〔2026〕900号")
    world.send(first)
    renamed = {**parties["person"], "party_name": "章建国", "replaces_party": "张建国"}
    facts = "章建国（曾误登记为张建国）由承办人孙志强查处。"
    world.send(
        world.decision(parties=[renamed], number="松市监罚〔2026〕900号", facts=facts, kept={"承办人": "孙志强"})
    )
    public = only(world)
    assert public.row["facts"] == "章某某（曾误登记为张某某）由承办人孙某某查处。"
    assert "建国" not in everything(public)


@pytest.mark.article("D28")
def test_a_party_whose_time_is_over_does_not_show_through_the_others(world: Any, parties: Any) -> None:
    world.send(
        world.decision(
            parties=[
                {**parties["person"], "content": "对张建国罚款500元"},
                {**parties["company"], "content": "对例一公司罚款5000元"},
                {**SECOND, "content": "对欧阳娜罚款300元"},
            ],
            decided_on="2023-03-01",
            facts="张建国、欧阳娜受松原市例一商贸有限公司雇佣。",
            earlier_published_on="2023-03-05",
        ),
        earlier=True,
        evidence="截图1号",
    )
    public = only(world)
    assert [(party["position"], party["name"]) for party in public.parties] == [(1, "松原市例一商贸有限公司")]
    assert public.row["parties"] == "松原市例一商贸有限公司"
    assert public.row["facts"] == "某某、某某受松原市例一商贸有限公司雇佣。"
    assert public.row["content"] == "对例一公司罚款5000元"
    assert public.parties[0]["own"] == "{}"
    for trace in ("建国", "张某", "欧阳", "500元。", "300元"):
        assert trace not in everything(public)


@pytest.mark.article("D18")
@pytest.mark.parametrize(
    ("parties_of", "values", "standing"),
    [
        (["minor"], {}, Standing.WITHHELD),
        (["minor", "company"], {}, Standing.HELD),
        (["company"], {"withhold_ground": "妨害执法", "withhold_reason": "侦查中"}, Standing.WITHHELD),
        (["company"], {"secrecy_checked": "0"}, Standing.HELD),
        (["company"], {"legal_basis": "《中华人民共和国治安管理处罚法》第四十三条"}, Standing.SEALED),
        (["ageless"], {}, Standing.HELD),
    ],
)
def test_what_the_law_keeps_back_is_not_among_the_rows(
    world: Any, parties: Any, parties_of: list[str], values: dict[str, str], standing: Standing
) -> None:
    known = {**parties, "minor": MINOR, "ageless": {"party_name": "王芳", "party_type": "自然人"}}
    world.send(world.decision(parties=[known[name] for name in parties_of], **values))
    prepared = world.prepare()
    assert prepared.rows == []
    assert [(how, bool(codes)) for _, how, codes in prepared.stopped] == [(standing, True)]


@pytest.mark.article("D30")
def test_a_possible_name_holds_its_field_until_the_reviewer_has_chosen(world: Any) -> None:
    facts = "王桂兰到场见证。"
    world.send(world.decision(facts=facts, number="松市监罚〔2026〕901号"))
    prepared = world.prepare()
    held = prepared.rows[0]
    assert held.row["facts"] is None
    assert held.row["content"] == "罚款人民币5000元。"
    assert orjson.loads(held.row["held_fields"]) == ["facts"]
    assert prepared.undecided == {held.id: ("王桂兰",)}
    assert "桂兰" not in everything(held)


@pytest.mark.article("D30")
@pytest.mark.parametrize(
    ("choice", "shown"),
    [({"mask_names": ["王桂兰"]}, "王某某到场见证。"), ({"open_names": ["王桂兰"]}, "王桂兰到场见证。")],
)
def test_the_reviewers_choice_is_followed(world: Any, choice: dict[str, list[str]], shown: str) -> None:
    world.send(world.decision(facts="王桂兰到场见证。"), **choice)
    prepared = world.prepare()
    assert prepared.rows[0].row["facts"] == shown
    assert prepared.undecided == {}


def test_an_opened_name_does_not_open_a_partys(world: Any, parties: Any) -> None:
    world.send(world.decision(parties=[parties["person"]], facts="张建国到场。"), open_names=["张建国"])
    assert only(world).row["facts"] == "张某某到场。"


def test_a_department_may_show_names(world: Any, parties: Any) -> None:
    from dataclasses import replace

    department = replace(world.instance.departments["11220700MB99000134"], show_natural_names=True)
    world.instance = replace(world.instance, departments={**world.instance.departments, department.key: department})
    world.send(world.decision(parties=[parties["person"]], facts="张建国到场，身份证220702198001011234。"))
    public = only(world)
    assert public.row["parties"] == "张建国"
    assert public.row["facts"] == "张建国到场，身份证***。"


def test_every_person_of_a_cell_is_known_in_the_text(world: Any, parties: Any) -> None:
    several = {**parties["company"], "legal_representative": "张和平、王丽 娟"}
    pair = {**parties["person"], "party_name": "李志强、陈雪"}
    world.send(world.decision(parties=[several, pair], facts="张和平、王丽娟、李志强与陈雪到场。"))
    public = only(world)
    assert public.row["facts"] == "张某某、王某某、李某某与陈某某到场。"
    assert public.row["parties"] == "松原市例一商贸有限公司、李某某、陈某某"


def test_a_representative_is_named_only_where_the_city_says_so(world: Any, parties: Any) -> None:
    from dataclasses import replace

    leader = {**parties["company"], "legal_representative": "赵丽华"}
    world.send(world.decision(parties=[leader], facts="法定代表人赵丽华承认。"))
    assert only(world).row["facts"] == "法定代表人赵某某承认。"
    world.instance = replace(world.instance, city=replace(world.instance.city, show_representative=True))
    assert only(world).row["facts"] == "法定代表人赵丽华承认。"


def test_a_companys_code_and_the_departments_telephone_survive_masking(world: Any, parties: Any) -> None:
    code = "112207000135491313"
    company = {**parties["company"], "party_uscc": code}
    world.send(world.decision(parties=[company], facts=f"代码{code}。", remedies="咨询电话0438-0000001。"))
    public = only(world)
    assert public.row["facts"] == f"代码{code}。"
    assert public.row["remedies"] == "咨询电话0438-0000001。"


def test_an_identity_number_as_a_certificates_number_is_masked(world: Any, parties: Any) -> None:
    number = "22070219800101123X"
    world.send(world.decision("licence", parties=[parties["person"]], certificate_number=number))
    assert only(world).own["certificate_number"] == "***"


def test_one_record_that_can_not_be_worked_out_stops_no_other(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    world.send(world.decision(facts="第一件"), world.decision(facts="第二件"), world.decision(facts="第三件"))
    real = module.compose

    def break_one(one: Any, *rest: Any) -> Any:
        if one.decision.values["facts"] == "第二件":
            raise RuntimeError("张建国 220702198001011234")
        return real(one, *rest)

    monkeypatch.setattr(module, "compose", break_one)
    prepared = world.prepare()
    assert len(prepared.rows) == 2
    assert [one.check for one in prepared.refused] == [module.FAILED]
    assert "张建国" not in prepared.refused[0].message
    assert [how for _, how, _ in prepared.stops] == ["held"]


def test_a_place_is_drawn_once_and_sorts_by_the_day(world: Any) -> None:
    world.send(world.decision(), world.decision(), world.decision())
    world.publish()
    first = {one.id: one.sort for one in approved(world.store)}
    world.today = date(2026, 11, 21)
    world.send(world.decision())
    world.publish()
    later = {one.id: one.sort for one in approved(world.store)}
    assert len(set(later.values())) == 4
    assert first.items() <= later.items()
    days = sorted((place or 0) >> RANDOM_BITS for place in later.values())
    assert days == [(date(2026, 11, day) - EPOCH).days for day in (20, 20, 20, 21)]


def test_two_records_never_share_a_place(world: Any) -> None:
    world.send(world.decision(), world.decision())
    drawn = iter([5, 5, 6])
    prepared = prepare(world.store, world.instance, world.today, lambda bits: next(drawn))
    assert sorted(row.sort & 0xFFFFF for row in prepared.rows) == [5, 6]


@pytest.mark.article("D31")
def test_a_correction_keeps_its_place_and_its_first_day(world: Any) -> None:
    world.send(world.decision(number="松市监罚〔2026〕902号"))
    world.publish()
    before = only(world)
    world.today = date(2026, 11, 25)
    world.send(world.decision(number="松市监罚〔2026〕902号", content="罚款人民币6000元。"))
    corrected = only(world)
    world.publish()
    after = only(world)
    assert corrected.row == after.row
    assert (after.sort, after.id) == (before.sort, before.id)
    assert (after.row["first_published_on"], after.row["updated_on"]) == ("2026-11-20", "2026-11-25")
    assert (before.row["corrected"], after.row["corrected"]) == (0, 1)
    assert before.digest != after.digest


@pytest.mark.article("D28")
def test_old_decisions_keep_their_old_day(world: Any) -> None:
    decision = world.decision(decided_on="2024-03-01", earlier_published_on="2024-03-08")
    world.send(decision, earlier=True, evidence="截图2号")
    before = only(world)
    world.publish()
    after = only(world)
    drawn = ("sort", "digest")
    assert {n: v for n, v in before.row.items() if n not in drawn} == {
        n: v for n, v in after.row.items() if n not in drawn
    }
    assert after.row["first_published_on"] == after.row["updated_on"] == "2024-03-08"
    assert after.row["publish_until"] == "2029-03-08"
    assert after.row["earlier"] == 1


def test_preparing_again_gives_the_same(world: Any, parties: Any) -> None:
    world.send(world.decision(parties=[parties["person"]]), world.decision("licence"))
    world.publish()
    once, again = world.prepare(), world.prepare()
    assert once == again
    world.today = date(2026, 12, 5)
    assert world.prepare().rows == once.rows


def test_a_decision_that_comes_back_says_so_by_its_day(world: Any) -> None:
    world.send(world.decision())
    world.publish()
    world.today = date(2026, 11, 23)
    record_publication(world.store, [], [(only(world).id, "held", ["gate_region"])], world.today, world.now)
    world.today = date(2026, 11, 24)
    row = only(world).row
    assert (row["first_published_on"], row["updated_on"]) == ("2026-11-20", "2026-11-24")
    world.publish()
    world.today = date(2026, 11, 25)
    assert only(world).row == row, "the same the day after"
