"""Right records of the kinds by label, changed as a test likes; batches of them as YAML, as sheets and as CSV."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from gongshi.intake.batch import SourceFile
from gongshi.intake.check import check
from gongshi.records import REGISTRY_KINDS
from tests.intake.conftest import TODAY

LAW = {"法律名称": "《中华人民共和国食品安全法》", "条款": "第一百二十四条第一款", "条文": "违反本法规定……"}
STEPS = [
    {"步骤编号": "1", "步骤名称": "立案", "承办人员或机构": "执法大队", "下一步": "2"},
    {"步骤编号": "2", "步骤名称": "调查", "承办人员或机构": "执法大队", "下一步": "3:成立、4:不成立"},
    {"步骤编号": "3", "步骤名称": "决定", "承办人员或机构": "负责人", "下一步": "结束"},
    {"步骤编号": "4", "步骤名称": "撤案", "承办人员或机构": "负责人"},
]
FORCE = {"生效日期": "2026-01-01"}
RIGHT = {
    "officer": {
        "姓名": "赵示安",
        "执法证号": "22070100001",
        "所属部门": "松原市市场监督管理局",
        "执法类别": "行政处罚、行政检查",
        "执法区域": "松原市",
        "发证机关": "吉林省人民政府",
        "有效期自": "2024-01-01",
        "有效期至": "2028-12-31",
        "法制审核人员": "是",
    },
    "annual_figures": {
        "标题": "松原市市场监督管理局2025年度行政执法数据",
        "统计年度": "2025",
        "执法数据": [{"类别": "行政检查", "项目": "合计", "件数": "12"}],
    },
    "subject": {
        "主体名称": "松原市市场监督管理局",
        "主体性质": "法定行政机关",
        "职责": "市场监督管理",
        "管辖": "全市",
        "执法区域": "松原市",
    },
    "enforcement_item": {
        "事项编码": "2207-CF-001",
        "事项名称": "对经营超过保质期食品的处罚",
        "事项类别": "行政处罚",
        "依据": [LAW],
        "权限内容": "没收、罚款",
        "执法流程": STEPS,
    },
    "random_inspection_item": {
        "抽查事项编码": "2207-SJ-001",
        "抽查事项名称": "食品销售监督检查",
        "依据": [LAW],
        "抽查主体": "松原市市场监督管理局",
        "抽查对象": "食品销售者",
        "抽查内容": "进货查验",
        "抽查方式": "现场检查",
        "抽查比例": "不低于5%",
        "抽查频次": "每年一次",
    },
    "inspection_plan": {
        "抽查计划名称": "2026年度食品抽查计划",
        "计划年度": "2026",
        "抽查任务": [{"事项编码": "2207-SJ-001", "抽查时间": "3月至5月"}],
    },
    "recording_item": {
        "记录事项名称": "查封涉案物品",
        "执法类别": "行政强制",
        "记录环节": "查封扣押财产",
        "记录方式": "全程音像记录",
    },
    "review_catalogue": {
        "审核事项名称": "较大数额罚款的处罚决定",
        "执法类别": "行政处罚",
        "审核事项": "对公民罚款5000元以上",
        "审核情形": "经过听证",
        "审核机构": "法规科",
    },
    "service_guide": {
        "事项编码": "2207-CF-001",
        "事项名称": "食品经营许可",
        "依据": [LAW],
        "受理机构": "窗口",
        "审批机构": "松原市市场监督管理局",
        "许可条件": "有场所",
        "申请材料": [{"材料名称": "申请书", "示范文本": "申请人：×××", "常见错误": "漏填地址"}],
        "法定时限": "20个工作日",
        "责任追究": "依法处理",
        "监督方式": "监督电话",
        "救济渠道": "行政复议",
        "办公时间": "工作日",
        "办公地址": "一楼",
        "办公电话": "0438-0000001",
        "投诉电话": "0438-0000002",
        "进度查询": "电话",
    },
    "post_board": {
        "窗口": "一楼3号窗口",
        "岗位": "食品经营许可受理岗",
        "值岗人员执法证号": "22070100001",
        "岗位职责": "受理",
        "岗位电话": "0438-0000001",
        "进度查询": "电话",
        "投诉举报": "0438-0000002",
    },
    "normative_text": {
        "类别": "行政执法公示办法",
        "适用范围": "本部门",
        "索引号": "112207000135491313/2026-00001",
        "发文机关": "松原市市场监督管理局",
        "成文日期": "2026-01-01",
        "标题": "行政执法公示办法",
        "发布日期": "2026-01-05",
        "正文": "第一条 为了规范行政执法公示……",
    },
    "determination": {
        "执法类别": "行政收费",
        "公开的内容": "文号、项目、金额",
        "确定文号": "松市监发〔2026〕8号",
        "确定日期": "2026-03-02",
    },
}


def record(kind, changes=None):
    """A right record of the kind; `changes` by label, None takes one out."""
    own = {**deepcopy(RIGHT[kind]), **FORCE, **(changes or {})}
    return {label: value for label, value in own.items() if value is not None}


@pytest.fixture
def tree():
    """A YAML file (JSON is one) of records by kind, under the kinds' labels."""

    def tree(batch, name="批次.yaml"):
        held = {REGISTRY_KINDS[kind].label if kind in REGISTRY_KINDS else kind: found for kind, found in batch.items()}
        return SourceFile(name, json.dumps(held, ensure_ascii=False, indent=1).encode())

    return tree


@pytest.fixture
def checked(instance, department, tree):
    """The report of one batch of records by kind."""

    def checked(batch, **settings):
        files = batch if isinstance(batch, list) else [tree(batch)]
        return check(files, settings.pop("department", department), instance, **{"today": TODAY, **settings})

    return checked


@pytest.fixture
def stored(checked):
    """What the store would tell of batches that it has: a Look."""

    def stored(*reports):
        held = [decision for report in reports for decision in report.decisions]

        def look(kind, department=""):
            return [one for one in held if one.kind == kind and one.department in (department or one.department,)]

        return look

    return stored
