"""The faults of several rows of one decision, one for each party: 4xx."""

from __future__ import annotations

from gongshi.intake.catalogue.entry import Entry

PARTIES = (
    Entry(
        "E401",
        "同一文号的内容不一致",
        "文号“{number}”在第 {row} {unit}和{other}的“{label}”不一致：“{value}”和“{than}”。",
        "同一决定有多个相对人的，除相对人各列外应当一致；不是同一决定的，请核对文号。",
    ),
    Entry(
        "E402",
        "同一相对人重复",
        "文号“{number}”的相对人“{value}”在{other}已经出现，内容不同。",
        "请只保留正确的一行；不是同一决定的，请核对文号。",
    ),
    Entry(
        "E403",
        "一格里有多个相对人",
        "“{value}”像是 {count} 个相对人，无法确定“{label}”等列的内容各属于谁。",
        "请每个相对人填一行，文号相同。",
    ),
    Entry("E404", "没有写全相对人", "“{value}”没有写出全部相对人。", "请每个相对人填一行，写出名称，文号相同。"),
    Entry("W401", "重复行", "与{other}完全相同，只计一次。", "不用处理；需要的话请删除一行。"),
)
