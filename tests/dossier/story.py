"""A city with one case that went all the way: recorded, reviewed, discussed, decided, with a file in the vault."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

from gongshi.instance import Instance, load
from gongshi.intake.cases.checking import check_cases
from gongshi.law.review.words import Event
from gongshi.lifecycle.cases.evidence import Evidence, add
from gongshi.lifecycle.cases.taking import submit_cases
from gongshi.lifecycle.legal.acts import step
from gongshi.lifecycle.legal.decide import decide
from gongshi.store import Store
from gongshi.store.cases import case_id
from gongshi.vault import Vault
from tests.intake.cases.files import NUMBER, as_json, sheets
from tests.lifecycle.legal.casework import SAID

ROOT = Path(__file__).parents[2]
D = "11220700MB99000134"
RECORDED = datetime.fromisoformat("2026-03-21T10:00+08:00")
PICTURE = b"\xff\xd8\xff\xe0 a picture of the place"
DOCUMENTS = {10: "调查终结报告", 11: "处理建议及情况说明", 12: "决定书代拟稿", 9: "集体讨论记录"}
STEPS = (
    (Event.SUBMIT, "张示一"),
    (Event.RECEIVE, "郑示法"),
    (Event.REQUEST_MATERIALS, "郑示法"),
    (Event.SUPPLEMENT, "张示一"),
    (Event.OPINE, "郑示法"),
    (Event.DISCUSS, "刘示长"),
)


def tell(city: Path) -> Instance:
    """Make the city and the case; its instance."""
    shutil.copytree(ROOT / "data" / "reference", city / "data" / "reference")
    instance = load(city)
    with Store.open(city / "data" / "store.db") as store:
        report = check_cases([as_json(_sheets())], instance.department(D), instance, today=RECORDED.date())
        submit_cases(store, instance, report, by="周示礼", today=RECORDED.date(), now=RECORDED)
        case = case_id(store, f"{D}/case/松市监案〔2026〕1")
        _review(store, instance, case)
        _picture(store, instance, city, case)
    return instance


def _sheets() -> dict[str, list[dict[str, str]]]:
    told = sheets(
        case={
            "调查终结时间": "2026-03-10 09:00",
            "认为属于重大执法决定的理由": "影响大",
            "属于重大执法决定的情形": "L3-1",
        },
        party={"地址": "<b>松原市示例路</b>"},
    )
    told["过程记录"] += [
        {
            "案号": NUMBER,
            "序号": str(at),
            "阶段": "调查取证" if at == 10 else "审查决定",
            "文书或者记录": title,
            "载体": "文字",
            "制作时间": "2026-03-21 16:00" if at == 9 else "2026-03-10 08:00",
        }
        for at, title in DOCUMENTS.items()
    ]
    return told


def _review(store: Store, instance: Instance, case: str) -> None:
    for hours, (event, by) in enumerate(STEPS, start=1):
        step(store, instance, case, event, by=by, fields=SAID[event], now=RECORDED + timedelta(hours=hours))
    made = RECORDED + timedelta(hours=8)
    decide(store, instance, case, number="松市监罚〔2026〕15号", by="刘示长", now=made)


def _picture(store: Store, instance: Instance, city: Path, case: str) -> None:
    file = city / "现场.jpg"
    file.write_bytes(PICTURE)
    said = Evidence(custodian="何示档", description="现场", line="1", made_at="2026-03-02T10:30+08:00")
    vault = Vault(city / "data" / "vault")
    add(store, instance, vault, case, [file], by="周示礼", said=said, now=RECORDED + timedelta(hours=9))


TODAY = date(2026, 3, 25)
