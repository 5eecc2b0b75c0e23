"""Did you mean: names of organisations that are nearly what was typed, and never anybody's own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from gongshi.query import near as module
from gongshi.query import timed
from gongshi.query.database import NotAtOnce, Reading, follow
from gongshi.query.distance import likest
from gongshi.query.likenesses import Likenesses
from gongshi.query.metadata import SETTINGS
from gongshi.query.near import Near, near
from gongshi.query.question import parse
from gongshi.records.party import NATURAL_PERSON, SOLE_TRADER
from tests.query import registers

COMPANIES = (
    "松原市恒净环保科技有限公司",
    "松原市泰和恒化工有限公司",
    "松原市永利达铸造有限公司",
    "松原市鼎立商贸有限公司",
    "松原市宁江区民乐骏热力有限公司",
    "松原市安康大药房有限公司",
    "松原市宏图新能源股份有限公司",
    "前郭尔罗斯蒙古族自治县长山热电有限责任公司",
    "松原市Acme商贸有限公司",
    "松原市张示华律师事务所（普通合伙）",
    "长岭县大地农民专业合作社",
)
OTHERS = (("松原市鸿运来小吃部", SOLE_TRADER), ("欧阳某某", NATURAL_PERSON), ("李示例", NATURAL_PERSON))

Ask = Callable[..., tuple[Near, ...]]


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory, make: Any) -> Path:
    path: Path = tmp_path_factory.mktemp("near") / "build" / "public.db"
    named = [
        make.Decision(1000 + at * 7, party=name, uscc=f"91220702MA17{at:04}3A", number=f"松示例罚〔2026〕{at}号")
        for at, name in enumerate(COMPANIES)
    ]
    others = [make.Decision(5000 + at, party=name, party_type=kind) for at, (name, kind) in enumerate(OTHERS)]
    make.write(path, [*named, *others])
    return path


@pytest.fixture
def ask(public: Path) -> Ask:
    def asked(q: str, *pairs: tuple[str, str], words: tuple[str, ...] = ()) -> tuple[Near, ...]:
        def look(db: Reading) -> tuple[Near, ...]:
            return near(db, parse([("q", q), *pairs]), lambda db: Likenesses(words))

        async def run() -> tuple[Near, ...]:
            return await follow(Datasette([str(public)], settings=dict(SETTINGS))).look(look)

        return asyncio.run(run())

    return asked


FOUND = {
    "恒静环保": "恒净环保",  # of the same sound
    "横静环宝": "恒净环保",  # all of them
    "松原市泰合恒化工有限公司": "松原市泰和恒化工有限公司",
    "安康大药方": "安康大药房",
    "鼎丘商贸": "鼎立商贸",  # looks alike
    "秦和恒化工": "泰和恒化工",
    "恒净坏保": "恒净环保",
    "恒净环堡": "恒净环保",
    "永达铸造": "永利达铸造",  # one missing
    "松原市永达铸造有限公司": "松原市永利达铸造有限公司",
    "民乐热力": "民乐骏热力",
    "松原市净环保科技有限公司": "松原市恒净环保科技有限公司",
    "恒净净环保": "恒净环保",  # one too many
    "鼎立的商贸": "鼎立商贸",
    "净恒环保": "恒净环保",  # two exchanged
    "立鼎商贸": "鼎立商贸",
    "泰和恒工化": "泰和恒化工",
    "宏图新能原": "宏图新能源",
    "鸿图新能愿": "宏图新能源",  # two wrong
    "宏涂新能源股份": "宏图新能源股份",
    "红图新能员股份": "宏图新能源股份",
    "长山热典": "长山热电",
    "长山热电有限责任公司松原分公司": "",
    "定立": "鼎立商贸",  # two characters by their sound, named in full
    "达地": "大地",
    "恆靜環保": "恒净环保",  # traditional ones
    "acne商贸": "acme商贸",
    "张示花律师": "张示华律师",
    "张示画": "张示华律师事务所",  # what could be a person's name is told with what says that it is none
}
FOUND["长山热电有限责任公司松原分公司"] = "长山热电"
NOTHING = (
    "鸿运来小吃店",  # a sole trader
    "红运来小吃部",
    "欧阳某人",  # natural persons
    "李示力",
    "李石例",
    "丁",  # one character tells nothing
    "丘丁",  # two that sound like nothing
    "完全不同的东西",
    "九个字以上的东西谁也没有写过的名称有限公司",
    "松示例罚〔2026〕99号",
    "91220702MA17XXXX9Z",
    "\"*' OR 1=1 --",
    "（（（",
)


@pytest.mark.parametrize("typed", FOUND)
def test_a_mistaken_name_still_leads_to_the_organisation(ask: Ask, typed: str) -> None:
    found = ask(typed)
    assert [one.text for one in found[:1]] == [FOUND[typed]]
    assert (found[0].count.value, found[0].count.exact) == (1, True)
    assert found[0].question.q == FOUND[typed]


@pytest.mark.parametrize(
    ("typed", "sure"),
    [
        ("恒静环保", True),
        ("净恒环保", True),
        ("永达铸造", True),
        ("恒净净环保", True),
        ("鼎丘商贸", False),
        ("恒大环保", False),
    ],
)
def test_what_sounds_otherwise_may_be_another_s_name(ask: Ask, typed: str, sure: bool) -> None:
    (found,) = ask(typed)
    assert found.sure is sure


@pytest.mark.article("D7")
@pytest.mark.parametrize("typed", NOTHING)
def test_nobody_and_nothing_else_is_ever_brought_up(ask: Ask, typed: str) -> None:
    assert ask(typed) == ()


def test_of_several_words_the_one_that_nothing_has_is_replaced(ask: Ask) -> None:
    (found,) = ask("罚款 恒静环保")
    assert found.question.words == ("罚款", "恒净环保")
    assert ask("罚款 恒静环保", ("kind", "licence")) == (), "what gives nothing is not brought up"
    assert ask("罚款 恒净环保") == (), "nothing is wrong with the words"


def test_words_of_the_site_are_compared_too(ask: Ask) -> None:
    words = ("食品经营许可证", "食品经营许可证核发", "营业执照")
    (found,) = ask("食品经营许可正", words=words)
    assert (found.text, found.distance) == ("食品经营许可证", 1)
    (found,) = ask("食经营许可证", words=words)
    assert found.text == "食品经营许可证"
    assert ask("食品经营许可店", words=words)[0].text == "食品经营许可证", "the whole of one, never a part of another"


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("宏远", "松原市宏远商贸", (0, 3, 5)),
        ("宏元商贸", "松原市宏远商贸有限公司", (1, 3, 7)),
        ("远宏商贸", "松原市宏远商贸有限公司", (1, 3, 7)),
        ("宏商贸", "松原市宏远商贸有限公司", (1, 3, 7)),
        ("宏远远商贸", "松原市宏远商贸有限公司", (1, 3, 7)),
        ("甲乙", "", (2, 0, 0)),
        ("", "甲乙", (0, 0, 0)),
        ("甲乙丙", "丁戊己", (3, 0, 3)),
    ],
)
def test_the_part_that_is_most_like_a_word(word: str, text: str, expected: tuple[int, int, int]) -> None:
    assert likest(word, text) == expected


def test_it_takes_its_time_elsewhere_and_ends_when_that_is_over(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Reading] = []
    looked = Reading.at_leisure

    def noted(db: Reading) -> None:
        tried.append(db)
        looked(db)

    monkeypatch.setattr(Reading, "at_leisure", noted)
    assert ask("恒静环保")
    assert len(tried) == 2, "at once it does not even begin"
    with pytest.raises(NotAtOnce):
        looked(tried[0])
    monkeypatch.setattr(module, "LIMIT_MS", 0)
    assert ask("恒静环保") == ()


@pytest.mark.parametrize("clock", ["thread_time", "perf_counter"])
def test_what_was_found_in_time_is_brought_up(ask: Ask, monkeypatch: pytest.MonkeyPatch, clock: str) -> None:
    """The time is over after some questions, whichever of the two clocks says so."""
    ticks = iter(range(10**6))
    monkeypatch.setattr(timed, clock, lambda: next(ticks) / 200)
    assert [one.text for one in ask("恒静环保")] in ([], ["恒净环保"])


def test_registers_are_brought_up_by_words_of_the_site(tmp_path_factory: pytest.TempPathFactory, make: Any) -> None:
    """Where no decision has the word, and where they alone are searched; what has ended does not count."""
    path = tmp_path_factory.mktemp("near") / "build" / "public.db"
    make.write(path, [make.Decision(1000, party="松原市示例证卷有限公司", uscc="91220702MA17XXXX3A")])
    department = (*next(iter(make.departments.items())), "220700")
    texts = [registers.made(at, "normative_text", department, title="示例证书的核发") for at in (1, 2)]
    ended = registers.made(3, "normative_text", department, title="示例证书的核发", row={"standing": "ended"})
    officer = registers.made(4, "officer", department, name="赵示安")
    registers.publish(path, [*texts, ended, officer])
    asked = {
        (("q", "示例证书的核法"),): [("示例证书的核发", 2, False)],
        (("q", "示例证书的核法"), ("kind", "penalty")): [],
        (("q", "示例证书的核法"), ("type", "decision")): [],
        (("q", "示例证书的核法"), ("type", "records")): [("示例证书的核发", 2, False)],
        (("q", "示例证书的核法"), ("type", "normative_text")): [("示例证书的核发", 2, False)],
        (("q", "示例证书的核法"), ("type", "officer")): [],
        (("q", "示例证券"), ("type", "records")): [],
        (("q", "赵石安"), ("type", "officer")): [],
        (("q", "赵示案"), ("type", "records")): [],
    }

    def look(db: Reading) -> dict[Any, list[tuple[str, int, bool]]]:
        found = {pairs: near(db, parse(pairs), lambda db: Likenesses(["示例证书的核发"])) for pairs in asked}
        return {pairs: [(one.text, one.count.value, one.sure) for one in some] for pairs, some in found.items()}

    async def run() -> dict[Any, list[tuple[str, int, bool]]]:
        return await follow(Datasette([str(path)], settings=dict(SETTINGS))).look(look)

    assert asyncio.run(run()) == asked
