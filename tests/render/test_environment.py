"""Everything is escaped, nothing undeclared is forgiven, and every template keeps to its context."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from shutil import copytree

import pytest
from jinja2 import Environment, UndefinedError, meta, nodes

import gongshi
from gongshi.door import contexts as door_contexts
from gongshi.render import contexts
from gongshi.render.browse import contexts as browse_contexts
from gongshi.render.bulletins import contexts as bulletin_contexts
from gongshi.render.downloads import contexts as download_contexts
from gongshi.render.figures import contexts as figure_contexts
from gongshi.render.kiosk import contexts as kiosk_contexts
from gongshi.render.look.environment import environment
from gongshi.render.look.jsonld import script_json
from gongshi.render.look.versions import Versions, named_in
from gongshi.render.notices import contexts as notice_contexts
from gongshi.render.reference import contexts as reference_contexts
from gongshi.render.registry import contexts as registry_contexts
from gongshi.render.registry import spot_contexts

SITE = Path(__file__).parents[2] / "site_src"
CONTEXTS = {
    "decision.html": contexts.DecisionPage,
    "list.html": contexts.ListPage,
    "archive.html": contexts.ArchivePage,
    "month.html": contexts.MonthPage,
    "home.html": contexts.HomePage,
    "departments.html": contexts.DepartmentsPage,
    "counties.html": browse_contexts.CountiesPage,
    "county.html": browse_contexts.CountyPage,
    "laws.html": browse_contexts.LawsPage,
    "law.html": browse_contexts.LawPage,
    "absent.html": browse_contexts.AbsentPage,
    "dictionary.html": reference_contexts.DictionaryPage,
    "rules.html": reference_contexts.RulesPage,
    "notice.html": notice_contexts.NoticePage,
    "notices.html": notice_contexts.NoticesPage,
    "figures.html": figure_contexts.FiguresPage,
    "figures-year.html": figure_contexts.YearPage,
    "figures-annual.html": figure_contexts.AnnualPage,
    "downloads.html": download_contexts.DownloadsPage,
    "item.html": registry_contexts.ItemPage,
    "items.html": registry_contexts.ItemsPage,
    "item-list.html": registry_contexts.ItemListPage,
    "guide.html": registry_contexts.GuidePage,
    "department.html": registry_contexts.DepartmentPage,
    "registers.html": registry_contexts.RegistersPage,
    "department-lists.html": registry_contexts.ListsPage,
    "text.html": registry_contexts.TextPage,
    "groups.html": registry_contexts.GroupsPage,
    "officer.html": spot_contexts.OfficerPage,
    "officer-list.html": spot_contexts.OfficerListPage,
    "officers.html": spot_contexts.OfficersPage,
    "boards.html": spot_contexts.BoardsPage,
    "board.html": spot_contexts.BoardPage,
    "board-sheet.html": spot_contexts.BoardSheetPage,
    "kiosk.html": spot_contexts.KioskPage,
    "kiosk-city.html": kiosk_contexts.CityScreen,
    "bulletins.html": bulletin_contexts.BulletinsPage,
    "bulletin-cover.html": bulletin_contexts.CoverPage,
    "bulletin.html": bulletin_contexts.BulletinPage,
    "inspections.html": spot_contexts.InspectionsPage,
    "inspection-item.html": spot_contexts.InspectionItemPage,
    "inspection-plan.html": spot_contexts.InspectionPlanPage,
    "404.html": reference_contexts.NotFoundPage,
    "correct.html": door_contexts.CorrectPage,
    "correct-receipt.html": door_contexts.ReceiptPage,
    "correct-status.html": door_contexts.StatePage,
    "correct-trouble.html": door_contexts.TroublePage,
}


def variables(env: Environment, name: str) -> tuple[set[str], set[str]]:
    """The names that a template and all that it includes look up, and those that it sets itself."""
    source, _, _ = env.loader.get_source(env, name)  # type: ignore[union-attr]
    tree = env.parse(source)
    used = set(meta.find_undeclared_variables(tree))
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    own |= {node.name for node in tree.find_all(nodes.Macro)}
    own |= {node.target for node in tree.find_all(nodes.Import)}
    for other in meta.find_referenced_templates(tree):
        assert other, "a template is named by a value"
        more, others = variables(env, other)
        used |= more
        own |= others
    return used, own


@pytest.mark.parametrize("template", CONTEXTS)
def test_a_template_uses_what_its_context_declares_and_no_more(env: Environment, template: str) -> None:
    used, own = variables(env, template)
    declared = {field.name for field in fields(CONTEXTS[template])}
    assert used - own - set(env.globals) <= declared, "uses what nobody declared"
    assert declared <= used, "declares what the template does not use"


SERVED = {"search.html", "message.html", "data.html", "party.html"}
"""Whose contexts are in the query room."""


def test_every_template_of_ours_has_a_context(env: Environment) -> None:
    """What makes no whole page is a piece of others."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in (SITE / "templates").iterdir()}
    whole = {name for name, source in sources.items() if "{% extends" in source or "<!doctype" in source}
    assert set(sources) == set(env.list_templates())
    assert whole - SERVED - {"page.html", "correct-frame.html", "kiosk-frame.html"} == set(CONTEXTS)


def test_an_undeclared_variable_is_an_error(env: Environment) -> None:
    with pytest.raises(UndefinedError):
        env.from_string("{{ nobody_declared }}").render()


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '" onload="x', "' x='", "</title>", "a&b"])
def test_a_value_can_not_become_markup(env: Environment, hostile: str) -> None:
    template = env.from_string('<p title="{{ v }}">{{ v }}</p>')
    made = template.render(v=hostile)
    assert made.count("<") == 2
    assert made.count('"') == 2


@pytest.mark.parametrize("hostile", ["</script><script>", "<!--", "]]>", "\u2028", "a\u202eb", '"x\\'])
def test_structured_data_stays_data(hostile: str) -> None:
    made = script_json({"name": hostile, "list": [hostile]})
    assert not set(made) & set("<>&\u2028\u202e")


def test_structured_data_keeps_chinese_so_that_a_byte_search_finds_it() -> None:
    assert script_json({"name": "松原"}) == '{"name":"松原"}'


def made_with(folder: Path) -> dict[str, str]:
    """The version of each template of a site_src."""
    env = environment(folder / "templates")
    versions = Versions(env)
    return {name: versions.of(name) for name in env.list_templates()}


def differing(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


PAGES = {path.name for path in (SITE / "templates").iterdir() if '"page.html"' in path.read_text(encoding="utf-8")}
USED_BY = {
    "decision.html": {"decision.html"},
    "rules.html": {"rules.html"},
    "within-data.html": {"within-data.html", "rules.html", "dictionary.html", "downloads.html"},
    "channel.html": {"channel.html", "department.html"},
    "rows.html": {
        "rows.html",
        "list.html",
        "archive.html",
        "county.html",
        "home.html",
        "law.html",
        "department.html",
        "item.html",
        "inspections.html",
        "inspection-plan.html",
        "party.html",
    },
    "by-kind.html": {"by-kind.html", "archive.html", "county.html"},
    "gazette.html": {"gazette.html", "bulletin.html"},
    "cite.html": {"cite.html", "decision.html", "notice.html"},
    "years.html": {"years.html", "archive.html", "notices.html", "department.html", "bulletins.html"},
    "telling.html": {
        "telling.html",
        "figures-annual.html",
        "item.html",
        "item-list.html",
        "guide.html",
        "groups.html",
        "text.html",
        "department.html",
        "department-lists.html",
        "inspection-item.html",
        "inspection-plan.html",
    },
    "page.html": {"page.html", *PAGES, *CONTEXTS} - {"kiosk.html", "kiosk-city.html"},
}


@pytest.mark.parametrize("touched", USED_BY)
def test_a_touched_template_touches_the_version_of_what_uses_it_alone(touched: str, tmp_path: Path) -> None:
    copytree(SITE, tmp_path / "site_src")
    before = made_with(tmp_path / "site_src")
    assert before == made_with(SITE)
    file = tmp_path / "site_src/templates" / touched
    file.write_text(file.read_text(encoding="utf-8") + "<!-- new -->", encoding="utf-8")
    assert differing(before, made_with(tmp_path / "site_src")) == USED_BY[touched]


SOURCES = {
    **{path.name: path.read_text("utf-8") for path in (SITE / "templates").glob("*.html")},
    "other quotes": "{%- extends 'page.html' -%}{% from 'rows.html' import a %}{% import 'x.html' as x with context %}",
    "the first that is there": '{% include ["a.html", "b.html"] %}',
    "one or the other": '{% include "a.html" if a else "b.html" %}',
    "where it may be missing": '{%+ include "a.html" ignore missing %}',
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
def test_what_a_template_uses_is_what_jinja_finds_in_it(source: str) -> None:
    env = environment(SITE / "templates")
    assert set(named_in(env, source)) == {*meta.find_referenced_templates(env.parse(source))} - {None}


@pytest.mark.parametrize(
    ("asset", "everything"),
    [("gongshi.css", True), ("icon.svg", True), ("sheet/search.css", True), ("kiosk.css", False)],
)
def test_the_versions_follow_the_style_sheet_that_every_page_names(
    asset: str, everything: bool, tmp_path: Path
) -> None:
    copytree(SITE, tmp_path / "site_src")
    file = tmp_path / "site_src/assets" / asset
    file.write_text(file.read_text() + "\n.new{top:0}")
    before = made_with(SITE)
    assert differing(before, made_with(tmp_path / "site_src")) == (set(before) if everything else set())


def test_the_versions_follow_the_code_and_the_declarations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = Path(gongshi.__file__).parent
    before = made_with(SITE)
    for room in ("render", "records", "law"):
        copytree(code / room, tmp_path / "gongshi" / room)
    monkeypatch.setattr(gongshi, "__file__", str(tmp_path / "gongshi" / "__init__.py"))
    assert made_with(SITE) == before
    declared = tmp_path / "gongshi" / "records" / "penalty.py"
    declared.write_text(declared.read_text(encoding="utf-8") + "# another label\n", encoding="utf-8")
    assert differing(before, made_with(SITE)) == set(before)
