"""A small public.db with every kind of decision, made with the wall's own schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from gongshi.publish.composing.schema import own_columns, statements
from gongshi.publish.database.figures import Figures
from gongshi.publish.database.rows import stored, tag_of
from gongshi.publish.database.tallies import Tallies
from gongshi.query.tokens import key_text
from gongshi.records import ALL_KINDS, DECISION_KINDS, REGISTRY_KINDS
from gongshi.records.registry.key import item_mark
from gongshi.render.look.environment import environment
from gongshi.render.look.shell import Shell
from gongshi.render.pages import Page, plan
from gongshi.store.sqlite import connect
from tests.render.registry.contents import RECORDS

ROOT = Path(__file__).parents[2]
MARKET, ROADS, COUNTY = "11220700MB99000134", "11220700MB990003XN", "11220721MB9900056K"
CHANNEL = {
    "channel_address": "松原市示例大街1号（示例地址）",
    "channel_postcode": "138000",
    "channel_phone": "0438-0000001",
    "channel_email": "jiandu01@example.invalid",
    "channel_procedure": "收到举报后5个工作日内决定是否受理；受理的，60日内办结并书面答复实名举报人（示例程序）。",
}
META = {
    "name": "松原市",
    "site_name": "松原市行政执法信息公示平台（示例）",
    "region": "220700",
    "url": "",
    "domain": "",
    "website_id": "2207009999",
    "organiser": "松原市行政执法监督机构（示例）",
    "sample": "1",
}
TEXTS: dict[str, dict[str, str]] = {
    "licence": {
        "content": "准予从事预包装食品销售（含冷藏冷冻食品）、散装食品销售。",
        "document_name": "食品经营许可决定书",
        "licence_class": "普通",
        "certificate_name": "食品经营许可证",
        "certificate_number": "JY12207020009999",
        "valid_from": "2026-03-02",
        "valid_until": "2031-03-01",
        "licence_state": "有效",
    },
    "penalty": {
        "content": "责令立即改正；没收违法所得1200.50元；罚款人民币5000元。",
        "facts": "当事人自2026年1月起经营超过保质期的食品，货值金额860元，违法所得1200.50元。\n"
        "上述事实有现场笔录、询问笔录和进货票据为证。",
        "legal_basis": "《中华人民共和国食品安全法》第一百二十四条第一款第五项",
        "violation_type": "经营超过保质期的食品",
        "penalty_class": "罚款、没收违法所得",
        "publish_until": "2031-03-05",
    },
    "coercion": {
        "content": "扣押涉案电动三轮车一辆，扣押期限三十日。",
        "facts": "涉嫌使用未取得号牌的车辆从事道路运输经营。",
        "legal_basis": "《中华人民共和国道路运输条例》第六十二条",
        "manner": "扣押财物",
        "outcome": "已解除扣押",
    },
    "levy": {
        "content": "征收2025年度水土保持补偿费12,800元。",
        "legal_basis": "《中华人民共和国水土保持法》第三十二条",
        "item_name": "水土保持补偿费",
    },
    "charge": {
        "content": "按每平方米每日0.5元收取城市道路占用费，共30日，计1500元。",
        "legal_basis": "《城市道路管理条例》第三十七条",
        "item_name": "城市道路占用费",
    },
    "inspection": {
        "content": "检查食品经营许可、进货查验记录和从业人员健康证明。",
        "facts": "未发现违法行为。",
        "legal_basis": "《中华人民共和国食品安全法》第一百一十条",
        "manner": "现场检查",
        "outcome": "未发现问题",
    },
    "random_inspection": {
        "content": "",
        "facts": "按计划检查，证照齐全。",
        "legal_basis": "《企业信息公示暂行条例》第十四条",
        "plan_name": "2026年第一季度双随机抽查计划",
        "item_name": "企业公示信息的检查",
        "manner": "现场检查",
        "outcome": "正常",
    },
}
COMPANY = {"name": "松原示例商贸有限公司", "type": "法人及非法人组织", "uscc": "91220700MA0000000X"}
PERSON = {"name": "张某某", "type": "自然人"}
TRADER = {"name": "宁江区老味道小吃店（示例）", "type": "个体工商户", "uscc": "92220702MA00000009"}


class PublicDb:
    """Writes rows as the wall would; `db` is the connection that pages are made from."""

    def __init__(self, path: Path) -> None:
        self.db = connect(path)
        for script in statements():
            self.db.executescript(script)
        self.db.execute("BEGIN")
        self.sort, self.late = 0, False
        self._reference()

    def _reference(self) -> None:
        for item in META.items():
            self.insert("meta", key=item[0], value=item[1])
        for code, name in (("220700", "松原市"), ("220702", "宁江区"), ("220721", "前郭尔罗斯蒙古族自治县")):
            self.insert("regions", code=code, name=name)
        self.department(MARKET, "松原市市场监督管理局", "220700", ("松原市工商行政管理局", "1992-07-01"))
        self.department(ROADS, "松原市交通运输局", "220700")
        self.department(COUNTY, "前郭尔罗斯蒙古族自治县水利局", "220721")
        for position, kind in enumerate(DECISION_KINDS.values()):
            self.insert("kinds", name=kind.name, label=kind.label, summary=kind.summary, position=position)
        for position, record in enumerate(REGISTRY_KINDS.values()):
            folder = record.folder or None
            self.insert(
                "record_kinds",
                name=record.name,
                label=record.label,
                summary=record.summary,
                folder=folder,
                position=position,
            )
        self.insert(
            "rules",
            id="term-results",
            question="term",
            effect="must",
            scope="六类执法决定",
            content="执法决定自形成或者变更之日起7个工作日内公示。",
            issuer="松原市人民政府办公室",
            article="行政执法公示办法第二十七条",
            basis="松政办发〔2019〕25号附件1",
            in_force_from="2020-01-01",
            in_force_to=None,
            decided_by="示例决定〔2026〕1号",
            decided_on="2026-03-02",
            position=1,
        )
        for kind in ALL_KINDS.values():
            for position, field in enumerate(kind.fields):
                self.insert(
                    "dictionary",
                    kind=kind.name,
                    name=field.name,
                    label=field.label,
                    type=field.type.value,
                    visibility=field.visibility.value,
                    required=int(field.required),
                    max_length=field.max_length or None,
                    choices="、".join(field.choices) or None,
                    standard=field.standard or None,
                    article=field.article or None,
                    help=field.help or None,
                    position=position,
                )

    def department(self, key: str, name: str, region: str, *former: tuple[str, str]) -> None:
        names = [{"name": old, "since": since} for old, since in former] + [{"name": name, "since": "2019-01-15"}]
        self.insert(
            "departments",
            key=key,
            name=name,
            names=json.dumps(names, ensure_ascii=False),
            region=region,
            superior=None,
            **CHANNEL,
        )

    def insert(self, table: str, **values: object) -> None:
        places = ",".join("?" * len(values))
        self.db.execute(f"INSERT INTO {table} ({','.join(values)}) VALUES ({places})", list(values.values()))

    def decision(
        self, kind: str = "penalty", *, day: str = "2026-03-05", parties: Any = (COMPANY,), **values: Any
    ) -> str:
        """Publish one decision and return its id; `values` override columns of `decisions` or of the kind."""
        self.sort += 1
        number = f"松市监示〔2026〕{self.sort}号"
        own = {name: TEXTS[kind].get(name) for name in own_columns(kind)}
        own.update({name: values.pop(name) for name in list(values) if name in own})
        row: dict[str, Any] = {
            "sort": (date.fromisoformat(day).toordinal() << 20) + self.sort,
            "id": sha256(str(self.sort).encode()).hexdigest()[:16],
            "kind": kind,
            "department": MARKET,
            "department_name": "松原市市场监督管理局",
            "region": "220700",
            "title": f"松原市市场监督管理局对{parties[0]['name'] if parties else ''}作出{DECISION_KINDS[kind].label}",
            "parties": "、".join(party["name"] for party in parties),
            "document_number": number,
            "decided_on": "2026-03-02",
            "agency_name": "松原市市场监督管理局",
            "served_on": None,
            "changed_on": None,
            "remedies": None,
            "item_code": None,
            "item": None,
            "first_published_on": day,
            "updated_on": day,
            "legal_due": "2026-03-11",
            "due_rule": "term-results",
            "duty_article": "行政执法公示办法第十六条第一款",
            "duty_rule": "D16-publish",
            "due_article": "行政执法公示办法第二十七条",
            "due_text": "自信息形成之日起7个工作日内",
            "due_provisional": 0,
            "publish_until": "2031-03-05",
            "until_rule": "retention-default",
            "until_article": "行政执法公示办法第二十八条",
            **{name: TEXTS[kind].get(name) for name in ("content", "facts", "legal_basis")},
            **values,
        }
        row["digest"] = sha256(repr((row, own, parties)).encode()).hexdigest()[:16]
        self.insert("decisions", **row)
        self.insert(kind, sort=row["sort"], **own)
        for position, party in enumerate(parties):
            self.insert("parties", sort=row["sort"], position=position, **party)
        return str(row["id"])

    def record(self, kind: str, *, row: Any = None, files: Any = (), department: str = MARKET, **content: Any) -> str:
        """Publish one registry record and return its id; `content` overrides fields of its kind (None: without it),
        `row` columns of `records`; `files` are (label, name, type, bytes)."""
        self.sort += 1
        record = REGISTRY_KINDS[kind]
        held = {name: value for name, value in {**RECORDS[kind], **content}.items() if value is not None}
        (place,) = self.db.execute("SELECT name, region FROM departments WHERE key = ?", (department,))
        code = held.get("code" if kind == "enforcement_item" else "item_code")
        made: dict[str, Any] = {
            "sort": (date(2026, 3, 2).toordinal() << 20) + self.sort,
            "id": sha256(str(self.sort).encode()).hexdigest()[:16],
            "kind": kind,
            "department": department,
            "department_name": place["name"],
            "region": place["region"],
            "title": held[record.heading],
            "number": held.get(record.number),
            "act": held.get(record.acts) if record.acts else None,
            "item": item_mark(department, code) if code else None,
            "standing": "in_force",
            "validity": "valid" if kind == "officer" else None,
            "valid_to": held.get("valid_to"),
            "effective_from": "2026-01-01",
            "effective_to": None,
            "first_published_on": "2026-03-02",
            "updated_on": "2026-03-02",
            "second_body": None,
            "second_on": None,
            "outdated_since": None,
            "outdated_why": None,
            "corrected": 0,
            "history": json.dumps([{"on": "2026-03-02", "event": "publish", "fields": []}]),
            "content": json.dumps(held, ensure_ascii=False),
            **(row or {}),
        }
        made["digest"] = sha256(repr((made, files)).encode()).hexdigest()[:16]
        self.insert("records", **made)
        for position, (label, name, type, body) in enumerate(files):
            mark = sha256(body).hexdigest()
            self.db.execute("INSERT OR IGNORE INTO attachments VALUES (?, ?, ?, ?)", (mark, type, len(body), body))
            self.insert("record_files", sort=made["sort"], position=position, label=label, name=name, sha256=mark)
        return str(made["id"])

    def notice(self, kind: str = "penalty", **values: Any) -> str:
        """Publish the notice of a withdrawn decision and return its id; `values` override columns."""
        self.sort += 1
        row: dict[str, Any] = {
            "sort": (date(2026, 1, 5).toordinal() << 20) + self.sort,
            "id": sha256(str(self.sort).encode()).hexdigest()[:16],
            "kind": kind,
            "department": MARKET,
            "department_name": "松原市市场监督管理局",
            "region": "220700",
            "document_number": f"松市监示〔2026〕{self.sort}号",
            "decided_on": "2026-01-02",
            "first_published_on": "2026-01-05",
            "withdrawn_on": "2026-03-20",
            "ending": "revoked",
            "ending_label": "撤销",
            "instrument_number": "松政复决〔2026〕7号",
            "instrument_agency": "松原市人民政府",
            "instrument_date": "2026-03-16",
            "effective_on": "2026-03-18",
            "reason": "行政复议机关认为原决定认定事实的主要证据不足，决定予以撤销。",
            "rule": "ending-revoked",
            "article": "行政处罚法第四十八条",
            "notice_until": "2031-01-05",
            "in_sitemap": 1,
            **values,
        }
        row["digest"] = sha256(repr(row).encode()).hexdigest()[:16]
        self.insert("notices", **row)
        return str(row["id"])

    def city(self) -> None:
        """A city's worth of ordinary decisions: every kind, three departments, two months; three were withdrawn."""
        start = date(2026, 2, 20)
        parties = ((COMPANY,), (PERSON,), (TRADER,))
        places = (
            (MARKET, "松原市市场监督管理局"),
            (ROADS, "松原市交通运输局"),
            (COUNTY, "前郭尔罗斯蒙古族自治县水利局"),
        )
        for number in range(42):
            kind = list(DECISION_KINDS)[number % 7]
            key, name = places[number % 3]
            self.decision(
                kind,
                day=(start + timedelta(days=number // 2)).isoformat(),
                parties=parties[number % 3],
                department=key,
                department_name=name,
                agency_name=name,
            )
        self.notice()
        self.notice("licence", ending="void", ending_label="确认无效", document_number=None)
        self.notice("coercion", department=ROADS, instrument_number=None, instrument_agency=None, notice_until=None)
        self.registers()
        self.count()

    def registers(self) -> None:
        """Records of every kind: one department has all, another almost nothing; some are over or out of date."""
        form = ("空白表格", "申请书.pdf", "application/pdf", b"a form")
        for kind in RECORDS:
            self.record(kind, files=[form] if kind in ("service_guide", "normative_text") else ())
        outdated = {"outdated_since": "2026-03-30", "outdated_why": "示例法自2026年3月1日起施行"}
        self.record("enforcement_item", code="2207-CF-002", act="其他", row=outdated)
        self.record("enforcement_item", code="编码", row={"standing": "ended", "effective_to": "2026-03-01"})
        self.record("enforcement_item", department=COUNTY)
        self.record("service_guide", department=COUNTY, process=None, materials=None)
        self.record("officer", department=ROADS, certificate_number="22070200001", row={"validity": "expired"})

    def count(self) -> None:
        """Bring figures, keys and what is counted by them to what the rows say, as the wall does."""
        Figures.counted(self.db, late=self.late).write(self.db)
        for table in ("tags", "facets", "laws", "acts", "figures_more"):
            self.db.execute(f"DELETE FROM {table}")
        self.db.execute("INSERT INTO decisions_fts(decisions_fts) VALUES ('delete-all')")
        tallies = Tallies()
        for one in tallies.passing(stored(self.db)):
            tag = tag_of(one)
            self.db.execute("INSERT INTO tags VALUES (?, ?, ?, ?, ?)", tag)
            self.db.execute(
                "INSERT INTO decisions_fts(rowid, facet) VALUES (?, ?)", (one.sort, key_text(one.keyed().pairs()))
            )
        tallies.write(self.db)

    def light(self) -> dict[str, Any]:
        """What the parts of a change are worked out from: each decision by its id, with the laws that it cites."""
        return {one.id: dict(one.row) | {"laws": tag_of(one)[-1]} for one in stored(self.db)}

    def plan(self, env: Environment, shell: Shell, parts: Iterable[str] | None = None) -> Iterator[Page]:
        """The site of what was written, or `parts` of it."""
        self.count()
        return plan(self.db, env, shell, parts)


@pytest.fixture
def public(tmp_path: Path) -> Iterator[PublicDb]:
    made = PublicDb(tmp_path / "public.db")
    yield made
    made.db.close()


@pytest.fixture(scope="session")
def env() -> Environment:
    return environment(ROOT / "site_src" / "templates")


@pytest.fixture(scope="session")
def shell() -> Shell:
    return Shell(b"<header>HEADER</header>", b"<footer>FOOTER</footer>")


@pytest.fixture
def site(public: PublicDb, env: Environment, shell: Shell) -> Callable[[], dict[str, str]]:
    """Every page that the plan makes of the database, by path, as text; of what is packed, what can be read."""
    return lambda: {page.path: page.render().decode(errors="replace") for page in public.plan(env, shell)}
