"""Officers (D7, D14, S3.1): who may enforce, and whether the certificate that is shown holds today.

The departments' numbers are counted by SQL; names are on a department's own list and on each officer's page, neither of
which a search engine may keep.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from gongshi.law.registry import Standing, Validity
from gongshi.records.registry.officer import VALID
from gongshi.render.contexts import Channel, Pager
from gongshi.render.drawing import qr
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press
from gongshi.render.registry.certificate import verdict
from gongshi.render.registry.rows import Record, facts, mark_of
from gongshi.render.registry.spot_contexts import (
    ListedOfficer,
    OfficerListPage,
    OfficerPage,
    OfficersPage,
    Phone,
    Share,
    Staff,
    StaffedRegion,
)
from gongshi.render.registry.telling import HOME, REGISTERS

PER_PAGE = 200
NOINDEX = "noindex"
OFFICER = "officer"
_BASE, _SECTION = "/officers/", "officers"
_ALL = Crumb("执法人员", _BASE)
_COUNTED = """
SELECT department, validity, coalesce(content ->> 'legal_reviewer', '') = '1' AS reviewer, count(*) AS officers
FROM records WHERE kind = 'officer' AND department {which} AND standing = ? GROUP BY 1, 2, 3
"""
_RULE = "SELECT content, article FROM rules WHERE question = 'reviewers_share' ORDER BY position LIMIT 1"
_PERCENT = re.compile(r"([0-9]+)%")
_NOBODY = Counter[str]()


def officers_index(press: Press) -> Iterator[Page]:
    """The search form and the departments; one without officers is there, too, and says so."""
    rule, counted = _rule(press), _counted(press)
    regions = tuple(
        StaffedRegion(region, tuple(_staff(one, counted.get(one.key, _NOBODY), rule) for one in group))
        for region, group in groupby(press.channels.values(), key=lambda channel: channel.region)
    )

    updated_on = max((one.updated_on for one in press.registry.tally(OFFICER)), default="")

    def context() -> OfficersPage:
        return OfficersPage(
            site=press.site,
            head=Head("执法人员", _BASE, _SECTION, "执法人员", description="行政执法人员和执法证件的公开查询。"),
            crumbs=(HOME, REGISTERS, Crumb("执法人员")),
            updated_on=updated_on,
            regions=regions,
            share=rule,
        )

    yield press.page(_BASE, "officers.html", (repr(regions), repr(rule), updated_on), context)


def officers_of(press: Press, key: str) -> Iterator[Page]:
    """The officers of a department in force today, by number."""
    if key not in press.channels:
        return
    rule, staff = _rule(press), staff_of(press, key)
    officers = [one for one in press.registry.of_kind(OFFICER, key) if one.standing == Standing.IN_FORCE]
    last = max(1, -(-len(officers) // PER_PAGE))
    for number in range(1, last + 1):
        chunk = officers[(number - 1) * PER_PAGE :][:PER_PAGE]
        yield _list(press, staff, chunk, Pager(number, last, list_address(key)), rule)


def officer_page(press: Press, officer: Record) -> Iterator[Page]:
    """One officer: the page that the code on a certificate or a board leads to."""

    def context() -> OfficerPage:
        channel = press.channels[officer.department]
        said = verdict(officer)
        address = f"{press.site.url}{officer.href}"
        return OfficerPage(
            site=press.site,
            head=Head(f"{said.word}：{officer.title}", officer.href, _SECTION, "执法人员", robots=NOINDEX),
            crumbs=(HOME, REGISTERS, _ALL, Crumb(channel.name, list_address(channel.key)), Crumb(officer.title)),
            updated_on=officer.updated_on,
            name=officer.title,
            number=officer.number,
            verdict=said,
            facts=facts(officer, _told(officer)),
            phone=phone_of(channel),
            department=channel,
            supervision=press.supervision(channel.key),
            qr=qr(address),
            address=address,
            list_address=list_address(channel.key),
        )

    shows = (officer.mark, press.channel_marks[officer.department])
    yield press.page(officer.href, "officer.html", shows, context)


def staff_of(press: Press, key: str) -> Staff:
    """The officers of a department in numbers."""
    return _staff(press.channels[key], _counted(press, key).get(key, _NOBODY), _rule(press))


def _told(officer: Record) -> list[str]:
    """The fields that a page shows: a state of 有效 says only that nothing was declared, whatever the days say."""
    return [name for name in officer.content if (name, officer.text(name)) != ("state", VALID)]


def list_address(key: str) -> str:
    """Where a department's officers are listed."""
    return f"{_BASE}departments/{key}/"


def phone_of(channel: Channel) -> Phone:
    """A department's telephone for complaints (D13); empty where it has none."""
    found = (Phone(fact.value, fact.href) for fact in channel.facts if fact.href.startswith("tel:"))
    return next(found, Phone("", ""))


def _list(press: Press, staff: Staff, chunk: Sequence[Record], pager: Pager, rule: Share) -> Page:
    path = pager.href(pager.number)

    def context() -> OfficerListPage:
        heading = f"{staff.name}的执法人员"
        return OfficerListPage(
            site=press.site,
            head=Head(heading, path, _SECTION, "执法人员", robots=NOINDEX),
            crumbs=(HOME, REGISTERS, _ALL, Crumb(staff.name)),
            updated_on=max((one.updated_on for one in chunk), default=""),
            staff=staff,
            rows=tuple(map(listed, chunk)),
            pager=pager,
            share=rule,
        )

    return press.page(path, "officer-list.html", (repr(staff), repr(rule), str(pager.last), mark_of(chunk)), context)


def listed(officer: Record) -> ListedOfficer:
    """An officer as a list shows one."""
    return ListedOfficer(
        href=officer.href,
        name=officer.title,
        body=officer.text("body"),
        number=officer.number,
        acts=officer.text("acts"),
        area=officer.text("area"),
        valid_to=officer.valid_to,
        verdict=verdict(officer),
        is_reviewer=officer.text("legal_reviewer") == "1",
    )


def _counted(press: Press, key: str = "") -> Mapping[str, Counter[str]]:
    """Of one department, or of each: how many officers, how many with a valid certificate, reviewers among these."""
    sql = _COUNTED.format(which="= ?" if key else "> ?")
    found: dict[str, Counter[str]] = {}
    for row in press.db.execute(sql, (key, Standing.IN_FORCE)):
        counts = found.setdefault(row["department"], Counter())
        counts["all"] += row["officers"]
        if row["validity"] == Validity.VALID:
            counts["valid"] += row["officers"]
            counts["reviewers"] += row["officers"] if row["reviewer"] else 0
    return found


def _staff(channel: Channel, counts: Counter[str], rule: Share) -> Staff:
    valid, reviewers = counts["valid"], counts["reviewers"]
    asked = _PERCENT.search(rule.words)
    return Staff(
        key=channel.key,
        name=channel.name,
        officers=counts["all"],
        valid=valid,
        reviewers=reviewers,
        share=f"{reviewers * 100 / valid:.1f}".removesuffix(".0") + "%" if valid else "",
        is_short=bool(asked and valid and reviewers * 100 < valid * int(asked[1])),
    )


def _rule(press: Press) -> Share:
    """The rule in force about the share of legal reviewers, as the table of rules words it."""
    for row in press.db.execute(_RULE):
        return Share(row["content"].rpartition("：")[2], row["article"])
    return Share("", "")
