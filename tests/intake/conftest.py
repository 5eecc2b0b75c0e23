"""A small city to check against, a right row of each double-publicity sheet, and files made of rows."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from gongshi.instance import REFERENCE, Instance
from gongshi.instance.rules import read_rules
from gongshi.intake.batch import SourceFile
from gongshi.intake.check import check
from gongshi.law.calendar import Calendar
from gongshi.records.city import City
from gongshi.records.department import DatedName, Department

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)
MARKET, TRAFFIC = "11220700MB99000134", "11220700MB990003XN"


def _department(key, *names, prefixes):
    return Department(
        key=key,
        names=tuple(DatedName(name, since) for name, since in names),
        region="220700",
        channel_address="",
        channel_postcode="",
        channel_phone="",
        channel_email="",
        channel_procedure="",
        number_prefixes=prefixes,
    )


_DEPARTMENTS = {
    MARKET: _department(
        MARKET,
        ("松原市工商行政管理局", date(1992, 7, 1)),
        ("松原市市场监督管理局", date(2019, 1, 15)),
        prefixes=("松市监罚", "松市监处罚", "松市监许", "松市监检", "松工商罚"),
    ),
    TRAFFIC: _department(TRAFFIC, ("松原市交通运输局", date(2010, 3, 1)), prefixes=("松交罚", "松交许")),
}


@pytest.fixture(scope="session")
def instance():
    faults = []
    rules = read_rules(ROOT / REFERENCE / "rules", ROOT, faults)
    assert not faults
    return Instance(
        root=ROOT,
        city=City(name="松原市", site_name="示例", region="220700"),
        departments=_DEPARTMENTS,
        regions={},
        rules=rules,
        calendar=Calendar({}),
        not_names=frozenset(),
    )


@pytest.fixture(scope="session")
def department(instance):
    return instance.departments[MARKET]


@pytest.fixture
def run(instance, department):
    def run(*files, **settings):
        return check(files, department, instance, **{"today": TODAY, **settings})

    return run


@pytest.fixture
def penalty():
    """A right row of the penalty sheet, by header; keyword arguments change cells, None takes a column out."""

    def penalty(changes=None):
        row = {
            "行政处罚决定书文号": "松市监罚〔2026〕15号",
            "行政相对人名称": "松原示例商贸有限公司",
            "行政相对人类别": "法人及非法人组织",
            "行政相对人代码_1(统一社会信用代码)": "91220700MA0000001K",
            "行政相对人代码_3(组织机构代码)": "",
            "证件类型": "",
            "证件号码": "",
            "违法行为类型": "未按规定公示食品经营许可证",
            "违法事实": "当事人未在经营场所公示食品经营许可证。",
            "处罚依据": "《中华人民共和国食品安全法》第一百二十六条",
            "处罚类别": "罚款",
            "处罚内容": "罚款人民币5000元",
            "罚款金额（万元）": "0.5",
            "处罚决定日期": "2026-03-02",
            "处罚机关": "松原市市场监督管理局",
            "处罚机关统一社会信用代码": MARKET,
            "数据来源单位": "松原市市场监督管理局",
            "数据来源单位统一社会信用代码": MARKET,
        }
        row.update(changes or {})
        return {label: cell for label, cell in row.items() if cell is not None}

    return penalty


@pytest.fixture
def person(penalty):
    """A right row for a natural person."""

    def person(changes=None):
        own = {
            "行政相对人名称": "张三",
            "行政相对人类别": "自然人",
            "行政相对人代码_1(统一社会信用代码)": "",
            "证件类型": "身份证",
            "证件号码": "220702199001010013",
        }
        return penalty({**own, **(changes or {})})

    return person


@pytest.fixture
def licence():
    def licence(changes=None):
        row = {
            "行政许可决定文书名称": "食品经营许可决定书",
            "行政许可决定文书号": "松市监许〔2026〕3号",
            "行政相对人名称": "松原示例商贸有限公司",
            "行政相对人类别": "法人及非法人组织",
            "行政相对人代码_1(统一社会信用代码)": "91220700MA0000001K",
            "许可类别": "普通",
            "许可内容": "食品销售",
            "许可决定日期": "2026-03-02",
            "有效期自": "2026-03-02",
            "有效期至": "2031-03-01",
            "许可机关": "松原市市场监督管理局",
            "许可机关统一社会信用代码": MARKET,
            "当前状态": "有效",
            "数据来源单位": "松原市市场监督管理局",
            "数据来源单位统一社会信用代码": MARKET,
        }
        row.update(changes or {})
        return {label: cell for label, cell in row.items() if cell is not None}

    return licence


@pytest.fixture
def table():
    """A CSV file of rows as lists, as it lies in the folder of a department."""

    def table(rows, name="处罚.csv", encoding="utf-8-sig"):
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return SourceFile(name, text.getvalue().encode(encoding))

    return table


@pytest.fixture
def sheet(table):
    """A CSV file of rows as dictionaries: header first, then the data."""

    def sheet(*rows, name="处罚.csv", encoding="utf-8-sig"):
        labels = list(dict.fromkeys(label for row in rows for label in row))
        return table([labels, *([row.get(label, "") for label in labels] for row in rows)], name, encoding)

    return sheet


@pytest.fixture
def typed():
    """A JSON file of rows, whose cells keep their types: what a case system sends."""

    def typed(*rows, name="处罚.json"):
        return SourceFile(name, json.dumps(rows, ensure_ascii=False).encode())

    return typed


@pytest.fixture
def codes():
    """The codes of a report, in order."""
    return lambda report: [problem.code for problem in report.problems]


@pytest.fixture
def workbook(tmp_path):
    """An XLSX file of sheets as lists of rows; merged areas as A1:B1 → value."""

    def workbook(sheets, name="处罚.xlsx", merged=()):
        path = tmp_path / name
        book = xlsxwriter.Workbook(str(path))
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell not in (None, ""):
                        page.write_string(number, column, cell) if isinstance(cell, str) else page.write(
                            number, column, cell
                        )
            for area, value in merged:
                page.merge_range(area, value)
        book.close()
        return SourceFile.at(path)

    return workbook
