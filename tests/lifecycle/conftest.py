"""A city with one department of our own, its store, and batches made by hand or as files."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from gongshi.instance import Instance, load
from gongshi.intake.batch import Batch, SourceFile
from gongshi.lifecycle import Receipt, Recorded, Reviewed, record_publication, review, submit
from gongshi.lifecycle.acts.answering import confirm, decline
from gongshi.lifecycle.acts.proposing import restore, suspend, withdraw
from gongshi.publish.preparing.prepare import prepare
from gongshi.records import DECISION_KINDS
from gongshi.records.decision import Decision
from gongshi.records.field import Scope
from gongshi.store import Store

REPOSITORY = Path(__file__).parents[2]
DEPARTMENT = "112207000135491313"
OFFICE = """
- key: "112207000135491313"
  names: [{name: 松原市试验管理局, since: 2019-01-01}]
  region: "220700"
  number_prefixes: [松试罚, 松试许]
  channel_address: 地址
  channel_postcode: "138000"
  channel_phone: 0438-1234567
  channel_email: a@example.invalid
  channel_procedure: 程序
  submitters: [赵提交, 钱兼任]
  reviewers: [孙审核, 钱兼任]
"""
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance's folder: the shipped rules and holidays, one department more."""
    root = tmp_path_factory.mktemp("city")
    shutil.copytree(REPOSITORY / "data" / "reference", root / "data" / "reference")
    with (root / "data" / "reference" / "departments.yml").open("a", encoding="utf-8") as file:
        file.write(OFFICE)
    return root


@pytest.fixture(scope="session")
def instance(city: Path) -> Instance:
    return load(city)


@pytest.fixture(scope="session")
def clock() -> Mapping[str, Any]:
    """The day and the instant of an action."""
    return {"today": TODAY, "now": NOW}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data" / "store.db") as opened:
        yield opened


Party = Mapping[str, str | None]


@pytest.fixture(scope="session")
def party() -> Callable[..., Party]:
    """A party with every party field of a penalty, as intake makes it."""
    fields = [field.name for field in DECISION_KINDS["penalty"].fields if field.scope is Scope.PARTY]

    def make(name: str, **values: str) -> Party:
        kind = "法人及非法人组织" if name.endswith(("公司", "局")) else "自然人"
        adult = "1" if kind == "自然人" else None
        given = {"party_name": name, "party_type": kind, "party_adult_when_decided": adult, **values}
        return {**dict.fromkeys(fields), **given}

    return make


@pytest.fixture(scope="session")
def decision(party: Callable[..., Party]) -> Callable[..., Decision]:
    """A penalty with every field of the decision, as intake makes it."""
    fields = [field.name for field in DECISION_KINDS["penalty"].decision_fields]

    def make(number: int = 1, *parties: Party | str, **values: str | None) -> Decision:
        given = {
            "document_number": f"松试罚〔2026〕{number}号",
            "decided_on": "2026-02-27",
            "content": "罚款人民币5000元",
            "facts": "无照经营",
            "legal_basis": "《无证无照经营查处办法》第十三条",
            "penalty_class": "罚款",
            "agency_name": "松原市试验管理局",
            "secrecy_checked": "1",
            **values,
        }
        made = tuple(party(one) if isinstance(one, str) else one for one in parties or ("松原示例公司",))
        return Decision(
            kind="penalty",
            department=DEPARTMENT,
            key=f"{DEPARTMENT}/penalty/松试罚〔2026〕{number}",
            values={**dict.fromkeys(fields), **given},
            parties=made,
            kept={},
        )

    return make


@pytest.fixture(scope="session")
def batch() -> Callable[..., Batch]:
    """A checked batch of these decisions; `raw` makes it another file."""

    def make(*decisions: Decision, raw: bytes = b"", earlier: bool = False, evidence: str = "") -> Batch:
        content = raw or repr([one.to_payload() for one in decisions]).encode()
        return Batch(
            department=DEPARTMENT,
            files=(SourceFile("批次.xlsx", content),),
            decisions=decisions,
            problems=(),
            rows=len(decisions),
            earlier=earlier,
            evidence=evidence,
        )

    return make


@pytest.fixture
def send(store: Store, instance: Instance, batch: Callable[..., Batch]) -> Callable[..., Receipt]:
    """Submit these decisions as 赵提交."""

    def do(*decisions: Decision, by: str = "赵提交", today: date = TODAY, **options: object) -> Receipt:
        return submit(store, instance, batch(*decisions, **options), by=by, today=today, now=NOW)

    return do


@pytest.fixture
def judge_batch(store: Store, instance: Instance) -> Callable[..., Reviewed]:
    """Review a receipt as 孙审核."""

    def do(
        receipt: Receipt, approve: bool = True, *, by: str = "孙审核", opinion: str = "意见", **options: object
    ) -> Reviewed:
        options = {"today": TODAY, **options}
        return review(store, instance, receipt.id, by=by, approve=approve, opinion=opinion, now=NOW, **options)

    return do


@pytest.fixture(scope="session")
def penalty_csv() -> Callable[..., bytes]:
    """A department's CSV of penalties: one row for each mapping of label to cell over a complete row."""
    agency = {"处罚机关": "松原市试验管理局", "处罚机关统一社会信用代码": DEPARTMENT}
    source = {"数据来源单位": "松原市试验管理局", "数据来源单位统一社会信用代码": DEPARTMENT}
    row = {
        "行政处罚决定书文号": "松试罚〔2026〕1号",
        "行政相对人名称": "松原示例公司",
        "行政相对人类别": "法人及非法人组织",
        "行政相对人代码_1(统一社会信用代码)": "91220700MA0Y1XXK4U",
        "违法行为类型": "无照经营",
        "违法事实": "未取得营业执照从事经营活动",
        "处罚依据": "《无证无照经营查处办法》第十三条",
        "处罚类别": "罚款",
        "处罚内容": "罚款人民币5000元",
        "罚款金额（万元）": "0.5",
        "处罚决定日期": "2026-02-27",
        **agency,
        **source,
    }

    def make(*changes: Mapping[str, str]) -> bytes:
        rows: Sequence[Mapping[str, str]] = [{**row, **change} for change in changes]
        out = io.StringIO()
        writer = csv.DictWriter(out, list(dict.fromkeys(name for one in rows for name in one)))
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue().encode("utf-8-sig")

    return make


class Acts:
    """The acts of two persons, done by 赵提交 and 孙审核 unless said otherwise."""

    def __init__(self, store: Store, instance: Instance, clock: Mapping[str, Any]) -> None:
        self._store, self._instance = store, instance
        self.first, self.second = {**clock, "by": "赵提交"}, {**clock, "by": "孙审核"}
        self.revoked = {
            "instrument_number": "松政复决〔2026〕3号",
            "instrument_agency": "松原市人民政府",
            "instrument_date": "2026-03-01",
            "effective_on": "2026-03-01",
            "received_on": "2026-03-02",
            "reason": "经复议认定程序违法，原决定已被撤销。",
        }

    def withdraw(self, record: str, **how: Any) -> Any:
        how = {"ending": "revoked", "fields": self.revoked, **self.first, **how}
        return withdraw(self._store, self._instance, record, **how)

    def suspend(self, record: str, **how: Any) -> Any:
        return suspend(self._store, self._instance, record, **{"reason": "页面泄露个人信息", **self.first, **how})

    def restore(self, record: str, **how: Any) -> Any:
        return restore(self._store, self._instance, record, **{"reason": "复议决定已被法院撤销", **self.first, **how})

    def confirm(self, number: int, **how: Any) -> Any:
        return confirm(self._store, self._instance, number, **{"opinion": "同意", **self.second, **how})

    def decline(self, number: int, **how: Any) -> Any:
        return decline(self._store, self._instance, number, **{"opinion": "不同意", **self.second, **how})


@pytest.fixture
def acts(store: Store, instance: Instance, clock: Mapping[str, Any]) -> Acts:
    return Acts(store, instance, clock)


@pytest.fixture
def rebuild(store: Store, instance: Instance, clock: Mapping[str, Any]) -> Callable[..., Recorded]:
    """What a rebuild journals on a day."""

    def do(day: date = date(2026, 3, 3)) -> Recorded:
        prepared = prepare(store, instance, day)
        return record_publication(store, prepared.published, prepared.stops, day, clock["now"])

    return do


@pytest.fixture
def public(
    send: Callable[..., Receipt], judge_batch: Callable[..., Reviewed], decision: Callable[..., Decision], rebuild: Any
) -> Callable[..., str]:
    """A decision that is public since 2026-03-03; its id."""

    def do(*parties: str, number: int = 1, **values: str) -> str:
        receipt = send(decision(number, *parties, **values))
        judge_batch(receipt)
        rebuild()
        return receipt.entries[0].id

    return do
