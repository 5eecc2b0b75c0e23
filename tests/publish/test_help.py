"""Narrative pages as the search has them: cut at their headings, in plain words, at the addresses that MkDocs gives."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from markdown import Markdown

from gongshi.instance import load
from gongshi.publish.database.changes import Changes
from gongshi.publish.database.help import PAGES, Section, sections
from gongshi.publish.database.public_db import apply, write_full
from gongshi.store.sqlite import connect

ROOT = Path(__file__).parents[2]
EXTENSIONS = ["admonition", "attr_list", "def_list", "md_in_html", "tables", "toc"]

SOURCE = """---
description: 说明。
---
# 怎样查找

第一段，见[查找](/search)。

## API 和**接口** {#api}

| 参数 | 含义 |
|---|---|
| `q` | 任意文字 |

```
# 不是标题
GET /x
```

!!! note "为什么"
    因为<br>所以。

## 同名
## 同名
"""


@pytest.fixture
def cut(tmp_path: Path) -> list[Section]:
    page = tmp_path / PAGES / "about" / "search.md"
    page.parent.mkdir(parents=True)
    page.write_text(SOURCE, encoding="utf-8")
    return list(sections(tmp_path))


def test_a_page_is_cut_at_its_headings_into_plain_words(cut: list[Section]) -> None:
    assert [(one.path, one.title, one.heading) for one in cut] == [
        ("/about/search/", "怎样查找", "怎样查找"),
        ("/about/search/#api", "怎样查找", "API 和接口"),
        ("/about/search/#_2", "怎样查找", "同名"),
        ("/about/search/#_3", "怎样查找", "同名"),
    ]
    assert cut[0].text == "第一段，见查找。"
    assert cut[1].text == "参数 含义\nq 任意文字\n为什么\n因为 所以。"


def test_another_page_is_in_public_db_with_the_next_change_as_in_one_made_anew(tmp_path: Path) -> None:
    instance = replace(load(ROOT), root=tmp_path)
    page = tmp_path / PAGES / "index.md"
    page.parent.mkdir(parents=True)
    changed, anew = tmp_path / "changed.db", tmp_path / "anew.db"
    page.write_text("# 旧\n以前\n## 去掉的\n", encoding="utf-8")
    write_full(changed, instance, [], "0" * 64)
    page.write_text("# 新\n现在\n", encoding="utf-8")
    apply(changed, Changes((), ()), instance, "1" * 64)
    write_full(anew, instance, [], "1" * 64)
    assert _told(changed) == _told(anew) == [("/", "新", "新", "现在", 0)]
    assert "去掉的".encode() not in changed.read_bytes()


def _told(path: Path) -> list[tuple[object, ...]]:
    with closing(connect(path, read_only=True)) as db:
        return [tuple(row) for row in db.execute("SELECT * FROM help ORDER BY position")]


def test_an_instance_without_pages_has_no_sections(tmp_path: Path) -> None:
    assert list(sections(tmp_path)) == []


def test_the_addresses_are_those_that_mkdocs_gives_to_the_headings_of_every_page() -> None:
    found: dict[str, list[str]] = {}
    for section in sections(ROOT):
        page, _, anchor = section.path.partition("#")
        found.setdefault(page, []).append(anchor)
    for page, anchors in found.items():
        name = "index" if page == "/about/" else page.removeprefix("/about/").strip("/")
        converter = Markdown(extensions=EXTENSIONS, extension_configs={"toc": {"toc_depth": 3}})
        source = (ROOT / PAGES / "about" / f"{name}.md").read_text("utf-8")
        html = converter.convert(source.partition("\n---\n")[2] if source.startswith("---") else source)
        assert all(f'id="{anchor}"' in html for anchor in anchors if anchor), page
