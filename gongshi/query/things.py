"""What the search finds beside decisions and records: departments, laws, notices of withdrawal, pages of the site.

They are some thousands, so they are looked through in memory, anew after each change of the file: there is no index of
them from which anything would have to be taken down.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import orjson

from gongshi.law.document_number import match_key
from gongshi.query.database import Reading
from gongshi.query.filters import DEPARTMENT, HELP, LAW, NOTICE
from gongshi.query.highlight import Segment, segments, snippet
from gongshi.query.items import Excerpt
from gongshi.query.tokens import normalise
from gongshi.render.addresses import address, law_address

EXACT, NUMBER, BEGINS, HAS, TOLD = 100, 60, 40, 20, 2
"""What a word counts: as the whole name, in the number, at the beginning of the name, in it, in the text."""
TELLING = 10
"""A score from which the words stand in a name or a number of it."""
_WEIGHTS = {DEPARTMENT: 1.0, LAW: 1.0, NOTICE: 0.8, HELP: 0.5}
"""Of two that have the words in the same place, a department tells more than a page about the site."""
_OF_KIND, _OF_MANUAL = 1.0, 0.3
"""Of pages the list of a kind of decisions leads, and what those read who run the site comes last."""
_MANUALS = tuple(
    f"/about/{page}/"
    for page in ("departments", "cases", "errors", "webmasters", "rebuild", "commands", "settings", "benchmarks")
)
_KINDS = "/kinds/"
_TOLD = {DEPARTMENT: "部门", LAW: "引用情况", NOTICE: "撤下理由", HELP: "说明"}
"""What the text of each is called."""
TYPES = tuple(_WEIGHTS)

_DEPARTMENTS = """
SELECT d.key, d.name, d.names, d.superior, r.name AS region FROM departments d JOIN regions r ON r.code = d.region
ORDER BY d.region, d.name
"""
_NOTICES = """
SELECT id, department, department_name, document_number, instrument_number, ending_label, reason FROM notices
ORDER BY sort DESC
"""
_LISTS = """
SELECT min(label) AS label, folder, group_concat(label || '：' || summary, char(10)) AS summary
FROM (SELECT * FROM record_kinds WHERE folder IS NOT NULL ORDER BY position) GROUP BY folder
"""
_COUNTIES = "SELECT code, name FROM regions WHERE code IN (SELECT region FROM departments) ORDER BY code"
_AUTONOMOUS = "自治县"
"""Such a county is called by its first two characters: 前郭县."""
_PAGES = (
    (
        "/absent/",
        "为什么查不到",
        ("查不到", "找不到", "依申请公开", "申请公开", "政府信息公开", "不予公开"),
        "哪些依法不公示，哪些公示期已满；怎样依申请公开，向谁投诉应当公示而没有公示的。",
    ),
    (
        "/departments/",
        "部门和监督渠道",
        ("监督渠道", "投诉", "举报", "投诉举报", "投诉电话", "举报电话", "监督电话"),
        "每个部门的页面有监督举报的电话、地址和办理程序。",
    ),
    ("/figures/", "公示统计", ("统计", "年度数据"), "各月、各类、各部门公示多少件；各部门的年度执法数据。"),
    ("/bulletins/", "行政执法公报", ("公报",), "每月一期，可以打印。"),
    ("/downloads/", "数据下载", ("下载", "开放数据"), "公示中的决定按月份和类别分成的文件。"),
)
"""Pages of the whole site: address, name, by which other words people ask for them, what is there."""
_ALSO = {
    "officers": ("执法证", "执法证件", "执法证号", "执法资格"),
    "认为不应公示或者公示有误": ("申请更正", "更正申请", "纠错", "公示有误"),
    "公示多久": ("公示期限", "公示期", "多久撤下", "什么时候撤下"),
    "对决定不服": (
        *("不服", "不服处罚", "不服决定", "申诉", "怎么申诉", "复议", "行政复议", "行政诉讼", "起诉", "打官司"),
        *("处罚错了", "罚错了", "撤销处罚", "申请听证"),
    ),
    "怎样交罚款": (
        *("交罚款", "缴罚款", "缴纳罚款", "罚款怎么交", "罚款单", "罚款缴纳", "罚款交不起", "交不起罚款", "分期缴纳"),
        *("逾期不交罚款", "不交罚款", "加处罚款", "罚款收据"),
    ),
    "乱收费、乱罚款找谁": ("乱收费", "乱罚款", "乱执法", "粗暴执法", "暴力执法", "执法不公", "投诉城管"),
    "处罚信息什么时候撤下": (
        *("处罚多久撤下来", "处罚公示多久", "撤下处罚", "处罚记录", "撤销处罚记录", "处罚记录怎么消除", "消除处罚记录"),
        *("信用修复", "提前停止公示", "删除处罚信息"),
    ),
    "没有收到决定书": ("没收到决定书", "没收到处罚决定", "决定书送达", "怎么知道被处罚"),
    "字号、颜色和对比度": ("字太小", "大字", "字体", "放大", "夜间", "黑底"),
}
"""By the folder of a register and by the heading of a narrative page, by which other words people ask for it."""
_WRITTEN = ("决定", "决定书")
"""What people add to the name of an act: 行政处罚决定书."""


class Thing(NamedTuple):
    """One of them. `also` are other names it goes by, `number` its number or code, `note` a remark beside its name,
    `text` what else is found of it; `department` the key of the department whose it is, "" for the city's own."""

    type: str
    name: str
    path: str
    also: tuple[str, ...] = ()
    number: str = ""
    note: str = ""
    text: str = ""
    department: str = ""


class _Flat(NamedTuple):
    """A thing in the form in which words are compared: names, number, and all that is found of it in one."""

    thing: Thing
    names: tuple[str, ...]
    number: str
    key: str
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A thing that has all the words, with how much they tell of it."""

    thing: Thing
    score: float
    title: tuple[Segment, ...]
    excerpt: Excerpt | None


def ranked(db: Reading, words: Sequence[str]) -> list[tuple[float, Thing]]:
    """The things that have all the normalised `words`, each with how much they tell of it, the most telling first;
    nothing without words. Raises TooSlow, Unavailable."""
    having = _having(db, words) if words else ()
    return sorted(((_score(flat, words), flat.thing) for flat in having), key=lambda pair: -pair[0])


def _having(db: Reading, words: Sequence[str]) -> Iterator[_Flat]:
    """The things that have all the words: looked for in one text, which takes a twentieth of asking each."""
    flats, text, starts = db.once("things in one", _in_one)
    longest = max(words, key=len)
    at = text.find(longest)
    while at >= 0:
        place = bisect_right(starts, at)
        if all(word in flats[place - 1].whole for word in words):
            yield flats[place - 1]
        at = text.find(longest, starts[place])


def _in_one(db: Reading) -> tuple[tuple[_Flat, ...], str, list[int]]:
    """All things, their texts in one, and where in that each begins, its end at last."""
    flats = db.once("things", _read)
    text = "".join(f"{flat.whole}\n" for flat in flats)
    return flats, text, list(accumulate((len(flat.whole) + 1 for flat in flats), initial=0))


def listed(db: Reading, type: str) -> list[Thing]:
    """All things of one type, as they are to be read where nobody typed a word. Raises TooSlow, Unavailable."""
    return [flat.thing for flat in db.once("things", _read) if flat.thing.type == type]


def hit(thing: Thing, score: float, words: Sequence[str]) -> Hit:
    """A thing as it is shown."""
    told = Excerpt(field="text", label=_TOLD[thing.type], parts=snippet(thing.text, words)) if thing.text else None
    return Hit(thing=thing, score=score, title=segments(thing.name, words), excerpt=told)


def named(db: Reading, names: frozenset[str], number: str) -> tuple[Thing, ...]:
    """The things but pages that are called by exactly one of the normalised `names`, or have the number
    (document_number.match_key)."""
    things, by_name, by_number = db.once("things named", _named)
    places = {place for name in names for place in by_name.get(name, ())}.union(by_number.get(number, ()))
    return tuple(things[place] for place in sorted(places))


def _named(db: Reading) -> tuple[list[Thing], dict[str, list[int]], dict[str, list[int]]]:
    """All things but pages, and where among them those of each name and of each number are."""
    named = [flat for flat in db.once("things", _read) if flat.thing.type != HELP]
    by_name, by_number = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for place, flat in enumerate(named):
        for name in flat.names:
            by_name[name].append(place)
        if flat.key:
            by_number[flat.key].append(place)
    return [flat.thing for flat in named], dict(by_name), dict(by_number)


def _score(flat: _Flat, words: Sequence[str]) -> float:
    return sum(_of_word(flat, word) for word in words) * _weight(flat.thing)


def _weight(thing: Thing) -> float:
    if thing.path.startswith(_KINDS):
        return _OF_KIND
    return _OF_MANUAL if thing.path.startswith(_MANUALS) else _WEIGHTS[thing.type]


def _of_word(flat: _Flat, word: str) -> int:
    if word in flat.names:
        return EXACT
    if word in flat.number:
        return NUMBER
    if any(word in name for name in flat.names):
        return BEGINS if any(name.startswith(word) for name in flat.names) else HAS
    return TOLD


def _read(db: Reading) -> tuple[_Flat, ...]:
    things = (*_departments(db), *_laws(db), *_notices(db), *_lists(db), *_counties(db), *_pages(), *_help(db))
    return tuple(map(_flat, things))


@lru_cache(maxsize=16_384)
def _flat(thing: Thing) -> _Flat:
    names, number = tuple(map(normalise, (thing.name, *thing.also))), normalise(thing.number)
    whole = "\n".join((*names, number, normalise(thing.note), normalise(thing.text)))
    return _Flat(thing, names, number, match_key(thing.number), whole)


def _departments(db: Reading) -> Iterator[Thing]:
    for row in db.rows(_DEPARTMENTS):
        former = tuple(one["name"] for one in orjson.loads(row["names"]) if one["name"] != row["name"])
        yield Thing(
            DEPARTMENT,
            row["name"],
            f"/departments/{row['key']}/",
            also=former,
            number=row["key"],
            note=f"曾用名：{'、'.join(former)}" if former else "",
            text=f"{row['region']}的行政执法主体" + (f"，上级部门：{row['superior']}" if row["superior"] else ""),
            department=row["key"],
        )


def _laws(db: Reading) -> Iterator[Thing]:
    for row in db.rows("SELECT id, name, decisions FROM laws ORDER BY decisions DESC, name, id"):
        also = (f"中华人民共和国{row['name']}", f"《{row['name']}》", f"《中华人民共和国{row['name']}》")
        text = f"正在公示的决定中有 {row['decisions']} 件以它为依据"
        yield Thing(LAW, row["name"], law_address(row["id"]), also=also, text=text)


def _notices(db: Reading) -> Iterator[Thing]:
    for row in db.rows(_NOTICES):
        instrument = f"依据：{row['instrument_number']}" if row["instrument_number"] else ""
        yield Thing(
            NOTICE,
            f"{row['document_number'] or '一件决定'}的撤下说明",
            address(row["id"]),
            number=row["document_number"] or "",
            note=f"{row['department_name']} {row['ending_label']}",
            text="\n".join(filter(None, (row["reason"], instrument))),
            department=row["department"],
        )


def _lists(db: Reading) -> Iterator[Thing]:
    """Where all decisions of a kind are listed, and all records of one."""
    for row in db.rows("SELECT name, label, summary FROM kinds ORDER BY position"):
        path = f"/kinds/{row['name']}/"
        yield Thing(HELP, row["label"], path, _written(row["label"]), note="全部决定", text=row["summary"] or "")
    for row in db.rows(_LISTS):
        folder, also = f"/{row['folder']}/", _ALSO.get(row["folder"], ())
        yield Thing(HELP, row["label"], folder, also, note="事前公开", text=row["summary"] or "")


def _written(label: str) -> tuple[str, ...]:
    """As what an act is written down, by its whole name and without 行政."""
    act = label.removeprefix("行政")
    return tuple(f"{name}{what}" for name in (label, act) for what in _WRITTEN) if act != label else ()


def _counties(db: Reading) -> Iterator[Thing]:
    """The pages of the regions that have a department."""
    for row in db.rows(_COUNTIES):
        name, path = row["name"], f"/counties/{row['code']}/"
        short = (f"{name[:2]}县",) if name.endswith(_AUTONOMOUS) else ()
        yield Thing(HELP, f"{name}的执法公示", path, (name, *short), text=f"{name}各部门公示的执法决定。")


def _pages() -> Iterator[Thing]:
    return (Thing(HELP, name, path, also, text=text) for path, name, also, text in _PAGES)


def _help(db: Reading) -> Iterator[Thing]:
    for row in db.rows("SELECT path, title, heading, text FROM help ORDER BY position"):
        note = "" if row["title"] == row["heading"] else row["title"]
        yield Thing(HELP, row["heading"], row["path"], _ALSO.get(row["heading"], ()), note=note, text=row["text"])
