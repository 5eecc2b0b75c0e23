"""What stands open in the record as of today, one function for each matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path

from gongshi.instance import Instance
from gongshi.instance.hints import hints
from gongshi.law.recording.hours import CITY_CLOCK
from gongshi.lifecycle.acts.waiting import open_acts
from gongshi.lifecycle.attention import SORT_LABELS, Sort, attention
from gongshi.lifecycle.cases.late import MATTERS, late_cases
from gongshi.lifecycle.legal.due import reviews_due
from gongshi.lifecycle.registry.certificates import SOON, running_out
from gongshi.lifecycle.registry.due import record_rows
from gongshi.lifecycle.registry.states import RecordState
from gongshi.lifecycle.released import MISSING, UNVERIFIED, held_for_review
from gongshi.lifecycle.requests.inbox import alarm
from gongshi.lifecycle.requests.rows import requests_due
from gongshi.lifecycle.transitions import State
from gongshi.release.places import Places
from gongshi.store import Store
from gongshi.watch.audited import Audited
from gongshi.watch.matters import UNKNOWN, Level, Matter
from gongshi.watch.opened import Open, opened


@dataclass(frozen=True)
class Look:
    """What the matters are found in."""

    store: Store
    instance: Instance
    root: Path
    today: date

    @cached_property
    def due(self) -> Sequence[Open]:
        """Everything that is not public as it should be."""
        return opened(Places(self.root).open, self.store, self.instance, self.today)


def standing(look: Look, known: Sequence[Matter] = ()) -> list[Matter]:
    """Every matter that stands open, the gravest first.

    `known` are the matters of this very record, reference data and day, where they were found before: then only
    what lies outside of these is looked at again.
    """
    trusted = bool(known) and all(matter.code != UNKNOWN for matter in known)
    found = [
        matter
        for ask, codes in ASKED.items()
        for matter in ([one for one in known if one.code in codes] if trusted and codes else _asked(ask, codes, look))
    ]
    return sorted(found, key=lambda matter: (Level.FAILED, Level.ATTENTION, Level.NOTICE).index(matter.level))


Ask = Callable[[Look], Iterator[Matter | None]]


def _asked(ask: Ask, codes: Sequence[str], look: Look) -> list[Matter]:
    """One matter that can not be worked out hides no other."""
    try:
        found = [matter for matter in ask(look) if matter is not None]
        if codes and not {matter.code for matter in found} <= set(codes):
            raise LookupError("a code that ASKED does not list")
        return found
    except Exception as error:
        said = (f"{ask.__name__.strip('_')}（{type(error).__name__}）",)
        return [Matter(code=UNKNOWN, level=Level.ATTENTION, label="状态中有一项没有算出来", said=said)]


def _overdue(look: Look) -> Iterator[Matter | None]:
    rows = [(row.department, row.id) for row in look.due if row.overdue]
    yield Matter.about("overdue", Level.ATTENTION, "超期未公示", rows)


def _held(look: Look) -> Iterator[Matter | None]:
    """Held, and for longer than the city wants to wait; working days from receipt."""
    days, calendar = look.instance.schedule.held_days, look.instance.calendar
    held = [row for row in look.due if row.state is State.HELD]
    over = {row.id for row in held if calendar.add_working_days(row.received_on, days).passed(look.today)}
    long, rest = [row for row in held if row.id in over], [row for row in held if row.id not in over]
    yield Matter.about("held_long", Level.ATTENTION, f"暂缓公示超过 {days} 个工作日", _named(long))
    yield Matter.about("held", Level.NOTICE, "暂缓公示", _named(rest))


def _unreviewed(look: Look) -> Iterator[Matter | None]:
    """Major decisions that the last rebuild held because nothing answers for their legal review (S3, L4)."""
    found = held_for_review(look.store)
    missing = [(department, one) for department, one, code in found if code == MISSING]
    unverified = [(department, one) for department, one, code in found if code == UNVERIFIED]
    yield Matter.about(MISSING, Level.ATTENTION, "重大执法决定未经法制审核，等待监督机构指示或者部门撤销", missing)
    yield Matter.about(UNVERIFIED, Level.NOTICE, "重大执法决定待核实法制审核", unverified)


def _waiting(look: Look) -> Iterator[Matter | None]:
    rows = [row for row in look.due if row.state is State.RECEIVED]
    yield Matter.about("received", Level.NOTICE, "等待审核", _named(rows))


def _acts(look: Look) -> Iterator[Matter | None]:
    acts = open_acts(look.store, look.instance, look.today)
    late = [(act.department, str(act.number)) for act in acts if act.overdue]
    rest = [(act.department, str(act.number)) for act in acts if not act.overdue]
    yield Matter.about("acts_overdue", Level.ATTENTION, "撤下、紧急下架或者恢复公示的事项，第二人超期未确认", late)
    yield Matter.about("acts", Level.NOTICE, "撤下、紧急下架或者恢复公示的事项，等待第二人确认", rest)


def _requests(look: Look) -> Iterator[Matter | None]:
    rows = requests_due(look.store, look.instance, look.today)
    yield Matter.about(
        "requests_overdue",
        Level.ATTENTION,
        "更正申请超期未答复",
        [(row.department, row.number) for row in rows if row.overdue],
    )
    yield Matter.about(
        "requests", Level.NOTICE, "更正申请等待答复", [(row.department, row.number) for row in rows if not row.overdue]
    )


def _reviews(look: Look) -> Iterator[Matter | None]:
    """Legal reviews past their day (L11), and those that wait for materials past theirs (L6)."""
    rows = reviews_due(look.store, look.instance, look.today)
    late = [(row.department, row.case) for row in rows if row.overdue]
    asked = [(row.department, row.case) for row in rows if row.materials_late]
    yield Matter.about("reviews_overdue", Level.ATTENTION, "法制审核超过期限没有出具意见", late)
    yield Matter.about("materials_late", Level.NOTICE, "法制审核要求补正的材料逾期没有提交", asked)


def _files(look: Look) -> Iterator[Matter | None]:
    """Records past their hour or day as the day begins (R8, R32); they never keep anything from being published."""
    begins = datetime.combine(look.today, time(), CITY_CLOCK)
    for code, matter in MATTERS.items():
        late = [(row.department, row.case) for row in late_cases(look.store, look.instance, begins, code)]
        yield Matter.about(code, Level.NOTICE, matter.section, late)


def _looks(look: Look) -> Iterator[Matter | None]:
    found = attention(look.store, look.instance, look.today)
    for sort in Sort:
        of_sort = [one for one in found if one.sort is sort]
        urgent = sort is Sort.LEDGER or any(one.overdue for one in of_sort)
        level = Level.ATTENTION if urgent else Level.NOTICE
        ours = [(one.department, one.id) for one in of_sort]
        yield Matter.about(f"look_{sort.value}", level, SORT_LABELS[sort], ours)


def _records(look: Look) -> Iterator[Matter | None]:
    """Registers and lists: what waits for another body, what a change of law made out of date (D22, D25)."""
    rows = record_rows(look.store, look.instance, look.today)
    second = [(row.department, one) for row in rows if row.state is RecordState.REVIEWED for one in row.ids]
    late = [(row.department, one) for row in rows if row.overdue for one in row.ids]
    yield Matter.about("second_review", Level.NOTICE, "事前公开的清单等待第二道审核", second)
    yield Matter.about(
        "updates_overdue", Level.ATTENTION, "法律、机构变化后超期没有更新的事前公开信息", sorted(set(late))
    )


def _certificates(look: Look) -> Iterator[Matter | None]:
    found = [(one.department, one.id) for one in running_out(look.store, look.today)]
    yield Matter.about("certificates", Level.NOTICE, f"执法证件 {SOON.days} 天内到期", found)


def _door(look: Look) -> Iterator[Matter | None]:
    told = alarm(look.root)
    if told:
        yield Matter(code="door", level=Level.ATTENTION, label="受理更正申请的进程报警", said=(told,))


def _audit(look: Look) -> Iterator[Matter | None]:
    """What the last audit found stands until one finds nothing; before the first one nothing is watched."""
    last, days = Audited.last(look.root / "build"), look.instance.schedule.audit_days
    if last is not None and not last.ok:
        found = f"{last.day}：发现 {last.findings} 处，无法查看 {last.unread} 处，在 {'、'.join(last.where)}"
        label = "核验没有通过，先 gongshi rebuild --full 再 gongshi audit，仍有发现的先停止提供网站"
        yield Matter(code="audit", level=Level.ATTENTION, label=label, said=(found,))
    if last is not None and days and (look.today - last.day).days > days:
        said = (f"上一次是 {last.day}：请检查 gongshi-audit.timer，再运行 gongshi audit。",)
        yield Matter(code="audit_late", level=Level.ATTENTION, label=f"超过 {days} 天没有核验", said=said)


def _hints(look: Look) -> Iterator[Matter | None]:
    """A calendar without this year makes every date provisional, so that nothing is overdue: that is urgent."""
    missing = not look.instance.calendar.is_known(look.today)
    said = tuple(hints(look.instance, look.today))
    if said:
        level = Level.ATTENTION if missing else Level.NOTICE
        yield Matter(code="hints", level=level, label="参考数据要补充或者要请市里决定的", said=said)


def _named(rows: Sequence[Open]) -> list[tuple[str, str]]:
    return [(row.department, row.id) for row in rows]


ASKED: dict[Ask, tuple[str, ...]] = {
    _overdue: ("overdue",),
    _held: ("held_long", "held"),
    _unreviewed: (MISSING, UNVERIFIED),
    _acts: ("acts_overdue", "acts"),
    _requests: ("requests_overdue", "requests"),
    _reviews: ("reviews_overdue", "materials_late"),
    _files: tuple(MATTERS),
    _looks: tuple(f"look_{sort.value}" for sort in Sort),
    _records: ("second_review", "updates_overdue"),
    _certificates: ("certificates",),
    _door: (),
    _audit: (),
    _waiting: ("received",),
    _hints: ("hints",),
}
"""Every question, and the codes of what it finds in the record and the reference data; none for what lies outside of
both and is looked at each time. A new matter is a new function here."""
