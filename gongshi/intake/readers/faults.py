"""Why a file as a whole cannot be read: a closed set of codes, each with its message and its remedy."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """The stable codes. A message may be reworded, a code never changes its meaning."""

    EMPTY = "file_empty"
    BLANK = "file_blank"
    TOO_LARGE = "file_too_large"
    NOT_A_TABLE = "file_not_a_table"
    WRONG_FORMAT = "file_wrong_format"
    DAMAGED = "file_damaged"
    ENCRYPTED = "file_encrypted"
    BOMB = "file_bomb"
    XML_ENTITIES = "file_xml_entities"
    TOO_MUCH = "file_needs_too_much"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_VALUES = "too_many_values"
    CELL_TOO_LONG = "cell_too_long"
    ROW_TOO_LONG = "row_too_long"
    MERGED = "merged_areas_overlap"
    ENCODING = "encoding_unknown"
    TRUNCATED = "encoding_broken"
    NUL = "nul_bytes"
    QUOTES = "quotes_unbalanced"
    JSON = "json_invalid"
    YAML = "yaml_invalid"
    YAML_ALIAS = "yaml_alias"
    SHAPE = "records_wrong_shape"
    TOO_DEEP = "records_too_deep"
    HALF_CHARACTER = "half_character"
    REPEATED_KEY = "key_repeated"


_SAVE_AS = "请用 Excel 或 WPS 打开该文件，另存为“Excel 工作簿（*.xlsx）”后重新提交。"
_SPLIT = "请按时间拆分成几个文件，分批提交。"

_TEXTS: dict[Fault, tuple[str, str]] = {
    Fault.EMPTY: ("文件是空的（0 字节）。", "请检查是否选错了文件，或者文件没有保存成功。"),
    Fault.BLANK: ("文件里没有任何内容，只有空白。", "请检查是否选错了文件，或者文件没有下载完整。"),
    Fault.TOO_LARGE: ("文件有 {size} MB，超过上限 {limit} MB。", _SPLIT),
    Fault.NOT_A_TABLE: ("这是{found}，不是表格。", "请提交 XLSX、XLS、WPS 表格（.et）、CSV、JSON 或 YAML 文件。"),
    Fault.WRONG_FORMAT: ("这是{found}，系统不直接读取。", _SAVE_AS),
    Fault.DAMAGED: ("文件已损坏或者不完整，无法读取（{detail}）。", _SAVE_AS),
    Fault.ENCRYPTED: ("文件设有打开密码，无法读取。", "请取消密码（文件→信息→保护工作簿）后重新提交。"),
    Fault.BOMB: (
        "文件解压后的大小异常（{detail}），为安全起见拒绝读取。",
        "请把数据复制到新的工作簿里保存，再提交新文件。",
    ),
    Fault.XML_ENTITIES: (
        "工作簿内部含有 DOCTYPE 或 ENTITY 声明（{detail}），为安全起见拒绝读取。",
        "请把数据复制到新的工作簿里保存，再提交新文件。",
    ),
    Fault.TOO_MUCH: (
        "读取这个文件所需的{resource}超过上限。",
        "请删除数据以外的空行、空列和格式，或者把数据复制到新的工作簿里，再提交新文件。",
    ),
    Fault.TOO_MANY_ROWS: ("行数超过上限 {limit} 行。", "如果是多余的空行或格式，请删除后重新提交；否则" + _SPLIT[1:]),
    Fault.TOO_MANY_COLUMNS: (
        "列数超过上限 {limit} 列。",
        "请删除数据右侧多余的列，或者检查 CSV 的分隔符。",
    ),
    Fault.TOO_MANY_VALUES: ("数据的值超过上限 {limit} 个。", _SPLIT),
    Fault.CELL_TOO_LONG: (
        "有一个单元格超过 {limit} 个字符。",
        "请检查该行是否有没有闭合的引号，或者误把整段文件粘贴进了一个单元格。",
    ),
    Fault.ROW_TOO_LONG: (
        "第 {row} 行长得异常，不像是一行数据。",
        "请检查该行的双引号是否配对、文件是否真是表格；也可以改用 XLSX 提交。",
    ),
    Fault.MERGED: ("合并单元格互相重叠。", _SAVE_AS),
    Fault.ENCODING: (
        "文字编码无法识别：不是 UTF-8、GB18030 或 UTF-16。",
        "请用 Excel 或 WPS 另存为“CSV UTF-8（逗号分隔）”或者 XLSX 后重新提交。",
    ),
    Fault.TRUNCATED: (
        "文字编码在第 {row} 行附近损坏（{detail}），文件可能不完整。",
        "请重新导出文件；如果是分段下载或者拼接的，请检查是否完整。",
    ),
    Fault.NUL: ("文件第 {row} 行附近含有空字节（NUL），不是正常的文本文件。", "请重新导出文件，或者改用 XLSX 提交。"),
    Fault.QUOTES: (
        "双引号不配对，无法分清单元格的边界。",
        '单元格里的双引号要写成两个（""），并在整个单元格外面加双引号；也可以改用中文引号“ ”或者 XLSX。',
    ),
    Fault.JSON: ("JSON 格式有误：{detail}。", "请用导出数据的程序重新生成，或者请软件供应商检查。"),
    Fault.YAML: ("YAML 格式有误：{detail}。", "请检查缩进和冒号后面的空格。"),
    Fault.YAML_ALIAS: ("YAML 里用了锚点或者别名（& 和 *），本系统不接受。", "请把引用的内容直接写出来。"),
    Fault.SHAPE: (
        "数据的结构不对：{detail}。",
        "应当是一组记录，每条记录是“字段：值”；可以按种类分组，相对人写在 parties 里，子表写成一行行的“项：值”。",
    ),
    Fault.TOO_DEEP: ("数据嵌套太深。", "记录里只能有一层 parties（相对人）或者子表，不能再往下嵌套。"),
    Fault.HALF_CHARACTER: (
        "有不完整的字符（单独的 UTF-16 代理项）。",
        "请用导出数据的程序重新生成，或者请软件供应商检查。",
    ),
    Fault.REPEATED_KEY: ("同一条记录里字段“{key}”出现了两次。", "请删除重复的字段，只保留一个。"),
}


class Unreadable(Exception):
    """The file as a whole cannot be read. `message` and `hint` are for the submitter, in Chinese.

    `sheet` and `row` say where, as far as that is known ("" and None otherwise); `unit` is what
    `row` counts, see `Sheet`.
    """

    def __init__(
        self, code: str, message: str, hint: str, *, sheet: str = "", row: int | None = None, unit: str = "行"
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.sheet = sheet
        self.row = row
        self.unit = unit

    @classmethod
    def because(
        cls, fault: Fault, *, sheet: str = "", row: int | None = None, unit: str = "行", **values: object
    ) -> Unreadable:
        """The error for `fault`; `values` fill its message."""
        message, hint = _TEXTS[fault]
        return cls(fault.value, message.format(row=row, **values), hint, sheet=sheet, row=row, unit=unit)
