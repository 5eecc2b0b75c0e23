"""The closed words of a case file: stages, documents, media, signatures, manners of service. Code and sheet's label.

The documents are those that the measures for the record of the whole process name (全过程记录实施办法 R7 to R31).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from gongshi.law.recording.circumstances import COMPUTED


class Stage(StrEnum):
    """The five stages of R3, in their order."""

    START = "start"
    INVESTIGATION = "investigation"
    DECISION = "decision"
    EXECUTION = "execution"
    ARCHIVE = "archive"


Words = Mapping[str, str]
"""Code to label."""

STAGES: Words = {
    "start": "程序启动",
    "investigation": "调查取证",
    "decision": "审查决定",
    "execution": "送达执行",
    "archive": "归档管理",
}
PROCEDURES: Words = {"general": "普通程序", "summary": "简易程序", "application": "依申请程序"}
"""How a case is run: 处罚法 51 to 53 for the summary one, R7 for what is asked for."""
MEDIA: Words = {"text": "文字", "photo": "照片", "audio": "录音", "video": "录像"}
"""In what a record is made; photo, audio and video are 音像记录 (S2.2 counts cameras among its devices)."""
SIGNERS: Words = {
    "officers": "执法人员",
    "party": "当事人",
    "present": "在场人员",
    "witness": "见证人",
    "host": "主持人",
    "agency": "鉴定机构",
    "server": "送达人",
    "recipient": "受送达人",
    "head": "负责人",
}
DOCUMENTS: Mapping[str, Words] = {
    "start": {
        "application": "申请书",
        "oral_application": "口头申请记录",
        "acceptance": "受理决定书",
        "non_acceptance": "不予受理决定书",
        "onsite_correction": "当场更正记录",
        "receipt": "书面凭证或回执",
        "completion_notice": "一次性补正告知书",
        "start_approval": "程序启动审批表",
        "complaint": "投诉举报登记表",
        "complaint_reply": "不予启动告知书",
        "complaint_note": "不予启动情况记录",
    },
    "investigation": {
        "inquiry": "询问笔录",
        "rights_notice": "权利告知书",
        "evidence_notice": "调取证据通知书",
        "evidence_list": "证据登记保存清单",
        "inspection_record": "现场检查（勘验）笔录",
        "sampling_notice": "抽样取证通知书",
        "sampling_list": "抽样物品清单",
        "statement_record": "陈述申辩笔录",
        "statement_review": "陈述申辩复核意见",
        "hearing_notice": "听证通知书",
        "hearing_record": "听证笔录",
        "appraisal": "鉴定意见书",
        "assessment": "评估报告",
        "other_investigation": "其他调查文书",
        "refusal_record": "拒绝调查或者拒绝提供证据记录",
        "preservation": "证据保全文书",
        "coercion_liberty": "限制人身自由文书",
        "coercion_sealing": "查封文书",
        "coercion_seizure": "扣押文书",
        "coercion_freezing": "冻结文书",
        "investigation_report": "调查终结报告",
    },
    "decision": {
        "draft": "决定书代拟稿",
        "proposal": "处理建议及情况说明",
        "draft_note": "草拟说明",
        "expert_opinion": "专家论证纪要或意见书",
        "discussion_record": "集体讨论记录",
        "head_approval": "负责人审批表",
        "decision": "执法决定书",
        "summary_decision": "当场处罚决定书",
        "summary_filing": "当场处罚备案表",
        "onsite_fine": "当场收缴记录",
        "legal_opinion": "法制审核意见书",
    },
    "execution": {
        "demand": "催告书",
        "demand_statement": "催告后陈述申辩记录",
        "demand_review": "催告后复核意见",
        "enforcement_fine": "加处罚款或者滞纳金文书",
        "enforcement_transfer": "划拨文书",
        "enforcement_auction": "拍卖或者依法处理文书",
        "enforcement_removal": "排除妨碍、恢复原状文书",
        "enforcement_proxy": "代履行文书",
        "enforcement_other": "其他强制执行文书",
        "court_application": "申请法院强制执行文书",
        "court_ruling": "法院裁定",
        "court_result": "强制执行结果",
    },
    "archive": {
        "catalogue": "案卷目录",
    },
    "": {"recording": "音像记录"},
}
"""What a line of the process is, by its stage; a recording may be of any."""

MATTERS: Words = {
    "start": "程序启动",
    "preservation": "证据保全",
    "coercion": "强制措施",
    "decision": "处理决定",
    "enforcement": "强制执行",
    "archive": "归档",
    "other": "其他",
}
"""What is approved (R38)."""
MANNERS: Words = {
    "direct": "直接送达",
    "post": "邮寄送达",
    "left": "留置送达",
    "entrusted": "委托送达",
    "forwarded": "转交送达",
    "notice": "公告送达",
    "electronic": "电子送达",
}
"""How a document is served (R23 to R27); electronic only where the party agreed in writing (处罚法 61)."""
PERFORMANCES: Words = {"performed": "履行", "order": "责令改正", "check": "改正核查", "unperformed": "逾期未履行"}
"""What became of a decision (R28)."""
ORIGINS = ("依申请", "检查发现", "投诉举报", "上级交办", "移送", "其他")
ROLES = ("当事人", "第三人", "证人", "投诉举报人")
"""The first two are parties of the case; the others never appear in a draft's parties."""
HEARINGS = ("未涉及", "已告知未要求", "已要求", "已举行", "放弃")
CONFIDENTIAL = ("无", "商业秘密", "个人隐私")
"""R35. A state secret is never entered here."""

CIRCUMSTANCES: Words = {
    "application": "依申请办理",
    "own_authority": "依职权启动",
    "oral": "口头申请",
    "completion": "需要补正",
    "onsite_correction": "当场更正申请材料",
    "refused_application": "不予受理",
    "urgent": "情况紧急先行启动",
    "complaint": "投诉举报",
    "complaint_named": "实名投诉举报",
    "complaint_not_started": "投诉举报未启动",
    "inquired": "询问",
    "obtained": "调取证据",
    "inspected": "现场检查勘验",
    "sampled": "抽样",
    "stated": "陈述申辩",
    "heard": "听证",
    "hearing_right": "告知听证权利",
    "appraised": "鉴定",
    "other_inquiry": "其他调查方式",
    "party_refused": "拒绝接受调查",
    "preserved": "证据保全",
    "liberty": "限制人身自由",
    "sealed": "查封",
    "seized": "扣押",
    "frozen": "冻结",
    "experts": "专家论证",
    "assessed": "评估",
    "disputed": "容易引起争议",
    "fined_on_spot": "当场收缴罚款",
    "ordered_correction": "责令改正",
    "unperformed": "逾期未履行",
    "demanded": "催告",
    "demand_stated": "催告后陈述申辩",
    "enforced": "强制执行",
    "court": "申请法院强制执行",
    "copied": "当事人复制",
    "major": "重大执法决定",
    "major_at_start": "启动时即属重大",
    "inspection_only": "仅为检查",
    "reviewed_here": "本系统出具审核意见",
    "undecided": "未作出决定",
}
"""What happened in a case. Most show in its lines; a handler ticks the others."""
TICKED: Words = {code: label for code, label in CIRCUMSTANCES.items() if code not in COMPUTED}
"""Those that a handler may tick."""

CONTENTS = (
    "启动原因",
    "当事人基本情况",
    "承办人意见",
    "承办机构意见",
    "负责人意见",
    "合法性审查意见",
    "事实依据",
    "法律依据具体条款",
    "程序步骤及文书",
    "陈述申辩内容",
    "复核及采纳理由",
    "备案内容",
    "当场收缴过程",
    "其他依法记录内容",
    "告知方式",
    "告知陈述申辩权",
    "告知申请回避权",
    "告知听证权",
    "保全理由",
    "保全标的",
    "保全形式",
    "起草人",
    "起草机构审查人",
    "法律依据",
    "证据材料",
    "考虑因素",
    "审核人",
    "审核意见",
    "审核建议",
    "处理理由",
    "履行情况",
    "核查情况",
    "事实理由证据",
    "需补正全部内容",
)
"""What a document must tell, as the articles list it; ticked on the line."""


def documents() -> dict[str, str]:
    """Every document of the process, code to label."""
    return {code: label for listed in DOCUMENTS.values() for code, label in listed.items()}


def tokens() -> frozenset[str]:
    """Every word that names what a line is: a document, an approval, a service, a performance, archive, copy."""
    told = {f"approval.{one}" for one in MATTERS} | {f"service.{one}" for one in MANNERS}
    return frozenset({*documents(), *told, *(f"performance.{one}" for one in PERFORMANCES), "archive", "copy"})


def label_of(token: str) -> str:
    """A token in words: 现场检查（勘验）笔录, 审批（程序启动）, 直接送达. Raises KeyError for what is none."""
    head, _, tail = token.partition(".")
    if head == "approval":
        return f"审批（{MATTERS[tail]}）"
    if tail:
        return {"service": MANNERS, "performance": PERFORMANCES}[head][tail]
    return {**documents(), "archive": "归档记录", "copy": "复制记录"}[token]
