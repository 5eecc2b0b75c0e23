"""What one would pick instead: the same pages as Markdown, made into a site by Hugo and by mkdocs-material.

The Markdown of a page holds what the page of the decision holds: title, description, and every label with its value,
as headings and lists. Hugo gets the head, header and footer of our own pages as its template, mkdocs-material its
theme. Both are spared lists, feeds and search: what they write is less than what they are held against.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path

from bench.measuring import NotFinished, Spent, command
from gongshi.sample.generate import PROJECT

_UNPACKED = PROJECT / ".venv" / "hugo"
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
_DESCRIPTION = re.compile(r'<meta name="Description" content="([^"]*)"')
_PARTS = re.compile(r"<h2[^>]*>(?P<heading>.*?)</h2>|<dt>(?P<label>.*?)</dt>\s*<dd>(?P<value>.*?)</dd>", re.S)
_TAG = re.compile(r"<[^>]+>")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|!])")
MATERIAL_PAGES = 2_000


class Markdown:
    """The decisions of a built site as Markdown files."""

    def __init__(self, site: Path) -> None:
        self._pages = site / "decisions"

    def files(self) -> Iterator[tuple[str, str, str, str]]:
        """Of each decision: its path without ending, title, description and text."""
        for path in sorted(self._pages.glob("*/*.html")):
            if len(path.parent.name) == 2:
                page = path.read_text(encoding="utf-8")
                name = f"{path.parent.name}/{path.stem}"
                yield name, _plain(_TITLE.search(page)), _plain(_DESCRIPTION.search(page)), _text(page)

    @cached_property
    def shell(self) -> tuple[str, str]:
        """What stands before and after a page's own part."""
        page = next(self._pages.glob("??/*.html")).read_text(encoding="utf-8")
        before, _, rest = page.partition('<main id="main"')
        return before, "</main>" + rest.rpartition("</main>")[2]


def hugo(site: Path, folder: Path) -> tuple[int, Spent]:
    """How many pages Hugo makes, and what it takes. Raises NotFinished where Hugo is not there."""
    pages = Markdown(site)
    before, after = pages.shell
    for name, title, description, text in pages.files():
        matter = json.dumps({"title": title, "description": description}, ensure_ascii=False)
        _write(folder / "content" / f"{name}.md", f"{matter}\n\n{text}")
    head = re.sub(r"<title>.*?</title>", "<title>{{ .Title }}</title>", before, flags=re.S)
    head = re.sub(r'(name="Description" content=")[^"]*', r"\1{{ .Description }}", head)
    page = f"{head}<main><h1>{{{{ .Title }}}}</h1>{{{{ .Content }}}}{after}"
    _write(folder / "layouts" / "_default" / "single.html", page)
    _write(folder / "hugo.json", json.dumps(_HUGO))
    spent = command(
        *_hugo(), "--quiet", "--source", str(folder), "--config", str(folder / "hugo.json"), env=_libraries()
    )
    made = sum(1 for _ in (folder / "public").rglob("*.html"))
    shutil.rmtree(folder)
    return made, spent


_HUGO: Mapping[str, object] = {
    "baseURL": "https://example.invalid/",
    "languageCode": "zh-CN",
    "uglyURLs": True,
    "disableKinds": ["home", "section", "taxonomy", "term", "RSS", "404", "robotsTXT"],
    "timeout": "3600s",
}


def _hugo() -> tuple[str, ...]:
    for program in (shutil.which("hugo"), _UNPACKED / "usr" / "bin" / "hugo"):
        if program and Path(program).exists():
            return (str(program),)
    raise NotFinished("Hugo is missing: make bench unpacks it below .venv, or apt-get install hugo")


def _libraries() -> dict[str, str]:
    return {"LD_LIBRARY_PATH": ":".join(map(str, _UNPACKED.glob("usr/lib/*-linux-gnu")))}


def material(site: Path, folder: Path) -> tuple[int, Spent]:
    """How many pages mkdocs-material makes of the first decisions, and what they take beside one page alone.

    Its navigation is explicit, its search off: an automatic navigation grows with each page, on each page."""
    few = _material(site, folder, 1)
    many = _material(site, folder, MATERIAL_PAGES + 1)
    pages = min(MATERIAL_PAGES, sum(1 for _ in Markdown(site).files()) - 1)
    return pages, Spent(many.seconds - few.seconds, many.cpu - few.cpu, many.peak)


def _material(site: Path, folder: Path, pages: int) -> Spent:
    for name, title, _, text in islice(Markdown(site).files(), pages):
        _write(folder / "docs" / f"{name}.md", f"# {title}\n\n{text}")
    _write(folder / "docs" / "index.md", "# 首页\n")
    config = {**_MATERIAL, "docs_dir": str(folder / "docs"), "site_dir": str(folder / "site")}
    _write(folder / "mkdocs.yml", json.dumps(config, ensure_ascii=False))
    spent = command(sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml"))
    shutil.rmtree(folder)
    return spent


_MATERIAL: Mapping[str, object] = {
    "site_name": "bench",
    "theme": {"name": "material", "language": "zh", "font": False},
    "plugins": [],
    "use_directory_urls": False,
    "nav": [{"首页": "index.md"}],
    "validation": {"nav": {"omitted_files": "ignore"}},
}


def _text(page: str) -> str:
    """Headings and facts of a page's own part."""
    own = page.partition('<main id="main"')[2].partition("</main>")[0]
    lines = (
        f"## {_escaped(found['heading'])}\n"
        if found["heading"]
        else f"- **{_escaped(found['label'])}**：{_escaped(found['value'])}\n"
        for found in _PARTS.finditer(own)
    )
    return "\n".join(lines)


def _plain(found: re.Match[str] | None) -> str:
    return " ".join(html.unescape(_TAG.sub("", found[1])).split()) if found else ""


def _escaped(part: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(html.unescape(_TAG.sub("", part)).split()))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
