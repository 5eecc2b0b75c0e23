"""A city's real reference data, a real store, and decisions that go through submission and review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongshi.instance import Instance, load
from gongshi.intake.batch import Batch, SourceFile
from gongshi.law.document_number import match_key
from gongshi.lifecycle.acts.answering import confirm, decline
from gongshi.lifecycle.acts.proposing import restore, suspend, withdraw
from gongshi.lifecycle.publication import record_publication
from gongshi.lifecycle.review import review
from gongshi.lifecycle.submit import submit
from gongshi.publish.database.changes import Changes
from gongshi.publish.database.public_db import bring_to
from gongshi.publish.preparing.prepare import Prepared, prepare
from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision
from gongshi.records.field import Scope
from gongshi.store import Store, head

ROOT = Path(__file__).parents[2]
DEPARTMENT = "11220700MB99000134"
CLOCK = ZoneInfo("Asia/Shanghai")
ENDED = {
    "instrument_number": "松政复决字[2026]7号",
    "instrument_agency": "松原市人民政府",
    "instrument_date": "2026-11-12",
    "effective_on": "2026-11-13",
    "received_on": "2026-11-16",
    "reason": "适用程序错误，依法予以纠正。",
    "note": "见复议案卷",
}
"""What an end may ask for; of it the notice tells the instrument, its days and the reason."""
COMPANY = {"party_name": "松原市例一商贸有限公司", "party_type": "法人及非法人组织", "party_uscc": "91220702MA14XXXX1T"}
PERSON = {
    "party_name": "张建国",
    "party_type": "自然人",
    "party_document": "身份证",
    "party_document_number": "220702198001011234",
    "fine": "500",
}
TRADER = {
    "party_name": "宁江区例二小吃店（李秀英）",
    "party_type": "个体工商户",
    "party_uscc": "92220702MA99NPCA3Y",
    "legal_representative": "李秀英",
}


@dataclass
class World:
    """A store with the city's reference data; `publish` is what a rebuild does up to public.db."""

    store: Store
    instance: Instance
    path: Path
    today: date = date(2026, 11, 20)
    ledger: Mapping[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _random: Random = field(default_factory=lambda: Random(5))

    @property
    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 9, tzinfo=CLOCK)

    def decision(
        self,
        kind: str = "penalty",
        parties: Sequence[Mapping[str, str]] = (COMPANY,),
        *,
        number: str = "",
        kept: Mapping[str, str] | None = None,
        **values: str | None,
    ) -> Decision:
        """A checked decision as intake would hand it over."""
        number = number or f"松市监罚〔2026〕{next(self._numbers)}号"
        filled: dict[str, str | None] = {
            "document_number": number,
            DECISION_KINDS[kind].event: "2026-11-10",
            "content": "罚款人民币5000元。",
            "facts": "当事人未按规定公示食品经营许可证。",
            "legal_basis": "《中华人民共和国食品安全法》第一百二十六条",
            "agency_name": "松原市市场监督管理局",
            "agency_uscc": DEPARTMENT,
            "secrecy_checked": "1",
            **({"violation_type": "未按规定公示许可证", "penalty_class": "罚款"} if kind == "penalty" else {}),
            **values,
        }
        declared = DECISION_KINDS[kind].by_name
        own = {name for name, f in declared.items() if f.scope is Scope.EITHER and any(name in p for p in parties)}
        return Decision(
            kind=kind,
            department=DEPARTMENT,
            key=f"{DEPARTMENT}/{kind}/{match_key(number)}",
            values={name: value for name, value in filled.items() if name in declared and name not in own},
            parties=tuple(parties),
            kept=kept or {},
        )

    def send(
        self,
        *decisions: Decision,
        earlier: bool = False,
        evidence: str = "",
        approve: bool = True,
        opinion: str = "同意",
        **choices: Any,
    ) -> str:
        """Submit and approve, or return; `choices` are the reviewer's open_names and mask_names. The receipt."""
        raw = repr(decisions).encode()
        batch = Batch(
            department=DEPARTMENT,
            files=(SourceFile("b.xlsx", raw),),
            decisions=decisions,
            problems=(),
            rows=len(decisions),
            earlier=earlier,
            evidence=evidence,
        )
        times = {"today": self.today, "now": self.now}
        receipt = submit(self.store, self.instance, batch, by="周示礼", **times).id
        choices |= {"approve": approve, "opinion": opinion}
        review(self.store, self.instance, receipt, by="郑示正", **times, **choices)
        return receipt

    def end(self, record: str, ending: str = "revoked", **fields: str) -> None:
        """Withdrawn by two persons; `fields` over those that every end can have."""
        filled = {**ENDED, **fields}
        act = withdraw(
            self.store, self.instance, record, ending=ending, fields=filled, by="周示礼", today=self.today, now=self.now
        )
        self.confirm(act.number)

    def suspend(self, record: str) -> int:
        """紧急下架 by one person; the number of the act."""
        return suspend(
            self.store, self.instance, record, reason="疑似有误", by="周示礼", today=self.today, now=self.now
        ).number

    def restore(self, record: str) -> None:
        """Let back by two persons."""
        act = restore(
            self.store, self.instance, record, reason="原因已经消除", by="周示礼", today=self.today, now=self.now
        )
        self.confirm(act.number)

    def confirm(self, number: int) -> None:
        confirm(self.store, self.instance, number, by="郑示正", opinion="同意", today=self.today, now=self.now)

    def decline(self, number: int) -> None:
        decline(self.store, self.instance, number, by="郑示正", opinion="无误", today=self.today, now=self.now)

    def prepare(self) -> Prepared:
        return prepare(self.store, self.instance, self.today, self._random.getrandbits, ledger=self.ledger)

    def publish(self, *, full: bool = False) -> Changes | None:
        """Prepare, journal, write."""
        prepared = self.prepare()
        record_publication(self.store, prepared.published, prepared.stops, self.today, self.now)
        return bring_to(self.path, prepared.rows, self.instance, head(self.store), notices=prepared.notices, full=full)


@pytest.fixture(scope="session")
def instance() -> Instance:
    return load(ROOT)


@pytest.fixture
def world(tmp_path: Path, instance: Instance) -> Iterator[World]:
    with Store.open(tmp_path / "data" / "store.db") as store:
        yield World(store, instance, tmp_path / "build" / "public.db")


@pytest.fixture
def parties() -> dict[str, dict[str, str]]:
    return {"company": COMPANY, "person": PERSON, "trader": TRADER}


@pytest.fixture
def dump() -> Callable[[Path], dict[str, list[tuple[Any, ...]]]]:
    """Every row of every table of a public.db, and what its index holds."""
    from gongshi.store.sqlite import connect

    def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
        db = connect(path)
        try:
            db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'decisions_fts', 'instance')")
            sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_fts%' ORDER BY name"
            tables = [row["name"] for row in db.execute(sql)]
            found = {name: [tuple(row) for row in db.execute(f"SELECT * FROM {name}")] for name in tables}
            found["index"] = sorted(tuple(row) for row in db.execute("SELECT * FROM temp.vocabulary"))
            return found
        finally:
            db.close()

    return rows
