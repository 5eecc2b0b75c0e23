"""What must hold between records: of a batch with each other, and with what the store has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from gongshi.intake.problems import problem
from gongshi.intake.registry.asked import Asked
from gongshi.intake.registry.held import GONE, Held, at_once, stands
from gongshi.intake.registry.record import Finding, Record, TableRow
from gongshi.law.registry import Validity, reviewers_share, validity
from gongshi.records import REGISTRY_KINDS
from gongshi.records.decision import Values
from gongshi.records.registry.key import identity

_ITEMS, _INSPECTED = "enforcement_item", "random_inspection_item"
_MOST_NAMED = 5


def cross(records: Sequence[Record], asked: Asked) -> list[Record]:
    """The right records, each once, after all that they say against others is told.

    What is cited is looked at before what cites it, so that a record falls with the one it rests on.
    """
    known = [r for r in records if not any(n in r.failed or not r.values[n] for n in r.kind.identity)]
    first: dict[str, Record] = {}
    for record in known:
        if first.setdefault(record.key, record) is not record:
            _again(record, first[record.key])
    held = Held(list(first.values()), asked)
    for record in first.values():
        for found in (*_earlier(record, held), *_over(record, held, asked)):
            record.tell(found)
    for kind, check in _CHECKS:
        for record in held.sent(kind):
            for found in check(record, held, asked):
                record.tell(found)
    _reviewers(held, asked)
    for kind in dict.fromkeys(record.kind.name for record in known):
        _left_out(held, kind, asked)
    return [record for record in first.values() if not record.wrong]


def _again(record: Record, other: Record) -> None:
    """A second record of one identity: the same once more, or another, and then both are kept out."""
    number = record.kind.identity[0] if record.kind.identity else record.kind.number
    value, at = record.values[number] or "", _place_of(other, record)
    if record.values == other.values:
        record.tell(Finding("W401", number, {"other": at, "value": value}))
        record.wrong = other.wrong
        return
    other.wrong = record.wrong = True
    if record.kind.name == "officer":
        record.tell(Finding("E521", number, {"value": value, "detail": f"与{at}的相同", "advice": ""}))
    else:
        record.tell(Finding("E503", number, {"value": value, "other": at}))


def _place_of(other: Record, seen_from: Record) -> str:
    """Where the other stands: its row, and its sheet and file where these are others."""
    there, here = other.sheet.place, seen_from.sheet.place
    names = (there.file if there.file != here.file else "", there.sheet if there.sheet != here.sheet else "")
    return " ".join((*filter(None, names), f"第 {other.row} {there.unit}"))


def _earlier(record: Record, held: Held) -> Iterator[Finding]:
    """D5: of two versions the one that takes effect later is in force: an earlier one corrects and ends nothing."""
    stored = held.stored(record.kind.name).get(record.key)
    than = stored.values["effective_from"] if stored else None
    since = record.values["effective_from"]
    if than and since and since < than:
        yield Finding("W509", "effective_from", {"value": since, "than": than})


def _over(record: Record, held: Held, asked: Asked) -> Iterator[Finding]:
    """D5: what nobody has sent before and has ended already."""
    ends = record.values["effective_to"]
    if ends and ends < asked.today.isoformat() and record.key not in held.stored(record.kind.name):
        yield Finding("W511", "effective_to", {"value": ends})


def _one_certificate(record: Record, held: Held, asked: Asked) -> Iterator[Finding]:
    """D7: nobody of another department has the number at the same time, unless that department has let it go."""
    number = record.values["certificate_number"] or ""
    if record.values["state"] in GONE:
        return
    for other in held.officers_of_others.get(identity(number), ()):
        if at_once(record.values, other.values, asked.today):
            owner = asked.instance.departments.get(other.department)
            detail = f"已由{owner.name if owner else '别的部门'}登记"
            advice = "调动的，请原部门先填失效日期或者把证件状态改为注销。"
            yield Finding("E521", "certificate_number", {"value": number, "detail": detail, "advice": advice})
            return


def _on_duty(record: Record, held: Held, asked: Asked) -> Iterator[Finding]:
    """D15: whoever sits at a post is one of the department's officers, with a certificate that holds."""
    officers = held.by_number("officer")
    on = max(date.fromisoformat(record.values["effective_from"] or asked.today.isoformat()), asked.today)
    for number in _several(record, "officers"):
        officer = officers.get(identity(number))
        if officer is None:
            words = {"value": number, "nearest": _nearest(number, "officer", held)}
            yield Finding("E524", "officers", words)
        elif state := _no_longer(officer, on):
            yield Finding("E525", "officers", {"value": number, "on": on, "state": state})


def _no_longer(officer: Values, on: date) -> str:
    begins, ends = (date.fromisoformat(officer[name] or "") for name in ("valid_from", "valid_to"))
    words = {
        Validity.NOT_YET: f"还没有生效（有效期自 {begins}）",
        Validity.EXPIRED: f"已过有效期（有效期至 {ends}）",
        Validity.SUSPENDED: "处于暂扣状态",
        Validity.REVOKED: "已经注销或者吊销",
    }
    return words.get(validity(officer["state"] or "", begins, ends, on), "")


def _item(record: Record, held: Held, asked: Asked) -> Iterator[Finding]:
    if code := record.values["item_code"]:
        yield from _cited(_ITEMS, code, "item_code", held)


def _items(record: Record, held: Held, asked: Asked) -> Iterator[Finding]:
    for code in _several(record, "items"):
        yield from _cited(_ITEMS, code, "items", held)


def _tasks(record: Record, held: Held, asked: Asked) -> Iterator[Finding]:
    for row in record.tables["tasks"]:
        if code := row.cells.get("item_code"):
            yield from _cited(_INSPECTED, code, "tasks.item_code", held, row)


def _cited(kind: str, code: str, field: str, held: Held, row: TableRow | None = None) -> Iterator[Finding]:
    """What is cited is in the department's list."""
    if identity(code) not in held.by_number(kind):
        words = {"value": code, "list": REGISTRY_KINDS[kind].label, "nearest": _nearest(code, kind, held)}
        yield Finding("E531", field, words, row)


def _several(record: Record, field: str) -> list[str]:
    return (record.values[field] or "").split("、") if record.values[field] else []


def _nearest(number: str, kind: str, held: Held) -> str:
    if held.refused(kind, number):
        return "这一批里有，但是那一条有错误，没有接收。"
    near = held.nearest(kind, number)
    return f"最接近的是“{near}”。" if near else ""


_CHECKS: tuple[tuple[str, Callable[[Record, Held, Asked], Iterator[Finding]]], ...] = (
    ("officer", _one_certificate),
    (_INSPECTED, _item),
    ("inspection_plan", _tasks),
    ("service_guide", _item),
    ("post_board", _on_duty),
    ("post_board", _items),
)
"""(the kind, the check), what is cited first."""


def _reviewers(held: Held, asked: Asked) -> None:
    """S3.1: how many of a hundred officers with a certificate that holds review decisions, told where they are sent."""
    sent, share = held.sent("officer"), reviewers_share(asked.instance.rules, asked.today)
    if not sent or share is None:
        return
    officers = [one for one in held.all("officer") if not _no_longer(one, asked.today)]
    reviewers = sum(one["legal_reviewer"] == "1" for one in officers)
    if officers and reviewers * 100 < share[0] * len(officers):
        words = {"officers": len(officers), "reviewers": reviewers, "share": share[0], "article": share[1].article}
        _tell_all("W503", sent[0], "legal_reviewer", words)


def _left_out(held: Held, kind: str, asked: Asked) -> None:
    """A list that looks whole and has lost something: it stays in force until it is said to have ended."""
    keys = {record.key for record in held.sent(kind)}
    stored = held.stored(kind)
    missing = [one for key, one in stored.items() if key not in keys and stands(one.values, asked.today)]
    if missing and len(keys & set(stored)) * 2 >= len(stored):
        declared = REGISTRY_KINDS[kind]
        named = "、".join(one.values[declared.heading] or "" for one in missing[:_MOST_NAMED])
        words = {
            "kind": declared.label,
            "count": len(missing),
            "named": named + (" 等" if len(missing) > _MOST_NAMED else ""),
        }
        _tell_all("W508", held.sent(kind)[0], declared.number, words)


def _tell_all(code: str, record: Record, field: str, words: dict[str, object]) -> None:
    """What is no single row's is told of the sheet."""
    sheet = record.sheet
    place = replace(sheet.place, row=0, column=sheet.kind.by_name[field].label)
    sheet.problems.append(problem(code, place, **words))
