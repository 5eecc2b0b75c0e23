"""行政执法事项 of the sample's departments, made from what their sector permits, punishes, inspects and levies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from gongshi.records.department import Department
from gongshi.sample.catalogue import SECTORS, Offence, Sector
from gongshi.sample.registry.procedures import PROCEDURES
from gongshi.sample.registry.values import SINCE, Record, basis, district, place_number

_MARKS = {"行政许可": "XK", "行政处罚": "CF", "行政强制": "QZ", "行政征收": "ZS", "行政收费": "SF", "行政检查": "JC"}
_POWERS = {
    "行政许可": "对符合法定条件的申请，作出准予许可的决定并颁发证件；对不符合条件的，作出不予许可的决定并说明理由。",
    "行政处罚": "对查证属实的违法行为，在法律、法规、规章规定的种类和幅度内给予行政处罚，并责令改正。",
    "行政强制": "为制止违法行为、防止证据损毁，依法实施强制措施；不再需要时立即解除。",
    "行政征收": "按照规定的范围和标准核定征收，符合条件的依法减征、免征、缓征。",
    "行政收费": "按照公布的项目和标准收费，出具财政票据。",
    "行政检查": "进入生产经营场所检查，查阅有关资料，对发现的问题责令改正，涉嫌违法的移送立案。",
}
_REMEDIES = [
    {"kind": "陈述申辩", "body": "作出决定的部门", "term": "收到告知书之日起5个工作日内", "how": "书面或者口头提出。"},
    {"kind": "行政复议", "body": "本级人民政府", "term": "知道之日起六十日内", "how": "向行政复议机关提交申请书。"},
    {"kind": "行政诉讼", "body": "有管辖权的人民法院", "term": "知道之日起六个月内", "how": "向人民法院提起诉讼。"},
]
_HEARING = {
    "kind": "听证",
    "body": "作出决定的部门",
    "term": "收到告知书之日起5个工作日内",
    "how": "较大数额罚款、责令停产停业、吊销许可证等，可以要求听证，不承担听证费用。",
}
_RIGHTS = (
    "知道执法的事实、理由和依据；要求执法人员出示证件；陈述、申辩；申请执法人员回避；依法要求听证、申请复议、提起诉讼。"
)
_RESPONSIBILITY = "违反法定权限、条件、程序或者超过法定时限的，依法追究责任。"


def items(department: Department, count: int) -> list[Record]:
    """So many items of the department, of each of its acts in turn; codes count through."""
    unique = {str(entry["name"]): entry for entry in _drawn(department)}
    return [_item(department, number, entry) for number, entry in enumerate([*unique.values()][:count], 1)]


def code(department: Department, act: str, number: int) -> str:
    """An item's code, as the sample's departments number theirs."""
    return f"{department.region}-{place_number(department):02d}-{_MARKS[act]}-{number:03d}"


def _drawn(department: Department) -> Iterator[Record]:
    """What the department's sector has, an entry of each act in turn; charges that rest on no law are no items."""
    sector = SECTORS.get(department.sector)
    if sector is None:
        yield from _JUSTICE
        return
    for turn in zip_longest(*(list(_of_act(sector, act)) for act in _MARKS)):
        yield from (entry for entry in turn if entry is not None and entry["basis"])


def _item(department: Department, number: int, entry: Record) -> Record:
    act = str(entry["act"])
    return {
        "code": code(department, act, number),
        **entry,
        "powers": _POWERS[act],
        "level": "市" if department.region.endswith("00") else "县",
        "body": "行政审批办公室" if act == "行政许可" else "综合执法大队",
        "steps": PROCEDURES[act],
        "remedies": [*([_HEARING] if act == "行政处罚" else []), *_REMEDIES],
        "rights": _RIGHTS,
        "responsibility": _RESPONSIBILITY,
        "effective_from": SINCE,
        "change_note": f"{district(department)}清单首次公布（示例）。",
        "secrecy_checked": "是",
    }


def _of_act(sector: Sector, act: str) -> Iterator[Record]:
    """The entries of one act: name, act, basis, object."""
    if act == "行政许可":
        for permit in (one for one in sector.permits if one.certificate):
            yield _entry(act, f"{permit.certificate}核发", "申请人", permit.basis)
    elif act == "行政处罚":
        for offence in sector.offences:
            yield _entry(act, f"对{offence.type}的处罚", "违法行为人", offence.punished_by) | _discretion(offence)
    elif act == "行政强制":
        for measure in sector.measures:
            yield _entry(act, f"{sector.name}领域{measure.manner}", "涉案当事人", measure.basis)
    elif act == "行政检查":
        for check in sector.checks:
            yield _entry(act, check.item, "生产经营者", check.basis)
    else:
        for due in sector.levies if act == "行政征收" else sector.charges:
            yield _entry(act, due.item, "缴纳义务人", due.basis)


def _entry(act: str, name: str, object: str, cited: str) -> Record:
    return {"name": name, "act": act, "basis": basis(cited), "object": object}


_JUSTICE = (
    _entry("行政检查", "对律师事务所执业活动的监督检查", "律师事务所", "《中华人民共和国律师法》第五十二条"),
    _entry(
        "行政处罚",
        "对基层法律服务工作者违法执业的处罚",
        "基层法律服务工作者",
        "《基层法律服务工作者管理办法》第四十六条",
    ),
)
"""What the justice bureau does itself; no sector of the catalogue is its own."""


def _discretion(offence: Offence) -> Record:
    """Three grades between the lowest and the highest fine; nothing where there is no fine."""
    low, high = offence.fine
    if not high:
        return {}
    third = (high - low) // 3
    bounds = (low, low + third, low + 2 * third, high)
    grades = zip(("较轻", "一般", "较重"), bounds[:-1], bounds[1:], strict=True)
    return {
        "discretion": [
            {
                "act": offence.type,
                "circumstance": grade,
                "standard": f"处{least}元以上{most}元以下罚款。",
                "basis": "示例裁量基准〔2026〕1号",
            }
            for grade, least, most in grades
        ]
    }
