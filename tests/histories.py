"""Random histories of a city, drawn from a seed: what people send, decide and change, on days that go by.

Every step is a command as a person types it, or an edit as a webmaster makes it. What the state of a decision
does not allow is refused by the command, which is a step like any other.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from gongshi.cli import main
from gongshi.store import Store
from gongshi.store.acts import waiting
from tests.whole.conftest import DEPARTMENT, Row, right_row, write_sheet

FIRST, SECOND = ("--by", "周示礼"), ("--by", "郑示正")
BEGIN = date(2023, 3, 1)
WENT_WELL = (0, 3)
"""Exit statuses: done; done, and somebody has to act."""
_ENDS = ("变更", "撤销", "确认违法", "确认无效", "责令重新作出", "依法封存", "误公示", "ground")
_GROUNDS = ("主要事实涉密涉私", "危及安全稳定")
_PREFIXES = {"penalty": "松市监罚", "licence": "松市监许准", "random_inspection": "松市监抽"}
_RULES = ("R45-13-general", "R45-13-short", "CR36-repair", "P48-social-effect")
_TEMPLATES = ("decision.html", "list.html", "home.html", "page.html", "notice.html", "notices.html", "figures.html")
_LOWER_LIMITS = {
    "retention.yml": ("value: 2\n  unit: years", "value: 1\n  unit: years"),
    "terms.yml": ("value: 7", "value: 5"),
}
_LAW = "《中华人民共和国食品安全法》"
_LAWYER = ("--by", "钟示公")
_ITEM = """行政执法事项清单:
  - 事项编码: {code}
    事项名称: 对经营超过保质期食品的处罚
    事项类别: 行政处罚
    依据: [{{法律名称: {law}, 条款: 第一百二十四条, 条文: 违反本法规定……}}]
    权限内容: 立案、调查，{powers}
    执法流程:
      - {{步骤编号: 1, 步骤名称: 立案, 承办人员或机构: 执法大队, 下一步: "2:成立、3:不成立"}}
      - {{步骤编号: 2, 步骤名称: 决定, 承办人员或机构: 局长}}
      - {{步骤编号: 3, 步骤名称: 销案, 承办人员或机构: 局长}}
    生效日期: {since}
    失效日期: {until}
"""
_DETERMINATION = """公开内容的确定:
  - 执法类别: {act}
    公开的内容: 公开文号、事由和金额。
    确定文号: 松市监发〔{year}〕8号
    确定日期: {since}
    生效日期: {since}
"""
_PERSONS = ("诸葛示甲", "诸葛示乙", "司徒示丙", "张示丁", "欧阳示戊")


_UP = "published_version IS NOT NULL AND stopped IS NULL"
_GONE = "stays_down <> '' OR ended_by IS NOT NULL"
_HELD = "stopped = 'held'"


class History:
    """A city at `root` (built, empty) that goes through `steps` steps; what was done is in `done`."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.chance = root, random.Random(seed)
        self.today, self.seed = BEGIN, seed
        self.done: list[str] = []
        self.numbers: list[tuple[str, str]] = []
        self.receipts: list[str] = []
        self.changes: list[str] = []
        self._sheets = 0

    def live(self, steps: int) -> None:
        """So many steps, most of them followed by a rebuild; at the end one more."""
        self._submit([self._new() for _ in range(8)])
        self.officers()
        self.items()
        while self.receipts:
            self.review(approve=True)
        self.rebuild("--full")
        for step in self.chance.choices(list(_STEPS), list(_STEPS.values()), k=steps):
            step(self)
            if self.chance.random() < 0.7:
                self.rebuild()
        self.rebuild()

    def told(self) -> str:
        """What a person needs to see it again."""
        return f"seed {self.seed}: " + "; ".join(self.done)

    def command(self, *words: str | Path, ok: tuple[int, ...] = (0,)) -> Result:
        """One command on the day, which must end with one of the exit statuses."""
        name, *rest = map(str, words)
        self.done.append(" ".join([name, *rest]))
        given = ["--root", str(self.root), "--today", self.today.isoformat()]
        result = CliRunner().invoke(main, [name, *given, *rest])
        failed = result.exception if not isinstance(result.exception, SystemExit) else None
        assert failed is None, f"{self.told()}\n{failed!r}\n{result.output}"
        assert result.exit_code in ok, f"{self.told()}\n{result.output}"
        return result

    def rebuild(self, *words: str) -> None:
        self.command("rebuild", *words, ok=WENT_WELL)

    def send(self) -> None:
        """One to three new decisions."""
        self._submit([self._new() for _ in range(self.chance.randint(1, 3))])
        if self.chance.random() < 0.6:
            self.review()

    def again(self, **changes: str) -> None:
        """A decision that was sent before, with other words."""
        if self.numbers:
            kind, number = self.chance.choice(self.numbers)
            self._submit([self._row(kind, number, **changes)])
            if self.chance.random() < 0.8:
                self.review(approve=True)

    def changed(self) -> None:
        """变更."""
        self.again(changed_on=self.today.isoformat())

    def withheld(self) -> None:
        """A version on a ground of D18."""
        self.again(withhold_ground=self.chance.choice(_GROUNDS), withhold_reason="内部研判理由")

    def committed(self) -> None:
        """A file with its review in data/submissions."""
        folder = self.root / "data" / "submissions" / DEPARTMENT
        folder.mkdir(parents=True, exist_ok=True)
        name = f"batch{len(self.done)}"
        write_sheet(folder / f"{name}.csv", [self._new()])
        (folder / f"{name}.batch.yml").write_text("by: 周示礼\n", encoding="utf-8")
        review = f"reviewer: 郑示正\nresult: approve\ndate: {self.today}\nopinion: 同意\n"
        (folder / f"{name}.review.yml").write_text(review, encoding="utf-8")
        self.done.append(f"commit {name}")

    def review(self, *, approve: bool | None = None) -> None:
        """The oldest receipt that waits."""
        if self.receipts:
            yes = self.chance.random() < 0.8 if approve is None else approve
            receipt = self.receipts.pop(0)
            answer = ("--approve",) if yes else ("--return", "--opinion", "证据不足")
            self.command("review", receipt, *SECOND, *answer, ok=(0, 1))
            self.command("review", receipt, "--second", *_LAWYER, *answer, ok=(0, 1))

    def officers(self) -> None:
        """Some officers: new ones, others, with a certificate that holds, ended or was taken away, now or later."""
        chance = self.chance
        rows = [
            {
                "姓名": chance.choice(_PERSONS),
                "执法证号": f"2207010000{number}",
                "所属部门": "松原市市场监督管理局",
                "执法类别": chance.choice(("行政处罚", "行政检查、行政许可")),
                "执法区域": "松原市",
                "发证机关": "吉林省人民政府",
                "有效期自": "2022-01-01",
                "有效期至": self._around(-40, 400),
                "证件状态": chance.choice(("有效", "有效", "有效", "暂扣", "注销")),
                "生效日期": self._around(-90, 30),
                "失效日期": chance.choice(("", "", self._around(-20, 90))),
            }
            for number in chance.sample(range(1, 6), chance.randint(1, 3))
        ]
        self._sheets += 1
        self._sent(write_sheet(self.root.parent / f"officers{self._sheets}.csv", rows))

    def items(self) -> None:
        """An item: new, changed from some day on, or over; another body reviews it too."""
        self._written(
            _ITEM.format(
                code=self.chance.choice(("2207-CF-001", "2207-CF-002")),
                law=_LAW,
                powers=self.chance.choice(("作出决定", "责令改正", "没收")),
                since=self._around(-60, 40),
                until=self.chance.choice(("", "", self._around(41, 300))),
            )
        )

    def determined(self) -> None:
        """The department determines what is public of some acts."""
        act = self.chance.choice(("行政强制", "行政收费"))
        self._written(_DETERMINATION.format(act=act, year=self.today.year, since=self._around(-5, 20)))

    def law_changed(self) -> None:
        """A law or the department changes, and with it what rests on it is due."""
        self.changes.append(f"change-{len(self.done)}")
        what = self.chance.choice((f"laws: [{_LAW}]", f"departments: [{DEPARTMENT}]"))
        told = f"\n- id: {self.changes[-1]}\n  on: {self._around(-30, 5)}\n  what: 修改\n  {what}\n  document: 示例\n"
        self._edit("data/reference/changes.yml", lambda text: text + told)

    def upheld(self) -> None:
        """A reviewer looks at what such a change touches, and it may stay as it is."""
        if self.changes:
            key = self.chance.choice(("2207-CF-001", "22070100001", "22070100002"))
            self.command("uphold", key, "--change", self.chance.choice(self.changes), *SECOND, ok=(0, 1))

    def withdraw(self) -> None:
        ending = self.chance.choice(_ENDS)
        day = self.today.isoformat()
        words = ("--instrument-number", f"松政复决〔{self.today.year}〕3号", "--instrument-agency", "松原市人民政府")
        words += ("--instrument-date", day, "--effective-on", day, "--received-on", day, "--note", "内部说明")
        words += ("--reason", "经复议认定程序违法", "--ground", self.chance.choice(_GROUNDS))
        self._act("withdraw", "--ending", ending, *words, *FIRST, of=_UP, answered=0.8)

    def suspend(self) -> None:
        self._act("suspend", *FIRST, "--why", "疑似有误", "--no-build", of=_UP, answered=0.3)

    def restore(self) -> None:
        self._act("restore", *FIRST, "--why", "复议决定被撤销", of=_GONE, answered=0.8)

    def erase(self) -> None:
        self._act("erase", *FIRST, "--why", "误报", answered=0.8)

    def choose(self) -> None:
        self._act(
            "choose",
            self.chance.choice(("--publish", "--withhold")),
            *SECOND,
            "--why",
            "会议记录",
            "--no-build",
            of=_HELD,
        )

    def answer(self) -> None:
        """The second person answers one of the open acts, mostly with yes."""
        if opened := self._open_acts():
            number = str(self.chance.choice(opened))
            day = self.today.isoformat()
            end = (
                "--ending",
                "撤销",
                "--instrument-number",
                "松政复决〔2023〕9号",
                "--instrument-agency",
                "松原市人民政府",
            )
            end += ("--instrument-date", day, "--effective-on", day, "--received-on", day, "--reason", "程序违法")
            yes = self.chance.random() < 0.75
            words = ("confirm", number, *SECOND) if yes else ("decline", number, *SECOND, "--opinion", "不同意")
            if self.command(*words, "--no-build", ok=(0, 1)).exit_code and yes:
                self.command("confirm", number, *SECOND, *end, "--no-build", ok=(0, 1))

    def a_day(self) -> None:
        self._later(self.chance.randint(1, 12))

    def months(self) -> None:
        self._later(self.chance.randint(60, 900))

    def rule(self) -> None:
        """The city decides on a rule, or a term or retention becomes shorter."""
        if self.chance.random() < 0.5:
            rule = self.chance.choice(_RULES)
            self.command("setup", "--by", "吴示网", "--decide", f"{rule}=松政办函〔2023〕1号", ok=(0, 1))
            return
        name, (old, new) = self.chance.choice(list(_LOWER_LIMITS.items()))
        self._edit(f"data/reference/rules/{name}", lambda text: text.replace(old, new, 1))

    def setting(self) -> None:
        """A setting of the city is turned."""
        name = self.chance.choice(("show_late", "show_review_figures", "sole_trader_as_natural", "show_representative"))
        self._edit("data/reference/city.yml", lambda text: _turned(text, name))

    def template(self) -> None:
        """A template says something else."""
        name, mark = self.chance.choice(_TEMPLATES), f"<!-- {len(self.done)} -->"
        self._edit(f"site_src/templates/{name}", lambda text: re.sub(r"(</\w+>)", rf"\1{mark}", text, count=1))

    def renamed(self) -> None:
        """The department has a new name from today on."""
        line = "    - {name: 松原市市场监督管理局, since: 2019-01-15}\n"
        new = f"{line}    - {{name: 松原市市场监管第{len(self.done)}局, since: {self.today}}}\n"
        self._edit(
            "data/reference/departments.yml", lambda text: text.replace(line, new, 1) if "监管第" not in text else text
        )

    def _new(self) -> Row:
        kind = self.chance.choices(list(_PREFIXES), (6, 2, 1))[0]
        number = f"{_PREFIXES[kind]}〔{self.today.year}〕{len(self.numbers) + 100}号"
        self.numbers.append((kind, number))
        return self._row(kind, number)

    def _row(self, kind: str, number: str, **changes: str) -> Row:
        chance, day = self.chance, (self.today - timedelta(days=self.chance.randint(1, 4))).isoformat()
        item = ("", "2207-CF-001", "2207-CF-002")[len(self.numbers) % 3]
        values = {"decided_on": day, "ended_on": day, "remarks": "内部备注甲乙丙丁", "item_code": item}
        if kind == "penalty":
            values["facts"] = f"当事人销售批号FK{chance.randint(1, 999)}的过期饼干"
            values["penalty_class"] = chance.choice(("罚款", "警告", "通报批评", "罚款"))
            if chance.random() < 0.1:
                values["legal_basis"] = "《中华人民共和国治安管理处罚法》第四十三条"
        values |= chance.choice(self._parties())
        return right_row(kind, number, **{**values, **changes})

    def _parties(self) -> list[dict[str, str]]:
        person = {"party_name": self.chance.choice(_PERSONS), "party_type": "自然人", "party_uscc": ""}
        grown = {**person, "party_adult_when_decided": "是"}
        return [
            {},
            {},
            grown,
            grown,
            person,
            {**grown, "party_adult_when_acted": "否"},
            {**person, "party_adult_when_decided": "否"},
        ]

    def _submit(self, rows: list[Row]) -> None:
        """One file for each kind: a sheet holds one kind."""
        self._sheets += 1
        for alike in (list(found) for _, found in groupby(sorted(rows, key=list), key=list)):
            self._sent(write_sheet(self.root.parent / f"sheet{self._sheets}.csv", alike))

    def _written(self, text: str) -> None:
        """Send a YAML file."""
        self._sheets += 1
        path = self.root.parent / f"records{self._sheets}.yaml"
        path.write_text(text, encoding="utf-8")
        self._sent(path)

    def _sent(self, path: Path) -> None:
        result = self.command("submit", path, "--department", DEPARTMENT, *FIRST, "--json", ok=(0, 1))
        if result.exit_code == 0 and (receipt := json.loads(result.stdout)["id"]):
            self.receipts.append(receipt)

    def _around(self, first: int, last: int) -> str:
        """A day so many days from today."""
        return (self.today + timedelta(days=self.chance.randint(first, last))).isoformat()

    def _act(self, name: str, *words: str, of: str = "published_version IS NOT NULL", answered: float = 0.0) -> None:
        """An act about a decision, mostly one about which it can be done; perhaps answered at once."""
        with Store.open(self.root / "data" / "store.db", read_only=True) as store:
            able = [row["id"] for row in store.db.execute(f"SELECT id FROM disclosures WHERE {of} ORDER BY newest")]
            every = [row["id"] for row in store.db.execute("SELECT id FROM disclosures ORDER BY newest")]
        picked = self.chance.choice(able if able and self.chance.random() < 0.9 else every)
        done = self.command(name, picked, *words, ok=(0, 1))
        if done.exit_code == 0 and self.chance.random() < answered:
            self.answer()

    def _open_acts(self) -> list[int]:
        with Store.open(self.root / "data" / "store.db", read_only=True) as store:
            return [act.number for act in waiting(store)]

    def _later(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.done.append(f"it is {self.today}")

    def _edit(self, name: str, change: Callable[[str], str]) -> None:
        path = self.root / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        self.done.append(f"edit {name}")


def _turned(text: str, name: str) -> str:
    off = f"{name}: false"
    return text.replace(off, f"{name}: true") if off in text else text.replace(f"{name}: true", off)


_STEPS: dict[Callable[[History], Any], int] = {
    History.send: 6,
    History.review: 8,
    History.again: 4,
    History.changed: 2,
    History.withheld: 2,
    History.committed: 2,
    History.officers: 4,
    History.items: 4,
    History.determined: 1,
    History.law_changed: 2,
    History.upheld: 2,
    History.withdraw: 5,
    History.suspend: 4,
    History.answer: 9,
    History.restore: 5,
    History.erase: 1,
    History.choose: 2,
    History.a_day: 5,
    History.months: 2,
    History.rule: 2,
    History.setting: 1,
    History.template: 1,
    History.renamed: 1,
}
"""What may happen, by how often."""
