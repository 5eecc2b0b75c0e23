"""The bulletin of a month: every decision that a list has, once, as a paragraph that can be taken out by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from gongshi.records import DECISION_KINDS
from gongshi.release.cutting import take_out
from gongshi.render.bulletins import pages as bulletins
from gongshi.render.decisions.page import address
from gongshi.render.look.shell import Shell

Site = Callable[[], dict[str, str]]
MARKET, ROADS = "11220700MB99000134", "11220700MB990003XN"
MONTH = "2026-03"
PARAGRAPH = re.compile(r"<li><p class=\"gs-gazette-name\">.*?</li>", re.DOTALL)


def named(text: str) -> list[str]:
    """The decisions to which paragraphs lead, in their order."""
    return [match for one in PARAGRAPH.findall(text) for match in re.findall(r'href="(/decisions/[^"]+)"', one)]


@pytest.mark.article("D19")
def test_every_decision_of_a_month_is_in_its_departments_part_by_kind_and_day(public: Any, site: Site) -> None:
    later = public.decision("penalty", day="2026-03-20")
    licence = public.decision("licence", day="2026-03-09")
    first = public.decision("penalty", day="2026-03-02")
    other = public.decision("penalty", day="2026-03-02", department=ROADS, department_name="松原市交通运输局")
    public.decision("penalty", day="2026-04-01")
    pages = site()
    kinds = list(DECISION_KINDS)
    expected = [licence, first, later] if kinds.index("licence") < kinds.index("penalty") else [first, later, licence]
    assert named(pages[f"bulletins/{MONTH}/{MARKET}.html"]) == list(map(address, expected))
    assert named(pages[f"bulletins/{MONTH}/{ROADS}.html"]) == [address(other)]
    cover = pages[f"bulletins/{MONTH}/index.html"]
    assert {f'href="/bulletins/{MONTH}/{key}.html"' for key in (MARKET, ROADS)} <= set(
        re.findall(r'href="[^"]+"', cover)
    )
    assert "本月首次公示 4 件，2 个部门" in cover
    assert 'href="/bulletins/2026-04/"' in pages["bulletins/index.html"]


def test_a_paragraph_says_what_was_decided_in_the_words_of_its_kind_and_no_more_than_it_may(
    public: Any, site: Site
) -> None:
    public.decision("penalty", facts="事实" * 300, content="罚款五千元。", document_number="松市监罚〔2026〕1号")
    public.decision("coercion", facts=None, legal_basis=None, held_fields='["facts","legal_basis"]', corrected=1)
    text = site()[f"bulletins/{MONTH}/{MARKET}.html"]
    penalty, coercion = PARAGRAPH.findall(text)
    for part in (
        "松市监罚〔2026〕1号",
        "<b>违法事实：</b>",
        "…",
        "<b>处罚内容：</b>罚款五千元。",
        "<b>处罚决定日期：</b>",
    ):
        assert part in penalty, part
    assert len(penalty) < 2000
    assert "强制事由" not in coercion
    assert "强制依据" not in coercion
    assert "已更正" in coercion


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "</li><li>", "\u202e", "\ue0000\ue001", "⁂"])
def test_no_value_gets_out_of_its_paragraph(public: Any, site: Site, hostile: str) -> None:
    public.decision("penalty", facts=f"甲{hostile}乙", content=hostile, document_number=f"号{hostile}")
    public.decision("penalty")
    text = site()[f"bulletins/{MONTH}/{MARKET}.html"]
    shown = PARAGRAPH.findall(text)
    assert len(shown) == text.count("<li><p") == 2
    assert "<script" not in "".join(shown)


def test_many_are_several_files_of_whole_days_and_one_less_changes_one_of_them(
    public: Any, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulletins, "MOST", 4)
    ids = [public.decision("penalty", day=f"2026-03-{day:02}") for day in range(1, 29)]

    def parts() -> dict[str, str]:
        return {path: text for path, text in site().items() if path.startswith(f"bulletins/{MONTH}/{MARKET}")}

    before = parts()
    assert len(before) >= 7
    assert sorted(one for text in before.values() for one in named(text)) == sorted(map(address, ids))
    for text in before.values():
        assert len(named(text)) <= 4
    links = {
        link for text in before.values() for link in re.findall(rf'href="/(bulletins/{MONTH}/{MARKET}[^"]*)"', text)
    }
    assert links == set(before)
    public.db.execute("UPDATE decisions SET content = '改', digest = 'x' WHERE id = ?", (ids[9],))
    after = parts()
    assert len([path for path in before if before[path] != after[path]]) == 1


def test_a_decision_that_comes_down_is_cut_out_at_once(public: Any, site: Site, tmp_path: Path) -> None:
    gone, stays = public.decision("penalty", content="罚款一千元整"), public.decision("penalty")
    for path in (f"bulletins/{MONTH}/{MARKET}.html", "kiosk/index.html"):
        file = tmp_path / Path(path).name
        file.write_text(site()[path], encoding="utf-8")
        assert take_out(file, [gone])
        left = file.read_text(encoding="utf-8")
        assert gone not in left
        assert "罚款一千元整" not in left
        assert stays in left


def test_a_city_without_decisions_has_an_index_that_says_so(site: Site) -> None:
    pages = site()
    assert [path for path in pages if path.startswith("bulletins/")] == ["bulletins/index.html"]
    assert "还没有公示的决定" in pages["bulletins/index.html"]


def test_the_list_and_the_bulletin_of_a_department_are_planned_from_one_reading(
    public: Any, env: Environment, shell: Shell
) -> None:
    public.decision("penalty")
    public.decision("penalty", department=ROADS, department_name="松原市交通运输局")
    parts = [f"{part}:{key}:{MONTH}" for part in ("bulletin", "department") for key in (MARKET, ROADS)]
    apart = [page.fingerprint for part in sorted(parts) for page in public.plan(env, shell, [part])]
    asked: list[str] = []
    public.db.set_trace_callback(asked.append)
    together = [page.fingerprint for page in public.plan(env, shell, parts)]
    public.db.set_trace_callback(None)
    assert together == apart
    assert len([sql for sql in asked if "decisions_published" in sql and "AND department" in sql]) == 2
