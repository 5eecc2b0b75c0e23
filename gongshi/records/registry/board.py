"""岗位信息公示牌: who sits at a window, for what, and where to ask or to complain (S1.2, D15).

A board holds certificate numbers only: the names are those of the officers' register, so an officer who
leaves it leaves the board.
"""

from __future__ import annotations

from gongshi.records.field import FieldType, SearchIn
from gongshi.records.registry.common import files_field, heading, registry_kind, shown

POST_BOARD = registry_kind(
    shown("window", "窗口", required=True, article="S1.2", example="一楼3号窗口", aliases=("窗口名称",)),
    heading("post", "岗位", article="S1.2", example="食品经营许可受理岗", aliases=("岗位名称",)),
    shown(
        "officers",
        "值岗人员执法证号",
        FieldType.NUMBERS,
        article="D15",
        search=SearchIn.NONE,
        help="本部门执法人员的执法证号，有几个的用顿号隔开；姓名由网站从执法人员里取。",
        example="22070100001、22070100002",
        aliases=("执法证号", "在岗人员执法证号"),
    ),
    shown("duties", "岗位职责", FieldType.LONG_TEXT, required=True, article="S1.2"),
    shown("hours", "办公时间", article="D15", search=SearchIn.NONE, example="工作日 8:30至16:30"),
    shown("place", "办公地点", article="D15", example="松原市政务服务中心一楼"),
    shown(
        "phone", "岗位电话", FieldType.PHONE, required=True, article="D15", example="0438-0000001", aliases=("电话",)
    ),
    shown("progress_query", "进度查询", required=True, article="S1.2", search=SearchIn.NONE),
    shown("consult", "咨询电话", FieldType.PHONE, article="S1.2", aliases=("咨询方式", "咨询服务")),
    shown("complaint", "投诉举报", FieldType.PHONE, required=True, article="S1.2", aliases=("投诉电话", "投诉方式")),
    shown(
        "items",
        "办理事项编码",
        FieldType.NUMBERS,
        article="D15",
        search=SearchIn.NONE,
        help="在这个岗位办理的事项，填事项编码，有几个的用顿号隔开。",
    ),
    shown("samples", "申请书示范文本", FieldType.LONG_TEXT, article="S1.2", search=SearchIn.NONE),
    files_field(article="S1.2"),
    name="post_board",
    label="岗位信息公示牌",
    duty="S1.2",
    number="post",
    heading="post",
    identity=("window", "post"),
    folder="boards",
    former=False,
    indexed=False,
    sheets=("岗位信息公示牌", "岗位公示牌", "岗位信息"),
    summary="窗口岗位的职责、值岗人员、办公时间、电话、进度查询和投诉渠道。",
)
