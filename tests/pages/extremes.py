"""Decisions at the edge of what a city sends: each is lawful, and each has broken a page somewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gongshi.render.look.environment import environment
from gongshi.render.look.shell import Shell
from tests.render.conftest import COMPANY, PERSON, ROOT, PublicDb

LONG_NAME = "松原市前郭尔罗斯蒙古族自治县" + "查干湖生态旅游文化产业投资开发建设管理集团" * 9 + "有限责任公司"
LONG_FACTS = "\n".join(
    f"第{at}项：当事人于2026年1月{at % 28 + 1}日销售超过保质期的食品，货值金额{at * 37}元，有现场笔录和进货票据为证，"
    "当事人当场没有异议。"
    for at in range(1, 401)
)
UNBROKEN = "https://example.invalid/" + "a" * 300
LATIN = "The Quick-Brown-Foxes International Trading & Logistics (Songyuan) Company Limited by Guarantee"


def _party(name: str, **more: str) -> dict[str, str]:
    return {**COMPANY, "name": name, **more}


DECISIONS: dict[str, dict[str, Any]] = {
    "ordinary": {},
    "a name of two hundred characters": {"parties": (_party(LONG_NAME[:200]),)},
    "forty parties": {"parties": tuple(_party(f"松原示例第{at}号商贸有限公司", fine="1000.00") for at in range(1, 41))},
    "no party": {"parties": ()},
    "a natural person": {"parties": (PERSON,)},
    "no facts, no basis": {"facts": None, "legal_basis": None},
    "twenty thousand characters of facts": {"facts": LONG_FACTS},
    "a line without a blank": {"facts": UNBROKEN, "content": UNBROKEN},
    "a field that waits": {"held_fields": json.dumps(["facts"]), "facts": None},
    "corrected and changed": {
        "corrected": 1,
        "changed_on": "2026-03-20",
        "history": json.dumps([{"on": "2026-03-10", "event": "correct", "fields": ["content", "facts"]}] * 30),
    },
    "a provisional date, entered later": {"due_provisional": 1, "earlier": 1},
    "no number": {"document_number": None},
    "a number without end": {"document_number": "松市监罚〔2026〕" + "第甲乙丙丁戊己庚辛壬癸" * 8 + "1号"},
    "rare characters and another script": {
        "parties": (_party("䶮𬭩㛃𠮷ᠮᠣᠩᠭᠣᠯ 前郭尔罗斯"),),
        "facts": "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ 与䶮、𬭩、㛃、𠮷、﨑同在一行。",
    },
    "English": {"parties": (_party(LATIN * 2),)},
    "a mark that turns the text": {
        "parties": (_party("松原\u202e司公限有贸商\u202c示例"),),
        "facts": "\u2067abc\u2069" * 20,
    },
    "markup": {
        "facts": "<table><tr><td>" + "&amp;" * 40 + "</script><style>*{display:none}</style>",
        "title": "<b>" * 20,
    },
}
"""By what is odd about it: what differs from an ordinary decision."""


def printed(folder: Path, shell: Shell) -> dict[str, bytes]:
    """Each of them as the page that a rebuild would make."""
    public = PublicDb(folder / "public.db")
    ids = {name: public.decision(**odd) for name, odd in DECISIONS.items()}
    parts = [f"decision:{found}" for found in ids.values()]
    made = {
        page.path: page.render() for page in public.plan(environment(ROOT / "site_src" / "templates"), shell, parts)
    }
    public.db.close()
    return {name: next(made[path] for path in made if found in path) for name, found in ids.items()}
