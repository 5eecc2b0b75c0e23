"""What /api/v1/ says of registers and lists."""

from __future__ import annotations

from typing import Any

from gongshi.query.question import COUNT_BOUND, PAGE_SIZE
from gongshi.query.tokens import MAX_QUERY, MAX_WORDS

RECORDS = "/api/v1/records"
REGISTERS = "/api/v1/registers"

ENDPOINTS: dict[str, Any] = {
    RECORDS: {
        "description": "查找事前公开信息：主体、人员、事项、指南、岗位、制度文本等，只含现行有效的。",
        "parameters": {
            "q": f"任意文字，一个字也可以；几个词用空格隔开；最多 {MAX_QUERY} 个字、{MAX_WORDS} 个词",
            "kind": "信息种类，取值见返回的 facets.kind",
            "department": "公示部门的统一社会信用代码",
            "act": "执法类别，取值见返回的 facets.act",
            "number": "完整的编号：执法证号、事项编码、文号等；与 q 同时填写时只看 number",
            "page": f"页码，从 1 开始，每页 {PAGE_SIZE} 条；也可以直接用返回的 next",
        },
        "returns": {
            "query": "本次查询",
            "total": f"条数；有检索词且超过 {COUNT_BOUND} 条时 exact 为 false，只知道不止这么多",
            "items": "结果：编号、名称里有检索词的在前；执法人员的 valid_today 说明证件今天是否有效",
            "facets": "可缩小的范围和条数",
            "next": "下一页的地址，没有时为 null",
        },
    },
    f"{RECORDS}/{{id}}": {
        "description": "一条信息的全部公示内容和附件地址；失效后保留期内的 in_force 为 false，不再公示的返回 404。"
    },
    REGISTERS: {"description": "“12345+”：每个部门应当公开的各项是已公布、缺少还是过期。"},
}
