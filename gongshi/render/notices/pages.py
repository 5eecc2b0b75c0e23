"""Notices of withdrawal: a page at the decision's address, a list by month (行政处罚法 48, D28, S1.3).

Pages of a month are numbered from the oldest, so that a new notice changes the last page of its month
and the index. Beside each notice lies an empty file: whoever serves the site answers 410 where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongshi.render.addresses import address
from gongshi.render.contexts import Fact, Pager, Step
from gongshi.render.database import named
from gongshi.render.labels import event_label, kind_label
from gongshi.render.lists.years import years
from gongshi.render.look.assets import fingerprint
from gongshi.render.look.site import Crumb, Head
from gongshi.render.notices.contexts import NoticePage, NoticeRow, NoticesPage
from gongshi.render.press import Page, Press, path_of
from gongshi.render.words import date_zh, shortened

BASE = "/notices/"
PER_PAGE = 50
NEWEST = 20
"""How many notices the index shows before it leads on to the months."""
UNKEPT = "noindex,noarchive"
"""A search engine must come back, see that the decision is gone, and keep no copy."""

_INTRO = (
    "已经公示的决定依法变更、撤销、确认违法、确认无效或者责令重新作出的，作出决定的部门及时撤下原信息，并在这里公开说明理由。"
    "说明不再载明当事人和原决定的内容。"
)
_REASON = 80
_HOME = Crumb("首页", "/")
_ALL = Crumb("六类决定", "/decisions/")

Notice = Mapping[str, Any]


def newest(press: Press, most: int, department: str = "") -> list[Notice]:
    """The newest `most` notices in public.db, newest first; of one department where it is named."""
    narrowed, named = ("WHERE department = ? ", (department,)) if department else ("", ())
    return _read(press, f"{narrowed}ORDER BY withdrawn_on DESC, sort DESC LIMIT ?", *named, most)


def notice_page(press: Press, decision_id: str) -> Iterator[Page]:
    """The notice at the address of a decision that was withdrawn, with its mark."""
    for notice in _read(press, "WHERE id = ?", decision_id):
        yield _gone(press, notice)
        yield _notice(press, notice)


def notice_month(press: Press, month: str) -> Iterator[Page]:
    """The notices of a month, the oldest first."""
    where = "WHERE withdrawn_on BETWEEN ? || '-01' AND ? || '-31' ORDER BY withdrawn_on, sort"
    found = _read(press, where, month, month)
    base, last = f"{BASE}{month}/", -(-len(found) // PER_PAGE)
    for number in range(1, last + 1):
        chunk, total = found[(number - 1) * PER_PAGE :][:PER_PAGE], len(found) if number == 1 else 0
        yield _list(press, f"{date_zh(month)}撤下说明", Pager(number, last, base), chunk, total)


def _read(press: Press, where: str, *values: Any) -> list[Notice]:
    return [named(row) for row in press.db.execute(f"SELECT * FROM notices {where}", values)]  # noqa: S608 - ours


def _gone(press: Press, notice: Notice) -> Page:
    """The empty file that says 410; written before the notice, so that no page of one is ever served as 200."""
    path = path_of(address(notice["id"])).removesuffix(".html") + ".gone"
    return press.file(path, fingerprint(path), lambda: b"")


def mark(notice: Notice) -> str:
    """What changes with anything that a page can show of a notice."""
    return f"{notice['id']}{notice['digest']}"


def title(notice: Notice) -> str:
    """行政处罚信息撤下说明：松市监罚〔2026〕15号."""
    return f"{kind_label(notice['kind'])}信息撤下说明：{name(notice)}"


def name(notice: Notice) -> str:
    """What the withdrawn decision is called: its number, or day and kind where it has none."""
    number: str = notice["document_number"] or ""
    return number or f"{date_zh(notice['decided_on'])}的{kind_label(notice['kind'])}决定"


def summary(notice: Notice) -> str:
    """What happened, in one sentence, for lists, feeds and search engines."""
    return (
        f"{notice['department_name']}于{date_zh(notice['withdrawn_on'])}撤下该信息：原决定已被依法"
        f"{notice['ending_label']}。{notice['reason']}"
    )


def _citation(press: Press, notice: Notice, where: str) -> str:
    site = press.site
    place = f"{site.name}，{site.url}{where}" if site.url else site.name
    return f"{notice['department_name']}：{title(notice)}，{date_zh(notice['withdrawn_on'])}，{place}"


def _notice(press: Press, notice: Notice) -> Page:
    where, key = address(notice["id"]), notice["department"]

    def context() -> NoticePage:
        return NoticePage(
            site=press.site,
            head=_head(notice, where),
            crumbs=(_HOME, _ALL, Crumb("撤下说明", BASE), Crumb(name(notice))),
            updated_on=notice["withdrawn_on"],
            kind=notice["kind"],
            number=notice["document_number"] or "",
            decided_on=notice["decided_on"],
            withdrawn_on=notice["withdrawn_on"],
            ending=notice["ending"],
            ending_label=notice["ending_label"],
            facts=_facts(notice),
            instrument=_instrument(notice),
            reason=notice["reason"],
            rule=notice["rule"] or "",
            article=notice["article"] or "",
            steps=_steps(notice),
            until=notice["notice_until"] or "",
            department=press.channels[key],
            supervision=press.supervision(key),
            correction=f"/correct/{notice['id']}",
            address=press.site.url + where,
            citation=_citation(press, notice, where),
        )

    return press.page(where, "notice.html", (mark(notice), press.channel_marks[key]), context)


def _head(notice: Notice, where: str) -> Head:
    return Head(
        title=title(notice),
        path=where,
        section="decisions",
        column="撤下说明",
        description=shortened(summary(notice), 150),
        keywords=",".join(filter(None, ("撤下说明", notice["document_number"], notice["department_name"]))),
        published=notice["withdrawn_on"],
        source=notice["department_name"],
        article=True,
        robots=UNKEPT,
    )


def _facts(notice: Notice) -> tuple[Fact, ...]:
    """Which decision it was."""
    return (
        Fact("作出决定的部门", notice["department_name"], href=f"/departments/{notice['department']}/"),
        Fact("执法类别", kind_label(notice["kind"]), href=f"/kinds/{notice['kind']}/"),
        *_known(
            ("决定书文号", notice["document_number"]),
            (event_label(notice["kind"]), date_zh(notice["decided_on"])),
            ("首次公示日期", date_zh(notice["first_published_on"])),
        ),
    )


def _instrument(notice: Notice) -> tuple[Fact, ...]:
    """The act that ended it: whose, its number, its day; and the day on which it took effect."""
    parts = (notice["instrument_agency"], notice["instrument_number"], date_zh(notice["instrument_date"]))
    return _known(
        ("据以撤下的文书", "\n".join(part for part in parts if part)),
        ("文书生效日期", date_zh(notice["effective_on"])),
    )


def _known(*facts: tuple[str, str | None]) -> tuple[Fact, ...]:
    return tuple(Fact(label, value) for label, value in facts if value)


def _steps(notice: Notice) -> tuple[Step, ...]:
    steps = (
        Step(event_label(notice["kind"]), notice["decided_on"]),
        Step("首次公示", notice["first_published_on"]),
        Step(f"{notice['ending_label']}的文书生效", notice["effective_on"] or ""),
        Step("撤下", notice["withdrawn_on"]),
    )
    return tuple(sorted((step for step in steps if step.day), key=lambda step: step.day))


def _row(notice: Notice) -> NoticeRow:
    return NoticeRow(
        href=address(notice["id"]),
        name=name(notice),
        kind=notice["kind"],
        department=notice["department_name"],
        ending_label=notice["ending_label"],
        reason=shortened(notice["reason"], _REASON),
        withdrawn_on=notice["withdrawn_on"],
    )


def _rows(notices: Sequence[Notice]) -> tuple[NoticeRow, ...]:
    return tuple(map(_row, notices))


def _list(press: Press, heading: str, pager: Pager, chunk: Sequence[Notice], total: int) -> Page:
    where = pager.href(pager.number)
    suffix = f"（第 {pager.number} 页）" if pager.number > 1 else ""

    def context() -> NoticesPage:
        return NoticesPage(
            site=press.site,
            head=Head(heading + suffix, where, "decisions", "撤下说明"),
            crumbs=(_HOME, _ALL, Crumb("撤下说明", BASE), Crumb(heading)),
            updated_on=chunk[-1]["withdrawn_on"],
            heading=heading,
            intro="",
            total=total,
            rows=_rows(chunk[::-1]),
            years=(),
            pager=pager,
        )

    return press.page(where, "notices.html", (f"{pager.last}/{total}", *map(mark, chunk)), context)


def notice_index(press: Press) -> Iterator[Page]:
    """The newest notices with the way to the others, also where there is none."""
    months = press.overview.withdrawn
    found, links = newest(press, NEWEST), years(months, BASE)

    def context() -> NoticesPage:
        return NoticesPage(
            site=press.site,
            head=Head("撤下说明", BASE, "decisions", "撤下说明", description=_INTRO),
            crumbs=(_HOME, _ALL, Crumb("撤下说明")),
            updated_on=found[0]["withdrawn_on"] if found else "",
            heading="撤下说明",
            intro=_INTRO,
            total=months.total(),
            rows=_rows(found),
            years=links,
            pager=None,
        )

    yield press.page(BASE, "notices.html", (repr(links), *map(mark, found)), context)
