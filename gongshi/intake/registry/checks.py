"""What must hold within one record: a table of checks, each for some kinds or for all (kinds are named, () is all).

A check sees a record whose cells are parsed and yields findings; it runs only where the field it is named by is filled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from difflib import get_close_matches

from gongshi.intake.registry.asked import Asked
from gongshi.intake.registry.personal import personal
from gongshi.intake.registry.record import Finding, Record, TableRow
from gongshi.intake.registry.steps import steps
from gongshi.intake.values.choices import folded
from gongshi.records.decision import Decision, nested
from gongshi.records.department import Department
from gongshi.records.registry.annual import ADDED_UP, ENTRIES, TOTAL
from gongshi.records.registry.recording import FULL, RECORDED_IN_FULL
from gongshi.records.registry.subject import ENTRUSTED

Check = Callable[[Record, Asked], Iterator[Finding]]

_SOON = timedelta(days=30)
"""How long before its end a certificate is told to end."""
_LAW = re.compile("《[^《》]+》")
_ARTICLE = re.compile("第[^第条]{1,12}条")


def _found(code: str, field: str, row: TableRow | None = None, **words: object) -> Finding:
    return Finding(code, field, words, row)


def in_force(record: Record, asked: Asked) -> Iterator[Finding]:
    """D5: from when to when; what takes effect later waits for its day."""
    begins, ends = record.values["effective_from"], record.values["effective_to"]
    if begins and ends and ends < begins:
        yield _found("E542", "effective_to", value=ends, than=begins)
    if begins and begins > asked.today.isoformat():
        yield _found("W502", "effective_from", value=begins)


def department(record: Record, asked: Asked) -> Iterator[Finding]:
    """D7: an officer is sent by the department that he or she belongs to; its key is written as its name."""
    said, own = record.values["department_name"] or "", asked.department
    if said.strip().upper() == own.key or _is_named(own, said):
        if said.strip().upper() == own.key:
            record.values["department_name"] = own.name
        return
    others = (other for other in asked.instance.departments.values() if said == other.key or _is_named(other, said))
    other = next(others, None)
    detail = "是别的部门，不是提交部门" if other else "不是登记的部门名称"
    yield _found("E522", "department_name", value=said, detail=detail, expected=own.name)


def _is_named(one: Department, said: str) -> bool:
    return folded(said) in {folded(dated.name) for dated in one.names}


def certificate(record: Record, asked: Asked) -> Iterator[Finding]:
    begins, ends = record.values["valid_from"], record.values["valid_to"]
    if begins and ends and ends < begins:
        yield _found("E523", "valid_to", value=ends, than=begins)
    elif ends and ends < asked.today.isoformat():
        if not record.values["effective_to"]:
            yield _found("W510", "valid_to", value=ends)
    elif ends and asked.today.isoformat() <= ends <= (asked.today + _SOON).isoformat():
        yield _found("W506", "valid_to", value=ends, days=(date.fromisoformat(ends) - asked.today).days)


def named(record: Record, asked: Asked) -> Iterator[Finding]:
    """D6: a subject bears its registered name of the day from which the record is in force."""
    said, since = record.values["name"] or "", record.values["effective_from"]
    expected = asked.department.name_on(date.fromisoformat(since)) if since else asked.department.name
    if folded(said) != folded(expected):
        yield _found("E263", "name", value=said, expected=expected)


def entrusted(record: Record, asked: Asked) -> Iterator[Finding]:
    """D6: who acts for another says for whom, and by which instrument."""
    if record.values["standing"] == ENTRUSTED:
        for name in ("entrusting_body", "entrusting_document"):
            if not record.values[name] and name not in record.failed:
                yield _found("E541", name, value=ENTRUSTED)


def cited(record: Record, asked: Asked) -> Iterator[Finding]:
    """D8: a basis names a law and an article of it."""
    for row in record.tables.get("basis", ()):
        law, article = row.cells.get("law"), row.cells.get("article")
        if law and not _LAW.search(law):
            yield _found("E512", "basis.law", row, value=law, detail="没有书名号，看不出是哪一部法律")
        if article and not _ARTICLE.search(article):
            yield _found("E512", "basis.article", row, value=article, detail="没有写到第几条")


def changed(record: Record, asked: Asked) -> Iterator[Finding]:
    """D25: what rests on a law that has changed since, or will."""
    since = record.values["effective_from"]
    if not since:
        return
    sent = Decision(
        kind=record.kind.name, department=asked.department.key, key="", values=record.values, parties=(), kept={}
    )
    for change in asked.instance.changes:
        if since < change.on.isoformat() and change.touches(sent):
            words = {"on": change.on, "what": change.what, "document": change.document, "value": since}
            yield Finding("W507", "effective_from", words)


def recorded(record: Record, asked: Asked) -> Iterator[Finding]:
    """S2.2: what is recorded in full."""
    stage, manner = record.values["stage"], record.values["manner"]
    if stage in RECORDED_IN_FULL and manner and manner != FULL:
        yield _found("E543", "manner", value=manner, stage=stage)


def bodied(record: Record, asked: Asked) -> Iterator[Finding]:
    """S0: a text has its words, or a file that has them."""
    if not (record.values["body"] or record.values["files"] or record.failed & {"body", "files"}):
        yield _found("E544", "body")


def materials(record: Record, asked: Asked) -> Iterator[Finding]:
    """D15: each material has a sample and what is often wrong with it; an empty form is one of the attachments."""
    for row in record.tables["materials"]:
        lacking = [name for name in _SHOWN_HOW if name not in row.cells]
        if lacking and "name" in row.cells:
            what = "和".join(map(_SHOWN_HOW.__getitem__, lacking))
            yield _found("W504", f"materials.{lacking[0]}", row, value=row.cells["name"], what=what)


def forms(record: Record, asked: Asked) -> Iterator[Finding]:
    """D15: an empty form of a material is one of the guide's attachments."""
    if "files" in record.failed:
        return
    labels = [row["label"] for row in nested(record.values["files"])]
    for row in record.tables["materials"]:
        form = row.cells.get("file")
        if form and form not in labels:
            near = get_close_matches(form, labels, 1)
            nearest = f"最接近的是“{near[0]}”。" if near else ""
            yield _found("E532", "materials.file", row, value=form, nearest=nearest)


def closed(record: Record, asked: Asked) -> Iterator[Finding]:
    """D32: the numbers of a year are those of one that is over."""
    year = record.values["year"] or ""
    if not (year.isdigit() and _FIRST_YEAR <= int(year) < asked.today.year):
        yield _found("E563", "year", value=year)


def entries(record: Record, asked: Asked) -> Iterator[Finding]:
    """Each entry is one of its kind of act, stands there once and says a number."""
    seen: set[tuple[str, str]] = set()
    for row in record.tables["numbers"]:
        act, entry = row.cells.get("act"), row.cells.get("entry")
        if not act or not entry:
            continue
        if entry not in ENTRIES[act]:
            yield _found("E561", "numbers.entry", row, value=entry, detail=f"不是{act}的项目")
        elif (act, entry) in seen:
            yield _found("E561", "numbers.entry", row, value=entry, detail=f"在{act}里已经有一行")
        elif "count" not in row.cells and "amount" not in row.cells and "numbers" not in record.failed:
            yield _found("E561", "numbers.entry", row, value=entry, detail="没有件数，也没有金额")
        elif any(row.cells.get(name, "").startswith("-") for name in ("count", "amount")):
            yield _found("E561", "numbers.entry", row, value=entry, detail="是负数")
        seen.add((act, entry))


def added_up(record: Record, asked: Asked) -> Iterator[Finding]:
    """合计 is the sum of what it adds up, where that is told apart."""
    if "numbers" in record.failed:
        return
    for act, parts in ADDED_UP.items():
        rows = {row.cells.get("entry", ""): row for row in record.tables["numbers"] if row.cells.get("act") == act}
        counts = {entry: int(row.cells["count"]) for entry, row in rows.items() if "count" in row.cells}
        found = [count for entry, count in counts.items() if entry in parts]
        if found and TOTAL in counts and sum(found) != counts[TOTAL]:
            yield _found("E562", "numbers.count", rows[TOTAL], value=counts[TOTAL], act=act, expected=sum(found))


_FIRST_YEAR = 1990
_SHOWN_HOW = {"sample": "示范文本", "mistakes": "常见错误"}

CHECKS: tuple[tuple[tuple[str, ...], str, Check], ...] = (
    ((), "effective_from", in_force),
    (("officer",), "department_name", department),
    (("officer",), "valid_to", certificate),
    (("subject",), "name", named),
    (("subject",), "standing", entrusted),
    ((), "basis", cited),
    ((), "", changed),
    ((), "steps", steps),
    (("recording_item",), "stage", recorded),
    (("normative_text",), "", bodied),
    (("service_guide",), "materials", materials),
    (("service_guide",), "materials", forms),
    (("annual_figures",), "year", closed),
    (("annual_figures",), "numbers", entries),
    (("annual_figures",), "numbers", added_up),
    ((), "", personal),
)
"""(the kinds, the field that calls for it, the check)."""


def findings(record: Record, asked: Asked) -> Iterator[Finding]:
    """Everything that one record says against itself or its department."""
    for kinds, trigger, check in CHECKS:
        if kinds and record.kind.name not in kinds:
            continue
        if not trigger or record.values.get(trigger):
            yield from check(record, asked)
