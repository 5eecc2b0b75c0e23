"""Every code of the catalogue is produced by real input, and says what to do."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pytest

from gongshi.intake.batch import SourceFile
from gongshi.intake.catalogue import CATALOGUE, Severity
from gongshi.intake.catalogue.attachments import ATTACHMENTS
from gongshi.intake.catalogue.cases import CASES as CASE_FILES
from gongshi.intake.catalogue.registry import REGISTRY
from gongshi.intake.readers import Sheet, Stream
from gongshi.intake.readers.model import Row

NUMBER, NAME, TYPE, USCC = (
    "行政处罚决定书文号",
    "行政相对人名称",
    "行政相对人类别",
    "行政相对人代码_1(统一社会信用代码)",
)
DECIDED, CONTENT, FINE = "处罚决定日期", "处罚内容", "罚款金额（万元）"


def one(changes, kind="penalty"):
    """A file of one right row, changed."""
    return lambda make: [make.sheet(getattr(make, kind)(changes))]


def rows(*changes, kind="penalty"):
    """A file of several rows, each changed."""
    return lambda make: [make.sheet(*(getattr(make, kind)(change) for change in changes))]


def cell(changes, kind="penalty"):
    """A row whose cells keep their types."""
    return lambda make: [make.typed(getattr(make, kind)(changes))]


def note(make):
    right = make.penalty()
    return [make.table([list(right), list(right.values()), ["填表人：周示礼"]])]


def duplicate_header(make):
    right = make.penalty()
    return [make.table([[*right, "决定日期"], [*right.values(), "2026-03-02"]])]


def bare_code(make):
    right = make.penalty()
    return [make.table([[*right, "行政相对人代码_2"], [*right.values(), "12345678"]])]


ANOTHER = "91220700MA0000002N"
GROUND = {"不予公开情形": "妨害执法", "不予公开理由": "正在调查", "不予公开复核日期": "2027-01-01"}

# code → what to submit (a function of the fixtures), and the settings of the check
CASES = {
    "E101": lambda make: [SourceFile("空.json", b"[]")],
    "E102": lambda make: [make.table([["甲", "乙", "丙"], ["1", "2", "3"]])],
    "E103": lambda make: [make.sheet({k.replace("违法事实", "违法事宜"): v for k, v in make.penalty().items()})],
    "E104": one({"处罚依据": None}),
    "E105": duplicate_header,
    "E106": bare_code,
    "E107": lambda make: [make.table([list(make.penalty())])],
    "W101": one({"内部流水": "A7"}),
    "W103": lambda make: [make.workbook({"说明": [["请先阅读"]], "行政处罚": make.grid(make.penalty())})],
    "W104": note,
    "W105": one({"数据来源单位": None}),
    "W106": lambda make: [make.sheet({k.replace("违法事实", "处罚事由"): v for k, v in make.penalty().items()})],
    "E201": one({"违法事实": ""}),
    "E202": one({NAME: "甲" * 201}),
    "E203": one({"违法事实": "前\u202e后"}),
    "E204": one({"违法事实": "#REF!"}),
    "E211": one({DECIDED: "三月初二"}),
    "E212": one({DECIDED: "2026-02-30"}),
    "E213": one({DECIDED: "2026-11-21"}),
    "E214": one({DECIDED: "0206-03-02"}),
    "E221": one({FINE: "若干"}),
    "E222": one({FINE: "-0.5"}),
    "E223": one({FINE: "0.0000001"}),
    "E224": one({FINE: "9999999999999"}),
    "E231": one({USCC: "91220700MA0000001"}),
    "E232": one({USCC: "91220700MAO000001K"}),
    "E233": one({USCC: "91220700MA0000010K"}),
    "E234": cell({USCC: 912207000000000123}),
    "E235": cell({"行政相对人代码_3(组织机构代码)": 12345678.5}),
    "E241": one({TYPE: "外星人"}),
    "E242": one({"是否已作保密审查": "也许"}),
    "E251": one({NUMBER: "松市监罚字"}),
    "E252": one({NUMBER: "松市监罚〔2026〕15号、松市监罚〔2026〕16号"}),
    "E253": one({NUMBER: "松交罚〔2026〕15号"}),
    "W251": one({NUMBER: "吉林罚〔2026〕15号"}),
    "W252": one({NUMBER: "松市监罚〔2062〕15号"}),
    "E261": one({"处罚机关统一社会信用代码": "11220700MB990003XN"}),
    "E262": one({"处罚机关": "松原市交通运输局"}),
    "E263": one({"处罚机关": "松原市市监局"}),
    "W261": one({"处罚机关": "松原市工商行政管理局"}),
    "W262": one({"证件号码": "2207021990"}, "person"),
    "E301": one({**GROUND, "不予公开理由": ""}),
    "E302": one({**GROUND, "不予公开复核日期": ""}),
    "E303": one({**GROUND, "不予公开情形": "上级认为不宜公开"}),
    "E304": one({"首次公示日期": "2026-03-05"}),
    "E305": (one({}), {"earlier": True, "evidence": "存档 7"}),
    "E306": (one({"首次公示日期": "2026-03-05"}), {"earlier": True}),
    "E307": one({"信息形成日期": "2026-03-20"}),
    "E308": one({"有效期自": "2026-03-02", "有效期至": "2026-03-01"}, "licence"),
    "E309": one({USCC: ""}),
    "E310": one({USCC: "91220700MA0000001K"}, "person"),
    "E311": one({"当前状态": "撤销"}),
    "E312": one({TYPE: None, USCC: ""}),
    "W301": one({"公示截止期": "2099-12-31"}),
    "W302": one({CONTENT: "罚款人民币8000元"}),
    "W303": one({FINE: "5000"}),
    "W304": one({"证件号码": ""}, "person"),
    "W305": one({"违法事实": "当事人（电话13900000000）未公示许可证。"}),
    "W306": one({TYPE: "个体工商户"}),
    "W307": one({FINE: ""}),
    "W308": one({"处罚类别": "警告"}),
    "W309": one({"不予公开理由": "正在调查"}),
    "W310": one({TYPE: None}),
    "W311": one({DECIDED: "2025-03-02", NUMBER: "松市监罚〔2025〕15号"}),
    "W312": one({"法制审核日期": "2026-03-20"}),
    "W313": one({"法制审核日期": "2026-03-01", "集体讨论日期": "2026-02-27"}),
    "W314": one({"审核人": "王示未"}),
    "W315": (
        one({"是否重大执法决定": "否", "处罚类别": "罚款、责令停产停业", DECIDED: "2026-12-01"}),
        {"today": date(2026, 12, 10)},
    ),
    "W316": one({"适用程序": "简易程序"}),
    "W317": (one({"处罚类别": "罚款、责令停产停业", DECIDED: "2026-12-01"}), {"today": date(2026, 12, 10)}),
    "E401": rows({}, {NAME: "松原样本有限公司", USCC: ANOTHER, DECIDED: "2026-03-03"}),
    "E402": rows({}, {CONTENT: "罚款人民币5000元，并警告"}),
    "E403": one({NAME: "张三、李四", FINE: "0.5", "证件号码": ""}, "person"),
    "E404": one({NAME: "张三等3人"}, "person"),
    "W401": rows({}, {}),
}
ELSEWHERE = {
    "E243": "no kind of decision declares a region: test_values.py",
    "E244": "no kind of decision declares a whole number: test_values.py",
    **dict.fromkeys(("E215", "E216"), "moments and people stand in case files: test_case_values.py"),
    "W102": "shown below on a sheet, whatever file it came from",
    **dict.fromkeys((entry.code for entry in ATTACHMENTS), "attachments/test_every_code.py"),
    **dict.fromkeys((entry.code for entry in REGISTRY), "registry/test_every_code.py"),
    **dict.fromkeys((entry.code for entry in CASE_FILES), "cases/test_every_code.py"),
}


@pytest.fixture
def make(request):
    """Every builder of files and rows under its name."""
    names = ("sheet", "typed", "table", "penalty", "person", "licence", "workbook")
    builders = {name: request.getfixturevalue(name) for name in names}
    return SimpleNamespace(**builders, grid=lambda row: [list(row), list(row.values())])


def test_every_code_has_a_case():
    assert set(CASES) | set(ELSEWHERE) == set(CATALOGUE)
    assert not set(CASES) & set(ELSEWHERE)


@pytest.mark.parametrize("code", CASES)
def test_the_code_is_reported_with_its_place_and_its_remedy(code, run, make, codes):
    case = CASES[code]
    build, settings = case if isinstance(case, tuple) else (case, {})
    report = run(*build(make), **settings)
    errors = {found for found in codes(report) if found.startswith("E")}
    assert code in codes(report)
    assert errors <= {code}, "one mistake is one kind of error"
    found = next(problem for problem in report.problems if problem.code == code)
    assert found.severity is CATALOGUE[code].severity
    assert found.file
    assert found.hint
    assert not re.search(r"[{}]", found.message + found.hint)
    if code[1] in "23" and code not in ("W310", "W311"):
        assert found.row == 2 or found.file.endswith(".json")
        assert found.column


def test_hidden_sheets_are_named_and_passed_over(run, make, monkeypatch, codes):
    right = make.penalty()
    shown = Sheet(name="行政处罚", rows=[Row(1, tuple(right)), Row(2, tuple(right.values()))])
    sheets = [shown, Sheet(name="旧表", rows=[], hidden=True)]
    monkeypatch.setattr("gongshi.intake.passing.streams", lambda *_: map(Stream.of, sheets))
    report = run(SourceFile("处罚.xlsx", b"x"))
    assert codes(report) == ["W102"]
    assert "旧表" in report.problems[0].message
    assert report.ok


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_entries_are_chinese_and_say_what_to_do(entry):
    assert re.fullmatch(r"[EW][1-7]\d\d", entry.code)
    assert entry.severity is (Severity.ERROR if entry.code[0] == "E" else Severity.WARNING)
    for text in (entry.title, entry.message, entry.hint):
        assert re.search(r"[一-鿿]", text)
    assert entry.message.endswith("。")
