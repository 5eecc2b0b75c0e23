"""The faults of a file that is attached to a registry record: 6xx."""

from __future__ import annotations

from gongshi.intake.catalogue.entry import Entry

ATTACHMENTS = (
    Entry(
        "E601",
        "找不到附件",
        "附件文件夹里没有“{value}”。",
        "请把文件直接放进附件文件夹（不能是子文件夹或者链接），并核对名称和扩展名。{nearest}",
    ),
    Entry(
        "E602",
        "附件类型不能接收",
        "附件“{value}”的内容是{found}，与扩展名无关。",
        "附件只接收 PDF、DOCX、XLSX、JPEG 和 PNG。{advice}",
    ),
    Entry("E603", "附件过大或者过多", "附件“{value}”{detail}。", "请压缩图片、拆分文件，或者分批提交。"),
    Entry(
        "E604",
        "附件含有会执行或者取用外部内容的部分",
        "附件“{value}”里有{found}。",
        "请在编辑软件里删除这一部分，另存后重新提交。{advice}",
    ),
    Entry("E605", "附件有密码", "附件“{value}”设有密码或者加密。", "请取消密码和限制后重新提交。"),
    Entry(
        "E606",
        "附件损坏",
        "附件“{value}”已损坏或者不完整，无法读取（{detail}）。",
        "请用编辑软件打开后另存，再重新提交。",
    ),
    Entry(
        "E607",
        "附件有修订、批注或者隐藏的内容",
        "附件“{value}”里有{found}，公开后任何人都能看到。",
        "请接受或者拒绝全部修订，删除批注和隐藏的内容，再重新提交。",
    ),
    Entry(
        "E608",
        "附件名不能用",
        "附件“{value}”的名称不能使用：{detail}。",
        "请改用普通的名称，例如 食品经营许可申请书.docx，并同时改正表格里的名称。",
    ),
    Entry(
        "E609",
        "附件里有证件号码或者账号",
        "附件“{value}”的{part}里有像身份证号码或者银行账号的数字。",
        "请删除；示范文本请用明显虚构的内容，例如 “×××”。",
    ),
    Entry(
        "W601",
        "附件没有用到",
        "附件文件夹里的“{value}”没有写在任何一条信息里，没有接收。",
        "需要公开的，请在“附件”一列写上名称；不需要的不用处理。",
    ),
    Entry(
        "W602",
        "附件要由人核对",
        "附件“{value}”{note}。",
        "请打开附件核对，里面不能有不应当公开的内容。",
    ),
)
