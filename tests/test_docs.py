"""Documentation is tested: every command, option, setting, rule, field and error code stands in it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
import yaml

import bench.kept
import bench.page
import gongshi
from bench.names import LABELLED, measure
from gongshi.cli import main
from gongshi.instance import load
from gongshi.instance.schedule import Schedule
from gongshi.intake.catalogue import CATALOGUE
from gongshi.law.rule import LeadsTo, Question
from gongshi.lifecycle.registry.states import LABELS as RECORD_LABELS
from gongshi.lifecycle.registry.states import RecordState
from gongshi.lifecycle.transitions import LABELS, State
from gongshi.records import ALL_KINDS, REGISTRY_KINDS, RecordKind
from gongshi.records.changes import Change
from gongshi.records.city import City
from gongshi.records.department import Department
from gongshi.records.request import STATE_LABELS, RequestState
from gongshi.release.places import Places
from gongshi.render.parts import parts_of

PROJECT = Path(__file__).parents[1]
GUIDES = PROJECT / "site_src" / "pages" / "about"


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command by the words that call it, those of groups among them."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield before + name, command


COMMANDS = list(_commands(main))
OPTIONS = [
    (name, option)
    for name, command in COMMANDS
    for parameter in command.params
    if isinstance(parameter, click.Option)
    for option in parameter.opts
    if option.startswith("--") and option not in ("--help", "--root", "--today", "--json")
]


def guide(name: str) -> str:
    return (GUIDES / f"{name}.md").read_text(encoding="utf-8")


def page(root: Path, path: str) -> str:
    return (root / "build" / "site" / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_every_command_stands_in_the_list_of_commands_and_teaches(name: str) -> None:
    assert f"gongshi {name}" in guide("commands")
    assert re.search("[一-鿿]", dict(COMMANDS)[name].help or "")


@pytest.mark.parametrize("name", main.commands)
def test_every_command_or_group_of_them_stands_in_both_readmes(name: str) -> None:
    for readme in ("README.md", "README.zh-CN.md"):
        text = (PROJECT / readme).read_text(encoding="utf-8")
        assert f"gongshi {name}" in text


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_every_option_stands_in_the_list_of_commands(name: str, option: str) -> None:
    assert f"`{option}" in guide("commands"), f"gongshi {name} {option}"


@pytest.mark.parametrize("option", ["--root", "--today", "--json"])
def test_the_options_of_all_commands_are_explained_once(option: str) -> None:
    assert f"`{option}" in guide("commands")
    assert all(any(option in p.opts for p in command.params) for _, command in COMMANDS)


@pytest.mark.parametrize("setting", [f.name for kind in (City, Department, Schedule, Change) for f in fields(kind)])
def test_every_setting_stands_in_the_list_of_settings(setting: str) -> None:
    assert f"`{setting}`" in guide("settings")


@pytest.mark.parametrize("state", list(LABELS))
def test_every_state_of_a_disclosure_is_told_on_the_page_of_its_life(state: State) -> None:
    assert f"| {LABELS[state]} |" in guide("process")


@pytest.mark.parametrize("state", RecordState)
def test_every_state_of_a_record_is_told_on_the_page_of_its_life(state: RecordState) -> None:
    assert f"| {RECORD_LABELS[state]} |" in guide("process")


@pytest.mark.parametrize("state", list(STATE_LABELS))
def test_every_state_of_a_request_is_told_there_too(state: RequestState) -> None:
    assert f"| {STATE_LABELS[state]} |" in guide("process")


def test_every_end_is_told_there_by_what_it_leaves() -> None:
    rules = load(PROJECT).rules.asking(Question.ENDING)
    ends = {rule.title for rule in rules if rule.leads_to in (LeadsTo.NOTICE, LeadsTo.NOTHING)}
    assert sorted(end for end in ends if end not in guide("process")) == []


@pytest.mark.parametrize("kind", REGISTRY_KINDS.values(), ids=REGISTRY_KINDS)
def test_every_kind_of_register_stands_in_the_guides_with_its_name(kind: RecordKind) -> None:
    assert f"| `{kind.name}` | {kind.label} |" in guide("departments")
    assert f"{kind.name}（{kind.label}）" in guide("commands")


def test_every_field_stands_in_the_data_dictionary(empty_city: Path) -> None:
    dictionary = page(empty_city, "dictionary/index.html")
    missing = [
        f"{k.name}.{f.name}"
        for k in ALL_KINDS.values()
        for f in k.described
        if f"<code>{f.name}</code>" not in dictionary
    ]
    assert missing == []


def test_every_rule_in_force_stands_on_the_rules_page_with_its_article(empty_city: Path) -> None:
    rules = page(empty_city, "rules/index.html")
    missing = [rule.id for rule in load(empty_city).rules if rule.enabled and rule.id not in rules]
    assert missing == []


def test_every_error_code_stands_in_the_guide(empty_city: Path) -> None:
    errors = page(empty_city, "about/errors/index.html")
    assert [code for code in CATALOGUE if code not in errors] == []


def test_both_readmes_have_the_same_parts_and_their_links_lead_somewhere() -> None:
    english, chinese = ((PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    assert [len(re.findall(f"^{mark} ", text, re.M)) for text in (english,) for mark in ("#", "##", "-")] == [
        len(re.findall(f"^{mark} ", chinese, re.M)) for mark in ("#", "##", "-")
    ]
    for text in (english, chinese):
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (PROJECT / link).exists(), link


@pytest.mark.parametrize("page", sorted(GUIDES.rglob("*.md")), ids=lambda page: page.stem)
def test_commands_stand_one_on_a_line(page: Path) -> None:
    fences = re.findall(r"^ +```", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert fences == [], "within a list or a warning Markdown runs a fence's lines together: indent them instead"


def test_every_target_of_the_makefile_says_what_it_does() -> None:
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.M)[1].split())
    assert phony <= set(re.findall(r"^([a-z-]+):.*## ", text, re.M))


def test_the_published_recall_of_the_name_detector_is_the_measured_one() -> None:
    rows = [row for group in yaml.safe_load(LABELLED.read_text(encoding="utf-8")).values() for row in group]
    found, missed, false = measure(rows)
    text = guide("privacy")
    for figure in (
        f"{len(rows)} 句",
        f"{found / (found + missed):.1%} 的姓名",
        f"{found / (found + false):.1%} 是姓名",
    ):
        assert figure in text, figure


def test_the_page_on_benchmarks_says_what_was_measured_last() -> None:
    assert guide("benchmarks") == bench.page.renewed(guide("benchmarks"), bench.kept.latest())


def test_every_part_of_the_site_stands_on_the_page_of_how_a_rebuild_works() -> None:
    row = {"id": "a", "kind": "penalty", "department": "d", "first_published_on": "2026-11-20"}
    row |= {"region": "220700", "item": "b", "laws": "l"}
    listed = [row | {"kind": kind, "number": "2207-CF-001", "files": "c"} for kind in REGISTRY_KINDS]
    found = parts_of([row], [row], [row | {"withdrawn_on": "2026-11-21"}], [], listed, [])
    assert [part for part in sorted(found) if f"`{part.split(':')[0]}`" not in guide("rebuild")] == []


def test_every_file_that_a_rebuild_keeps_stands_there() -> None:
    files = [
        getattr(Places(Path()), name)
        for name in ("store", "public_db", "manifest", "judged", "registered", "open", "tombstones")
    ]
    assert [str(file) for file in files if f"`{file}`" not in guide("rebuild")] == []


def _mistakes() -> set[str]:
    """The code of every error of the package that stands for itself, not for its subclasses."""
    for module in pkgutil.walk_packages(gongshi.__path__, "gongshi."):
        if not module.name.startswith("gongshi.sample") and not module.name.endswith(".worker"):
            importlib.import_module(module.name)
    waiting, found = [BaseException], set()
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {c.code for c in below if c.__module__.startswith("gongshi.") and not c.__subclasses__() and _coded(c)}
    return found


def _coded(error: type[BaseException]) -> bool:
    return isinstance(getattr(error, "code", None), str)


def test_every_error_that_a_person_can_cause_stands_in_the_guides() -> None:
    told = guide("errors") + guide("api")
    assert len(_mistakes()) > 30
    assert [code for code in sorted(_mistakes()) if f"`{code}`" not in told] == []
