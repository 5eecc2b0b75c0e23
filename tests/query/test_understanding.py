"""What is meant by what somebody typed, what a whole query names, what is found beside decisions, what is suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from gongshi.instance import load
from gongshi.publish.database.public_db import write_full
from gongshi.publish.notices.notice import NOTICE_COLUMNS, PublicNotice, seal_notice
from gongshi.query import things, understanding
from gongshi.query.answers import Answers
from gongshi.query.database import Reading
from gongshi.query.lexicon import lexicon
from gongshi.query.question import Question
from gongshi.query.spelling import spelled, typed_letters
from gongshi.query.suggest import MOST, suggestions
from gongshi.query.tokens import MAX_WORDS, normalise, words
from gongshi.query.understanding import KNOWN_AS, LETTERS, MEANT, NUMBER, Understood, as_it_stands, understood
from gongshi.query.vocabulary import CITED, FREQUENT, names
from gongshi.records.party import NATURAL_PERSON, SOLE_TRADER
from gongshi.store.sqlite import connect

T = TypeVar("T")
Look = Callable[[Callable[[Reading], T]], T]

ROOT = Path(__file__).parents[2]
USCC = "91220702MA17XXXX3A"
FREQUENTLY, SELDOM = "占用城市道路摆摊经营", "破坏种植条件"


def _notice(public: Any) -> PublicNotice:
    told = {
        "document_number": "松市监罚〔2026〕301号",
        "withdrawn_on": "2026-11-20",
        "ending": "revoked",
        "ending_label": "撤销",
        "instrument_number": "松政复决〔2026〕7号",
        "reason": "经行政复议，认定原处罚决定违反法定程序，予以撤销。",
        "in_sitemap": 0,
    }
    row = dict.fromkeys(NOTICE_COLUMNS[:-1]) | {name: public.row[name] for name in NOTICE_COLUMNS if name in public.row}
    del row["digest"]
    return seal_notice(row | told | {"sort": public.sort + 1, "id": f"{7:016x}"})


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, make: Any) -> Path:
    law, rare = {"legal_basis": "《中华人民共和国食品安全法》第三十四条"}, {"legal_basis": "《旅游法》第三条"}
    decisions = [
        make.Decision(
            1000, number="松环罚〔2026〕318号", party="松原市恒净环保科技有限公司", uscc=USCC, content="罚款254000元"
        ),
        make.Decision(1003, number="松市监罚〔2026〕第12号", party="松原市鼎立商贸有限公司", facts="货值金额3万元"),
        make.Decision(1006, number="松卫医罚〔2024〕0003号", party="张某某", party_type=NATURAL_PERSON),
        make.Decision(1009, number="松城管罚〔2026〕户外003号", party="鸿运小吃部", party_type=SOLE_TRADER),
        make.Decision(1012, kind="licence", number="松卫许〔2026〕1号", own={"certificate_number": "JY222070475032"}),
        make.Decision(1015, number="松公罚〔2026〕2号", facts="当事人饮酒后驾驶机动车，血液酒精含量65mg/100mL"),
    ]
    often = [
        make.Decision(
            2000 + at, own={"violation_type": FREQUENTLY}, party_own=law if at < CITED else rare if at == CITED else {}
        )
        for at in range(FREQUENT)
    ]
    seldom = [make.Decision(3000 + at, own={"violation_type": SELDOM}) for at in range(FREQUENT - 1)]
    path: Path = tmp_path_factory.mktemp("words") / "build" / "public.db"
    public = [one.public for one in (*decisions, *often, *seldom)]
    write_full(path, load(ROOT), public, "0" * 64, [_notice(public[1])])
    return path


@pytest.fixture(scope="module")
def look(city: Path) -> Iterator[Look[Any]]:
    kept: dict[str, Any] = {}
    with closing(connect(city, read_only=True)) as db:
        yield lambda ask: ask(Reading(db, 1000, kept, Answers(0, lambda seconds, step: None)))


def asked(look: Look[Understood], typed: str, **more: Any) -> Understood:
    return look(lambda db: understood(db, Question(q=typed, **more)))


TAKEN = [
    ("2026-318号", NUMBER, "", "2026:318"),
    ("2026-318", NUMBER, "", "2026:318"),
    ("2026年318号", NUMBER, "", "2026:318"),
    ("２０２６－３１８号", NUMBER, "", "2026:318"),
    ("2026年第12号", NUMBER, "", "2026:12"),
    ("2026_0318", NUMBER, "", "2026:318"),
    ("松市监罚2026-12", NUMBER, "松市监罚", "2026:12"),
    ("松环罚 2026-318", NUMBER, "松环罚", "2026:318"),
    ("松卫医罚〔2024〕3号", NUMBER, "松卫医罚", "2024:3"),
    ("松市监罚[2026]12号", NUMBER, "松市监罚", "2026:12"),
    ("松环罚〔2026〕0318号", NUMBER, "松环罚", "2026:318"),
    ("songyuan", LETTERS, "松原", ""),
    ("SongYuan", LETTERS, "松原", ""),
    ("song yuan", LETTERS, "松原", ""),
    ("cfjd", LETTERS, "处罚决定", ""),
    ("hengjinghuanbao", LETTERS, "恒净环保", ""),
    ("hjhbkj", LETTERS, "恒净环保科技", ""),
    ("spaqf", LETTERS, "食品安全法", ""),
    ("songyuan 罚款", LETTERS, "松原 罚款", ""),
    ("酒驾", KNOWN_AS, "饮酒后驾驶", ""),
    ("松原市环保局", KNOWN_AS, "松原市环境保护局", ""),
    ("酒驾怎么办", KNOWN_AS, "饮酒后驾驶", ""),
    ("为什么饮酒后驾驶", KNOWN_AS, "饮酒后驾驶", ""),
    ("恒净环保，罚款", MEANT, "恒净环保 罚款", ""),
    ("恒净环保罚款", MEANT, "恒净环保 罚款", ""),
    ("shengtaihuanjingju", LETTERS, "生态环境局", ""),
    ("sthjj", LETTERS, "生态环境局", ""),
    ("25.4万元", MEANT, "254000元", ""),
    ("罚款25.4万", MEANT, "罚款254000元", ""),
    ("30000元", MEANT, "3万元", ""),
    ("罚款5000元", MEANT, "罚款 5000元", ""),
]
AS_TYPED = [
    "松环罚〔2026〕318号",
    "恒净环保",
    "张某某",
    "mg",
    "MG/100ML",
    "2026-987654",
    "2026-03-02",
    "没有这样的东西",
    "qqxxzz",
    "123456-2026-1",
    "生态环境局",
    "5000元",
    "7万亩",
]


@pytest.mark.parametrize(("typed", "by", "q", "number"), TAKEN)
def test_what_was_typed_otherwise_is_understood(look: Look[Any], typed: str, by: str, q: str, number: str) -> None:
    found = asked(look, typed)
    assert (found.by, found.question.q.split(), found.question.number) == (by, q.split(), number)
    assert found.source == typed
    assert found.word


@pytest.mark.parametrize("typed", AS_TYPED)
def test_what_stands_somewhere_or_means_nothing_stays_as_it_was_typed(look: Look[Any], typed: str) -> None:
    found = asked(look, typed)
    assert (found.by, found.question.q, found.question.number) == ("", typed, "")


def test_what_looks_like_a_number_is_searched_for_as_it_stands_where_it_is_quoted(look: Look[Any]) -> None:
    for quoted in (as_it_stands("2026-318"), '"2026-318"'):
        found = asked(look, quoted)
        assert (found.by, found.question.q, found.question.number) == ("", "2026-318", "")


def test_conditions_and_the_page_stay_when_words_are_taken_otherwise(look: Look[Any]) -> None:
    found = asked(look, "2026-318", kind="penalty", page=3).question
    assert (found.kind, found.page) == ("penalty", 3)


def test_a_word_that_says_what_sort_of_thing_is_sought_narrows_the_search(look: Look[Any]) -> None:
    found = asked(look, "食品 法律法规")
    assert (found.by, found.question.q, found.question.type) == (MEANT, "食品", "law")
    assert found.word == "食品（法律法规）"
    assert asked(look, "食品 公示牌").question.type == ""


NAMED = [
    ("松环罚〔2026〕318号", "decision"),
    ("松环罚[2026]第0318号", "decision"),
    ("松卫医罚（2024）3号", "decision"),
    ("松城管罚〔2026〕户外003号", "decision"),
    ("jy222070475032", "decision"),
    ("松市监罚(2026)301号", "notice"),
    (USCC, "organisation"),
    (f"{USCC[:8]} {USCC[8:].lower()}", "organisation"),
    ("松原市生态环境局", "department"),
    ("松原市环境保护局", "department"),
    ("住建局", "department"),
    ("11220700MB9900021Y", "department"),
    ("食品安全法", "law"),
    ("《中华人民共和国食品安全法》", "law"),
]


@pytest.mark.parametrize(("typed", "kind"), NAMED)
def test_what_a_whole_query_names_comes_first(look: Look[Any], typed: str, kind: str) -> None:
    found = asked(look, typed).direct
    assert [one.type for one in found] == [kind]
    assert found[0].path.startswith("/")


@pytest.mark.parametrize(
    "typed", ["恒净环保", "松环罚〔2026〕31", "食品安全", "松环罚〔2026〕3181号", "环境", "张某某"]
)
def test_a_part_of_a_name_names_nothing(look: Look[Any], typed: str) -> None:
    assert asked(look, typed).direct == ()


FOUND = [
    ("环境保护局", "department", "松原市生态环境局"),
    ("前郭 市场监督管理局", "department", "前郭尔罗斯蒙古族自治县市场监督管理局"),
    ("安全法", "law", "食品安全法"),
    ("违反法定程序", "notice", "松市监罚〔2026〕301号的撤下说明"),
    ("松政复决〔2026〕7号", "notice", "松市监罚〔2026〕301号的撤下说明"),
    ("公示多久", "help", "公示多久"),
    ("行政许可", "help", "行政许可"),
    ("行政处罚决定书", "help", "行政处罚"),
    ("处罚决定", "help", "行政处罚"),
    ("执法证", "help", "执法人员"),
    ("依申请公开", "help", "为什么查不到"),
    ("投诉", "help", "部门和监督渠道"),
    ("扶余市", "help", "扶余市的执法公示"),
    ("前郭县", "help", "前郭尔罗斯蒙古族自治县的执法公示"),
    ("纠错", "help", "认为不应公示或者公示有误"),
    ("公示期限", "help", "公示多久"),
    ("字太小", "help", "字号、颜色和对比度"),
    ("不服处罚", "help", "对决定不服"),
    ("交罚款", "help", "怎样交罚款"),
    ("乱罚款", "help", "乱收费、乱罚款找谁"),
    ("处罚多久撤下来", "help", "处罚信息什么时候撤下"),
    ("没收到决定书", "help", "没有收到决定书"),
]


@pytest.mark.parametrize(("typed", "kind", "name"), FOUND)
def test_departments_laws_notices_and_pages_are_found(look: Look[Any], typed: str, kind: str, name: str) -> None:
    def best(db: Reading) -> things.Hit:
        ranked = things.ranked(db, words(typed))
        return things.hit(ranked[0][1], ranked[0][0], words(typed))

    found = look(best)
    assert (found.thing.type, found.thing.name) == (kind, name)
    assert "".join(piece.text for piece in found.title) == name


@pytest.mark.parametrize("typed", ["2020-1号", "2024-318", "松环罚 2020-318号"])
def test_of_a_number_that_is_not_there_its_year_and_serial_are_not_looked_for_apart(
    look: Look[Any], typed: str
) -> None:
    assert asked(look, typed).by == ""


def test_the_number_of_a_text_is_found_with_a_dash(look: Look[Any]) -> None:
    found = asked(look, "松政复决2026-7号")
    assert (found.by, found.question.q, found.question.number) == (MEANT, "松政复决 〔2026〕7号", "")


def test_who_names_a_department_in_one_word_with_a_complaint_is_led_to_the_page_that_says_whom_to_ask(
    look: Look[Any],
) -> None:
    meant = asked(look, "城管乱收费")
    assert (meant.by, list(meant.question.words)) == (KNOWN_AS, ["城市管理", "乱收费"])
    (best, *_) = look(lambda db: things.ranked(db, meant.question.words))
    assert best[1].name == "乱收费、乱罚款找谁"


def test_each_name_of_a_page_is_of_a_page_that_is_there_and_of_one(look: Look[Any]) -> None:
    pages = {thing.name: thing for thing in look(lambda db: things.listed(db, things.HELP))}
    asked_for = {name: also for name, also in things._ALSO.items() if name != "officers"}
    assert asked_for.keys() <= pages.keys()
    told = [normalise(word) for also in asked_for.values() for word in also]
    assert len(told) == len(set(told))


def test_a_long_word_is_cut_beside_a_word_of_the_trade_first() -> None:
    assert list(understanding._apart(["罚款3万元"])) == ["罚款 3万元"], "an amount stays whole"
    cut = [next(understanding._apart((word,))) for word in ("行政许可决定书", "行政处罚公示多久", "松原恒净环保")]
    assert cut == ["行政许可 决定书", "行政处罚 公示多久", "松原恒 净环保"]


def test_of_pages_that_are_called_so_readers_pages_come_before_manuals(look: Look[Any]) -> None:
    called = [
        thing.path.split("#")[0]
        for _, thing in look(lambda db: things.ranked(db, ("公示",)))
        if "公示" in thing.name and thing.path.startswith("/about/")
    ]
    manuals = [path for path in called if path in things._MANUALS]
    assert 0 < len(manuals) < len(called)
    assert called[-len(manuals) :] == manuals


def test_things_without_words_or_with_one_too_many_are_none(look: Look[Any]) -> None:
    assert look(lambda db: (things.ranked(db, ()), things.ranked(db, ("环境", "没有这个")))) == ([], [])


def test_without_words_all_of_one_type_can_be_listed(look: Look[Any]) -> None:
    assert [thing.name for thing in look(lambda db: things.listed(db, "law"))] == ["食品安全法", "旅游法"]


@pytest.mark.parametrize(
    "typed", ["松原", "局", "安全 法", "公示", "撤", "第", "a", "行政 许可 决定", "。", "松原市公安局 松"]
)
def test_what_is_looked_for_in_one_text_is_what_each_one_has(look: Look[Any], typed: str) -> None:
    def told(thing: things.Thing) -> str:
        return normalise("\n".join((thing.name, *thing.also, thing.number, thing.note, thing.text)))

    everything = [thing for type_ in things.TYPES for thing in look(lambda db, type_=type_: things.listed(db, type_))]
    found = [thing for _, thing in look(lambda db: things.ranked(db, words(typed)))]
    assert set(found) == {thing for thing in everything if all(word in told(thing) for word in words(typed))}
    assert len(found) == len(set(found))


SUGGESTED = [
    ("松原", "松原市", (0, 2)),
    ("songy", "松原市", (0, 2)),
    ("cfjd", "处罚决定", (0, 4)),
    ("xingzhengchu", "行政处罚", (0, 3)),
    ("环境", "松原市生态环境局", (5, 7)),
    ("食品安", "食品安全法", (0, 3)),
    ("恒净", "松原市恒净环保科技有限公司", (3, 5)),
    ("hengj", "松原市恒净环保科技有限公司", (3, 5)),
    ("占用城", FREQUENTLY, (0, 3)),
    ("環境保護", "松原市环境保护局", (3, 7)),
    ("卫健委", "卫健委", (0, 3)),
]


@pytest.mark.parametrize(("typed", "text", "marks"), SUGGESTED)
def test_names_and_terms_are_suggested(look: Look[Any], typed: str, text: str, marks: tuple[int, int]) -> None:
    found = {one.text: one for one in look(lambda db: suggestions(db, typed))}
    assert text in found
    assert found[text].marks == marks
    assert found[text].path.startswith("/")
    assert len(found) <= MOST


def test_a_department_comes_first_by_its_name_without_its_place(look: Look[Any]) -> None:
    for typed in ("生态环境", "shengtaihuanjing", "sthj"):
        assert look(lambda db, typed=typed: suggestions(db, typed))[0].text == "松原市生态环境局"


NEVER = [
    "张某某",
    "张",
    "zhangmoumou",
    "鸿运",
    "hongyun",
    SELDOM,
    "旅游法",
    "罚款人民币5000元",
    "当事人",
    "示例商贸有限",
    "s",
    "2026",
    "",
]


@pytest.mark.parametrize("typed", NEVER)
def test_no_person_no_trader_nothing_rare_and_no_text_is_suggested(look: Look[Any], typed: str) -> None:
    found = [one.text for one in look(lambda db: suggestions(db, typed))]
    told = {normalise(term) for term in (*lexicon().terms, *look(names).texts)}
    assert all(normalise(text) in told for text in found)
    assert not {"张某某", "鸿运小吃部", SELDOM, "旅游法"}.intersection(found)


def test_nothing_is_meant_by_letters_that_may_not_be_suggested(look: Look[Any]) -> None:
    assert [asked(look, typed).by for typed in ("zhangmoumou", "hongyunxiaochibu", "pohuaizhongzhitiaojian")] == [
        "",
        "",
        "",
    ]


ODD = st.text(
    st.sampled_from("松原罚款 aZz09〔〕[]《》年第号-－—'\"*()^:+\0\u200b张張0x３，。") | st.characters(),
    max_size=30,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=ODD)
def test_whatever_is_typed_is_answered(look: Look[Any], typed: str) -> None:
    if len(words(typed)) > MAX_WORDS:
        return
    found = asked(look, typed)
    assert bool(found.by) == (found.question.q != typed or bool(found.question.number))
    assert len(look(lambda db: suggestions(db, typed))) <= MOST
    assert all(one.path.startswith("/") and not one.path.startswith("//") for one in found.direct)


def test_terms_and_the_names_of_departments_are_read_as_a_reader_reads_them(look: Look[Any]) -> None:
    for text in look(names).texts:
        chinese = "".join(filter(lambda one: "\u4e00" <= one <= "\u9fff", normalise(text)))
        typed = typed_letters("".join(lazy_pinyin(chinese)))
        assert not typed or typed in {one.letters for one in spelled(chinese)}, text
