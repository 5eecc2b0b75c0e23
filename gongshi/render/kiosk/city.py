"""/kiosk/: what the city published last, how much of what there is, and how one finds the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongshi.records import DECISION_KINDS
from gongshi.render.addresses import address
from gongshi.render.database import all_named
from gongshi.render.kiosk.contexts import CityScreen, Line, Slide
from gongshi.render.kiosk.frame import screen_page, style_of, way_to
from gongshi.render.labels import kind_label
from gongshi.render.press import Page, Press
from gongshi.render.words import count, date_zh, shortened

WHERE = "/kiosk/"
NEWEST = 12
_A_SLIDE = 4
_LETTERS = 18
"""Characters that a line has room for."""
_TEMPLATE = "kiosk-city.html"
_ROWS = """
SELECT id, kind, title, document_number, parties, department_name, decided_on, digest
FROM decisions ORDER BY sort DESC LIMIT ?
"""
_WAYS = (
    Line("/search", "查找", ("单位名称、文号、统一社会信用代码，或者内容里的几个字，一个字也可以",)),
    Line("/departments/", "部门", ("各部门做什么、依据什么、在哪里办、向哪里投诉",)),
    Line("/officers/", "执法人员", ("按姓名或者证号核对证件",)),
    Line("/items/", "执法事项和办事指南", ("要什么材料、多少天、收不收费",)),
)
_IF_WRONG = (
    Line("/decisions/", "内容有错", ("打开那条决定，点“申请更正”，不用注册",)),
    Line("/notices/", "找不到以前看到的决定", ("可能公示期满，也可能已经撤下：撤下的有说明",)),
    Line("/departments/", "对执法有意见", ("作出决定的部门页面上有监督电话和地址",)),
)


def city_screen(press: Press) -> Iterator[Page]:
    """The city's screen."""
    newest = list(all_named(press.db.execute(_ROWS, (NEWEST,))))
    tally = press.overview.all

    def context() -> CityScreen:
        code, where = way_to(press, "/")
        counts = tuple(
            Line(f"/kinds/{kind}/", kind_label(kind), (f"{count(tally.kinds[kind])} 件",), kind)
            for kind in DECISION_KINDS
        )
        slides = (
            *_newest(newest),
            Slide("六类决定", f"正在公示 {count(tally.total)} 件", counts),
            Slide("怎么查", "", _WAYS),
            Slide("有疑问", "", _IF_WRONG),
        )
        return CityScreen(
            press.site, press.site.name, "行政执法公示", tally.updated_on, style_of(press), code, where, slides
        )

    shows = (*tally.marks(), *(f"{row['id']}{row['digest']}" for row in newest))
    yield screen_page(press, WHERE, _TEMPLATE, shows, context)


def _newest(rows: Sequence[Mapping[str, Any]]) -> Iterator[Slide]:
    for start in range(0, len(rows), _A_SLIDE):
        yield Slide("最新公示的决定", "", tuple(map(_line, rows[start : start + _A_SLIDE])))


def _line(row: Mapping[str, Any]) -> Line:
    """Four lines of a slide: by what it is cited, of which kind and when, whom it is about, who decided."""
    party, agency = shortened(row["parties"], _LETTERS), shortened(row["department_name"], _LETTERS)
    number = shortened(row["document_number"] or row["title"], _LETTERS)
    told = (f"{kind_label(row['kind'])}　{date_zh(row['decided_on'])}", party, agency)
    return Line(address(row["id"]), number, tuple(filter(None, told)), row["kind"])
