"""One box finds each sort of thing and says which it is; its numbers are what a click gives; nothing leads nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from gongshi.query.database import Reading, follow
from gongshi.query.everything import TELLING, Found, everything
from gongshi.query.facets import Count
from gongshi.query.filters import DECISION, DEPARTMENT, HELP, LAW, RECORDS
from gongshi.query.metadata import SETTINGS
from gongshi.query.question import parse
from gongshi.query.registered.items import RecordItem
from tests.query import registers

Ask = Callable[..., Found]
NAME = "瑾瑜阁"


@pytest.fixture(scope="module")
def ask(make: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    (market, name), (other, other_name), *_ = make.departments.items()
    path = make.write(
        tmp_path_factory.mktemp("everything") / "public.db",
        [
            make.Decision(
                101, number="松市监罚〔2026〕7号", party=f"松原{NAME}商贸有限公司", uscc="91220700MA0000000X"
            ),
            make.Decision(104, kind="inspection", party="松原甲己商贸有限公司", facts=f"检查{NAME}牌食品"),
            *(make.Decision(200 + 3 * at, kind="licence", content="准予经营") for at in range(30)),
        ],
    )
    place = (market, name, "220700")
    registers.publish(
        Path(path),
        [
            registers.made(1, "officer", place, name="赵示安", certificate_number="22070100017"),
            registers.made(2, "service_guide", place, name=f"{NAME}办事指南"),
            registers.made(3, "normative_text", place, title="别的规定", body=f"说到{NAME}一次。"),
            registers.made(4, "subject", place, name=name),
            registers.made(5, "normative_text", place, title="同名目录", body="甲。"),
            registers.made(6, "normative_text", (other, other_name, "220700"), title="同名目录", body="乙。"),
            registers.made(9, "normative_text", place, title="本部门的目录", body="一。"),
            registers.made(10, "normative_text", place, title="本部门的目录", body="二。"),
            registers.made(7, "officer", place, name="钱示乙", certificate_number="22070100021"),
            registers.made(8, "officer", place, name="钱示乙", certificate_number="22070100022"),
        ],
    )
    with asyncio.Runner() as runner:
        datasette = Datasette([str(path)], settings=dict(SETTINGS))

        async def looked(read: Callable[[Reading], Found]) -> Found:
            return await follow(datasette).look(read)

        yield lambda q="", **more: runner.run(looked(lambda db: everything(db, parse({"q": q, **more}.items()))))


def kinds(found: Found) -> list[str]:
    """What stands beside the decisions, the first first."""
    return [
        one.found.record.kind if isinstance(one.found, RecordItem) else one.found.thing.type for one in found.others
    ]


def test_what_is_named_so_stands_before_what_merely_has_the_words(ask: Ask) -> None:
    found = ask(NAME)
    assert kinds(found) == ["service_guide", "normative_text"]
    assert [other.score >= TELLING for other in found.others] == [True, False]
    assert [item.row["sort"] for item in found.decisions.items] == [101, 104]  # type: ignore[union-attr]


def test_what_several_departments_have_by_one_name_stands_once(ask: Ask) -> None:
    found = ask("同名目录")
    assert [(other.found.record.kind, other.elsewhere) for other in found.others] == [("normative_text", True)]  # type: ignore[union-attr]
    assert {tab.type: tab.count for tab in found.tabs}[RECORDS] == Count(2), "both are counted, and listed there"
    assert [one.elsewhere for one in ask("本部门的目录").others] == [False]
    assert len(ask("示乙").others) == 2, "two persons of one name are two"


def test_each_sort_of_thing_is_found_by_its_name_and_says_what_it_is(ask: Ask, make: Any) -> None:
    department = next(iter(make.departments.values()))
    for typed, type_ in (("赵示安", "officer"), (department, DEPARTMENT), ("怎样查找", HELP)):
        found = ask(typed)
        assert type_ in {*kinds(found), *(one.type for one in found.understood.direct)}, typed
    assert "subject" not in kinds(ask(department)), "what its department's page says stands there once"


@pytest.mark.parametrize("typed", [NAME, "商贸", "示", "经营", "公示", ""])
def test_the_number_of_a_tab_is_what_it_shows(ask: Ask, typed: str) -> None:
    found = ask(typed)
    assert [tab.type for tab in found.tabs][:2] == ["", DECISION]
    for tab in found.tabs:
        assert tab.is_current is (tab.type == "")
        assert tab.count != Count(0), "leads somewhere"
        if tab.type:
            clicked = ask(typed, type=tab.type)
            assert clicked.total == tab.count, tab
            assert next(one for one in clicked.tabs if one.is_current).type == tab.type
            assert clicked.tabs[1].count == found.tabs[1].count, "the others stay as they were"


def test_what_narrows_decisions_leaves_other_things_to_their_tabs(ask: Ask) -> None:
    found = ask(NAME, kind="penalty")
    assert found.others == ()
    assert found.total == Count(1)
    counts = {tab.type: tab.count for tab in found.tabs}
    assert (counts[DECISION], counts[RECORDS]) == (Count(2), Count(2)), "without the condition, as their addresses"
    assert all(not tab.question.is_narrowed for tab in found.tabs)


def test_where_nothing_is_found_every_proposal_finds_something(ask: Ask) -> None:
    found = ask(f"{NAME} 准予经营", kind="penalty", department="")
    assert found.total == Count(0)
    assert [one.why for one in found.tries] == [f"只查“{NAME}”", "只查“准予经营”"]
    narrowed = ask(NAME, kind="licence", year="2026")
    assert [one.why for one in narrowed.tries] == ["不限“执法类别”"]
    for one in (*found.tries, *narrowed.tries):
        again = ask(**{"q": one.question.q, **one.question.narrowing})
        assert again.total == one.count
        assert again.total != Count(0)


def test_who_finds_nothing_of_a_department_is_told_its_telephone(ask: Ask, make: Any) -> None:
    key, name = next(iter(make.departments.items()))
    whom = ask("无此词", department=key).whom
    assert whom is not None
    assert whom.department == name
    assert whom.phone.startswith("0438-")
    assert ask("无此词").whom is None
    assert ask(NAME, department=key).whom is None


def test_a_number_finds_that_number_and_nothing_like_it(ask: Ask) -> None:
    for typed in ("松市监罚2026-7", "2026-7号", "松市监罚[2026]007号"):
        found = ask(typed)
        assert [item.row["sort"] for item in found.decisions.items] == [101], typed  # type: ignore[union-attr]
        assert found.question.q == typed, "stays in every address"
        assert found.others == ()


def test_types_that_mean_nothing_to_a_filter_leave_it_out(ask: Ask) -> None:
    found = ask(NAME, type="officer", kind="penalty")
    assert found.records is not None
    assert found.total == Count(0)
    assert found.question.address() == f"/search?q={'%E7%91%BE%E7%91%9C%E9%98%81'}&type=officer"
    assert ask("示安", type="officer").total == Count(1)
    assert ask("食品安全法", type=LAW).total == Count(0)


def test_what_is_nearly_right_is_shown_and_goes_on_as_it_is_right(ask: Ask) -> None:
    found = ask("瑾瑜格商贸有限公司")
    assert [near.distance for near in found.near] == [1]
    assert [item.row["sort"] for item in found.decisions.items] == [101]  # type: ignore[union-attr]
    assert found.question.q == "瑾瑜格商贸有限公司", "stays in the box"
    assert NAME in found.addressed.q, "every link goes on with the name that is there"
    assert ask(found.addressed.q, kind="penalty").total == Count(1)
