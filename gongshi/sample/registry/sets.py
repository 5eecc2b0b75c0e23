"""Which department of the sample sends which registers, in which files, and who reviewed them.

Market supervision, the environment and water have everything; the justice bureau reviews the lists of the others
and sends the city's texts; health has no guides, no legal reviewer and an item that a reorganisation touched; police
and farming wait for their second review; others have officers alone, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongshi.records.department import Department
from gongshi.sample.files import dump_yaml
from gongshi.sample.registry import forms, lists, texts, windows
from gongshi.sample.registry.annual import annual
from gongshi.sample.registry.items import items
from gongshi.sample.registry.officers import officers
from gongshi.sample.registry.values import Record
from gongshi.sample.registry.writing import Batch, write_csv, write_xlsx, write_yaml
from gongshi.sample.story import HISTORY

REVIEWED_ON = HISTORY.isoformat()
_OPINION = "经核对，内容完整、依据准确，同意公示（示例）。"
_SECOND_OPINION = "经审核，主体、职权、依据、程序无误，同意公示（示例）。"
_BODIES = {"enforcement_item": "legal_body", "random_inspection_item": "market_supervision"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """What one department sends; counts of records, 0 for none."""

    officers: int = 0
    reviewer: bool = True
    troubled: bool = False
    items: int = 0
    inspections: int = 0
    lists: bool = False
    guides: int = 0
    boards: int = 0
    own_texts: bool = False
    city_texts: bool = False
    determined: tuple[str, ...] = ()
    endorsed: bool = True
    """Whether the second review has been given."""
    later: bool = False
    """Whether an item ends, and another changes next year."""
    annual: bool = False
    """Whether last year's figures are declared."""
    renewed: str = ""
    """The day from which everything was brought up to date after a reorganisation, but for one item."""


SETS = {
    "11220700MB99000134": Set(
        officers=14, troubled=True, items=8, inspections=4, lists=True, guides=3, boards=2, own_texts=True, annual=True
    ),
    "11220700MB9900021Y": Set(officers=8, items=6, inspections=2, lists=True, guides=1, boards=1, own_texts=True),
    "11220700MB9900128A": Set(
        officers=6,
        items=6,
        inspections=1,
        lists=True,
        guides=1,
        boards=1,
        own_texts=True,
        determined=("行政征收",),
        later=True,
        annual=True,
    ),
    "11220700MB9900160M": Set(officers=4, items=2, city_texts=True, own_texts=True),
    "11220700MB9900048N": Set(
        officers=6, reviewer=False, items=4, lists=True, determined=("行政收费",), renewed="2026-10-12"
    ),
    "11220700MB990011XA": Set(officers=10, items=4, endorsed=False),
    "11220700MB9900101J": Set(officers=5, items=4, endorsed=False),
    "11220721MB9900136J": Set(officers=4, items=4),
    "11220700MB990003XN": Set(officers=5),
    "11220700MB9900056H": Set(officers=3, reviewer=False),
}
"""By key; whoever is not named sends nothing yet."""

Write = Callable[[Path, Batch], None]


def write(root: Path, departments: Sequence[Department]) -> None:
    """The sets of `departments` below data/submissions of `root`, beside what lies there.

    The files are numbered, so that what a board or a guide names is taken in before it.
    """
    for department in departments:
        if chosen := SETS.get(department.key):
            folder = root / "data" / "submissions" / department.key
            folder.mkdir(parents=True, exist_ok=True)
            for name, written, batch in batches(department, chosen):
                path = folder / name
                written(path, batch)
                _beside(path, department, departments, batch, endorsed=chosen.endorsed)
            if chosen.guides:
                _attach(folder / "registry-5-guides.files", _of_guides())
            if chosen.own_texts:
                _attach(folder / "registry-7-texts.files", _of_texts())


def codes(department: Department) -> dict[str, str]:
    """The codes of the department's public items in force, by their names."""
    chosen = SETS.get(department.key)
    if chosen is None or not chosen.endorsed:
        return {}
    own = items(department, chosen.items) if chosen.items else []
    lasting = own[:-1] if chosen.later else own
    return {str(one["name"]): str(one["code"]) for one in lasting}


def batches(department: Department, chosen: Set) -> Iterator[tuple[str, Write, Batch]]:
    """The files' names, how each is written, and what is in it; without those that would be empty."""
    own = items(department, chosen.items) if chosen.items else []
    guides = windows.guides(department, own, chosen.guides)
    found: tuple[tuple[str, Write, Batch], ...] = (
        ("registry-1-officers.xlsx", write_xlsx, {"officer": _officers(department, chosen)}),
        ("registry-2-items.yaml", write_yaml, {"enforcement_item": _ended(own) if chosen.later else own}),
        ("registry-3-inspections.xlsx", write_xlsx, _inspections(department, chosen.inspections)),
        ("registry-4-lists.yaml", write_yaml, _lists(department) if chosen.lists else {}),
        ("registry-5-guides.yaml", write_yaml, {"service_guide": guides}),
        ("registry-6-boards.csv", write_csv, {"post_board": windows.boards(department, guides, chosen.boards)}),
        ("registry-7-texts.yaml", write_yaml, _texts(department, chosen)),
        ("registry-8-items-2027.yaml", write_yaml, {"enforcement_item": _later(own) if chosen.later else []}),
        ("registry-9-annual.yaml", write_yaml, {"annual_figures": [annual(department)] if chosen.annual else []}),
    )
    for name, written, batch in found:
        filled = {kind: _renewed(kind, records, chosen.renewed) for kind, records in batch.items() if records}
        if filled:
            yield name, written, filled


def _renewed(kind: str, records: Sequence[Record], since: str) -> Sequence[Record]:
    """The records as they are since a reorganisation; the last item was forgotten."""
    if not since:
        return records
    forgotten = records[-1] if kind == "enforcement_item" else None
    words: Record = {"effective_from": since, "change_note": "机构职能调整后更新（示例）。"}
    return [one if one is forgotten else one | words for one in records]


def _officers(department: Department, chosen: Set) -> list[Record]:
    return officers(department, chosen.officers, reviewer=chosen.reviewer, troubled=chosen.troubled)


def _inspections(department: Department, count: int) -> Batch:
    if not count:
        return {}
    return {
        "random_inspection_item": lists.random_items(department, count),
        "inspection_plan": [lists.plan(department, count)],
    }


def _lists(department: Department) -> Batch:
    return {
        "subject": [lists.subject(department)],
        "recording_item": lists.recording_items(department),
        "review_catalogue": lists.review_catalogue(department),
    }


def _texts(department: Department, chosen: Set) -> Batch:
    return {
        "normative_text": [
            *(texts.city_texts(department) if chosen.city_texts else ()),
            *(texts.own_texts(department) if chosen.own_texts else ()),
        ],
        "determination": [
            texts.determination(department, act, number) for number, act in enumerate(chosen.determined, 11)
        ],
    }


def _ended(own: Sequence[Record]) -> list[Record]:
    """The items, the last of which is over."""
    return [*own[:-1], {**own[-1], "effective_to": "2026-06-30", "change_note": "职权取消（示例）。"}]


def _later(own: Sequence[Record]) -> list[Record]:
    """The second item as it will be from next year on."""
    return [{**own[1], "effective_from": "2027-01-01", "rights": f"{own[1]['rights']}（2027年修订，示例）"}]


def _beside(
    path: Path, department: Department, departments: Sequence[Department], batch: Batch, *, endorsed: bool
) -> None:
    """Who sent the file, who reviewed it, and who reviewed it a second time where a kind in it needs that."""
    dump_yaml(path.with_name(f"{path.stem}.batch.yml"), {"by": department.submitters[0]})
    reviewer = department.reviewers[0]
    review = {"reviewer": reviewer, "result": "approve", "date": REVIEWED_ON, "opinion": _OPINION}
    dump_yaml(path.with_name(f"{path.stem}.review.yml"), review)
    kind = next((kind for kind in batch if kind in _BODIES), "")
    if not kind or not endorsed:
        return
    body = _endorser(_BODIES[kind], department, departments)
    second = {
        "department": body.key,
        "reviewer": next(name for name in body.reviewers if name != reviewer),
        "result": "approve",
        "date": REVIEWED_ON,
        "opinion": _SECOND_OPINION,
        "kinds": [kind],
    }
    dump_yaml(path.with_name(f"{path.stem}.second.yml"), second)


def _endorser(body: str, department: Department, departments: Sequence[Department]) -> Department:
    """Who gives the second review: of the department's own region, where there is one."""
    able = [one for one in departments if body in one.second_reviews]
    return next((one for one in able if one.region == department.region), able[0])


def _of_guides() -> Mapping[str, bytes]:
    made = {
        windows.FORM: forms.docx("申请书（示例）", "申请人：", "申请事项：", "联系电话："),
        windows.LETTER: forms.docx("授权委托书（示例）", "委托人：", "受托人：", "委托事项和期限："),
        windows.GUIDE: forms.pdf("填写说明（示例）", "一、用黑色字迹填写，或者打印。", "二、地址与营业执照一致。"),
        windows.MAP: forms.png(),
    }
    return {windows.FILES[name]: content for name, content in made.items()}


def _of_texts() -> Mapping[str, bytes]:
    lines = ("时间：", "地点：", "当事人：", "执法人员（证号）：", "情况：", "当事人签名：")
    return {file: forms.docx(f"{label}（示例）", *lines) for label, file in texts.FILES.items()}


def _attach(folder: Path, files: Mapping[str, bytes]) -> None:
    """The attachments of one batch."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
