"""Everything is escaped, nothing undeclared is forgiven, and every template keeps to its context."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from shutil import copytree

import pytest
from jinja2 import Environment, UndefinedError, meta, nodes

import gongshi
from gongshi.door import contexts as door_contexts
from gongshi.render import contexts, environment, figure_contexts, notice_contexts, reference_contexts
from gongshi.render.jsonld import script_json

SITE = Path(__file__).parents[2] / "site_src"
CONTEXTS = {
    "decision.html": contexts.DecisionPage,
    "list.html": contexts.ListPage,
    "archive.html": contexts.ArchivePage,
    "month.html": contexts.MonthPage,
    "home.html": contexts.HomePage,
    "departments.html": contexts.DepartmentsPage,
    "dictionary.html": reference_contexts.DictionaryPage,
    "rules.html": reference_contexts.RulesPage,
    "notice.html": notice_contexts.NoticePage,
    "notices.html": notice_contexts.NoticesPage,
    "figures.html": figure_contexts.FiguresPage,
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


def test_every_template_of_ours_has_a_context(env: Environment) -> None:
    served = {"search.html", "message.html", "data.html"}
    parts = {
        "page.html",
        "rows.html",
        "channel.html",
        "regions.html",
        "pager.html",
        "years.html",
        "cite.html",
        "correct-frame.html",
    }
    assert set(env.list_templates()) - served - parts == set(CONTEXTS)


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


def test_the_version_follows_templates_and_assets(env: Environment, tmp_path: Path) -> None:
    copytree(SITE, tmp_path / "site_src")
    same = environment(tmp_path / "site_src/templates")
    assert same.globals["version"] == env.globals["version"]
    style = tmp_path / "site_src/assets/gongshi.css"
    style.write_text(style.read_text() + "/* new */")
    other = environment(tmp_path / "site_src/templates")
    assert other.globals["version"] != env.globals["version"]
    assert other.globals["style"] != env.globals["style"]


def test_the_version_follows_the_code_and_the_declarations(
    env: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = Path(gongshi.__file__).parent
    for room in ("render", "records", "law"):
        copytree(code / room, tmp_path / "gongshi" / room)
    monkeypatch.setattr(gongshi, "__file__", str(tmp_path / "gongshi" / "__init__.py"))
    assert environment(SITE / "templates").globals["version"] == env.globals["version"]
    declared = tmp_path / "gongshi" / "records" / "penalty.py"
    declared.write_text(declared.read_text(encoding="utf-8") + "# another label\n", encoding="utf-8")
    assert environment(SITE / "templates").globals["version"] != env.globals["version"]
