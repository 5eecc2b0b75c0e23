"""Records of registers that go through submission and review, and what a rebuild does with them up to public.db."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongshi.instance import Instance
from gongshi.intake.batch import Batch, SourceFile
from gongshi.lifecycle.acts.proposing import suspend
from gongshi.lifecycle.publication import Recorded, record_publication
from gongshi.lifecycle.review import review
from gongshi.lifecycle.submit import submit
from gongshi.publish.database.changes import Changes
from gongshi.publish.database.public_db import bring_to
from gongshi.publish.registry.public_record import PublicRecord
from gongshi.publish.registry.wall import PreparedRecords, prepare_records
from gongshi.records import REGISTRY_KINDS
from gongshi.records.decision import Decision, nested_text
from gongshi.records.registry.key import record_key
from gongshi.store import Store, head, raw
from gongshi.store.queries import batch as batch_of

DEPARTMENT = "11220700MB99000134"
CLOCK = ZoneInfo("Asia/Shanghai")
BASIS = ({"law": "《中华人民共和国食品安全法》", "article": "第一百二十四条", "text": "有下列情形之一的"},)
STEPS = (
    {"number": "1", "name": "立案", "actor": "执法大队", "next": "2"},
    {"number": "2", "name": "作出决定", "actor": "负责人", "next": "结束"},
)
VALUES: Mapping[str, Mapping[str, Any]] = {
    "officer": {
        "name": "示例员",
        "certificate_number": "22070100001",
        "department_name": "松原市市场监督管理局",
        "body": "综合执法大队示例中队",
        "acts": "行政处罚、行政检查",
        "area": "松原市",
        "issuer": "吉林省人民政府",
        "valid_from": "2024-01-01",
        "valid_to": "2028-06-30",
        "state": "有效",
    },
    "enforcement_item": {
        "code": "2207-CF-001",
        "name": "对经营超过保质期食品的处罚",
        "act": "行政处罚",
        "basis": BASIS,
        "powers": "责令改正，没收违法所得，并处罚款。",
        "steps": STEPS,
    },
    "post_board": {
        "window": "一楼3号窗口",
        "post": "食品经营许可受理岗",
        "officers": "22070100001",
        "duties": "受理食品经营许可的申请，一次告知需要补正的材料。",
        "phone": "0438-0000001",
        "progress_query": "凭受理号到窗口查询",
        "complaint": "0438-0000002",
    },
    "recording_item": {
        "name": "查封扣押现场全程音像记录",
        "act": "行政强制",
        "stage": "查封扣押财产",
        "manner": "全程音像记录",
    },
    "normative_text": {
        "category": "规范用语",
        "applies_to": "本部门",
        "index_number": "示例索引/2026-00001",
        "issuer": "松原市市场监督管理局",
        "formed_on": "2026-01-01",
        "title": "行政执法规范用语指引（示例）",
        "released_on": "2026-01-05",
        "body": "出示证件时说明身份和来意，并告知当事人依法享有的权利。",
    },
}


def picture(seed: int = 1, size: int = 5000) -> bytes:
    """Bytes that stand for a file; nobody looks into them behind the wall."""
    return Random(seed).randbytes(size)


@dataclass
class Registers:
    """A store with the city's reference data; `publish` is what a rebuild does with records up to public.db."""

    store: Store
    instance: Instance
    path: Path
    today: date = date(2026, 11, 20)
    ledger: Mapping[str, str] = field(default_factory=dict)
    _random: Random = field(default_factory=lambda: Random(5))

    @property
    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 9, tzinfo=CLOCK)

    def record(self, kind: str, *, department: str = DEPARTMENT, **values: Any) -> Decision:
        """A checked record as intake would hand it over; what is given as rows becomes a table."""
        declared = REGISTRY_KINDS[kind]
        given = {"effective_from": "2026-01-01", "secrecy_checked": "1", **VALUES[kind], **values}
        told = {name: nested_text(value) if isinstance(value, tuple) else value for name, value in given.items()}
        filled = {**{each.name: None for each in declared.fields}, **told}
        key = record_key(department, declared, filled)
        return Decision(kind=kind, department=department, key=key, values=filled, parties=(), kept={})

    def attached(self, *bodies: bytes, name: str = "申请书") -> tuple[dict[str, str], ...]:
        """The rows of a FILES field for files that are kept in the store."""
        rows = []
        for at, body in enumerate(bodies):
            sha256 = hashlib.sha256(body).hexdigest()
            with self.store.write() as db:
                raw.keep(db, sha256, [body])
            called = f"{name}{at or ''}.pdf"
            rows.append(
                {"label": name, "name": called, "type": "application/pdf", "size": str(len(body)), "sha256": sha256}
            )
        return tuple(rows)

    def send(self, *records: Decision, approve: bool = True) -> list[str]:
        """Submit and let the department's reviewer approve; the ids, in their order."""
        content = repr((records, self.today)).encode()
        made = Batch(
            department=records[0].department,
            files=(SourceFile("b.yaml", content),),
            decisions=records,
            problems=(),
            rows=len(records),
        )
        times = {"today": self.today, "now": self.now}
        department = self.instance.departments[made.department]
        receipt = submit(self.store, self.instance, made, by=department.submitters[0], **times)
        if approve:
            by = department.reviewers[0]
            review(self.store, self.instance, receipt.id, by=by, approve=True, opinion="同意", **times)
        assert batch_of(self.store, receipt.id)
        return [entry.id for entry in receipt.entries]

    def suspend(self, record: str) -> None:
        """紧急下架 by one person."""
        suspend(self.store, self.instance, record, reason="疑似有误", by="周示礼", today=self.today, now=self.now)

    def prepare(self, ids: list[str] | None = None) -> PreparedRecords:
        return prepare_records(
            self.store, self.instance, self.today, ids=ids, ledger=self.ledger, draw=self._random.getrandbits
        )

    def record_publication(self, prepared: PreparedRecords) -> Recorded:
        return record_publication(self.store, prepared.published, prepared.stops, self.today, self.now)

    def publish(self, *, full: bool = False) -> Changes | None:
        """Prepare, journal, write."""
        prepared = self.prepare()
        self.record_publication(prepared)
        return bring_to(self.path, [], self.instance, head(self.store), records=prepared.rows, full=full)

    def shown(self) -> list[PublicRecord]:
        """What would be public today."""
        return self.prepare().rows


@pytest.fixture
def registers(tmp_path: Path, instance: Instance) -> Iterator[Registers]:
    with Store.open(tmp_path / "data" / "store.db") as store:
        yield Registers(store, instance, tmp_path / "build" / "public.db")


@pytest.fixture(scope="session")
def words() -> Callable[[PublicRecord], str]:
    return lambda public: "\n".join(public.texts())
