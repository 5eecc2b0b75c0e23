"""Decisions that mean no well: what a broken page, feed or spreadsheet would run, in every field of free text.

They lie among the sample's as what a department entered of its past, so that no list of the newest is full of them.
"""

from __future__ import annotations

from pathlib import Path

from stdnum.cn import uscc

from tests.whole.conftest import right_row, write_sheet

DEPARTMENT = "11220700MB99000134"
TEXTS = {
    "script": "<script>document.title='taken'</script>",
    "attribute": "\"'><img src=x onerror=document.title='taken'>",
    "svg": "</script></style></title><svg onload=document.title='taken'>",
    "template": "{{7*7}}{% raw %}${7*7}#{7*7}",
    "shell": "<!--shell:footer--><!--or-->",
    "cdata": "]]><![CDATA[<entry>",
    "comment": "--><b>粗体</b><!--",
    "address": "javascript:alert(1)//data:text/html,x",
    "formula": '=HYPERLINK("http://evil.invalid")',
    "wide formula": "＝1+1",
    "marks of our own": "\ue000\ue001⁂\ue002",
    "from right to left": "شركة שלום",
    "header": "%0d%0aSet-Cookie:%20x=1",
    "path": "../../../../etc/passwd",
    "sql": "' OR 1=1; DROP TABLE decisions;--",
    "query": 'NEAR("甲" AND *) ^: -乙',
    "entity": "&lt;b&gt;&amp;#39;&copy",
    "separator": "一\u2028二\u2029三",
}
NUMBER = "松市监罚〔2024〕恶{}号"


def number_of(place: int) -> str:
    """The document number of one of them: no text of TEXTS stands in it."""
    return NUMBER.format(place + 1)


def code_of(place: int) -> str:
    """The party's 统一社会信用代码."""
    start = f"91220700MA9H{place:05}"
    return start + uscc.calc_check_digit(start)


def lay(submissions: Path) -> None:
    """Put them among what the department of the sample submitted, reviewed by a second person."""
    rows = [
        right_row(
            "penalty",
            number_of(place),
            party_name=f"松原{text}商贸有限公司",
            party_uscc=code_of(place),
            facts=f"{text}另记{text}",
            content=text,
            violation_type=text,
            legal_basis=f"《{text}管理条例》第一条",
            decided_on="2024-05-06",
            **EARLIER,
        )
        for place, text in enumerate(TEXTS.values())
    ]
    folder = submissions / DEPARTMENT
    write_sheet(folder / "odd.csv", rows)
    (folder / "odd.batch.yml").write_text("by: 周示礼\nearlier: true\nevidence: 存档\n", encoding="utf-8")
    (folder / "odd.review.yml").write_text(
        "reviewer: 郑示正\nresult: approve\ndate: '2026-11-20'\nopinion: 属实。\nnames:\n  open: []\n  mask: []\n",
        encoding="utf-8",
    )


EARLIER = {"earlier_published_on": "2024-05-10", "earlier_evidence": "存档"}
