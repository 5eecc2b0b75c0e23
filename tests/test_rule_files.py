"""Rules as files: faults are told with file and line, and what the city decided lies over what is shipped."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from gongshi.instance import ReferenceInvalid, load
from gongshi.instance.decided import Decided, DecisionUnusable, decide, write_decided
from gongshi.law.rules import RuleSet

REFERENCE = Path(__file__).parents[1] / "data" / "reference"

TERM = """
    - id: own-term
      question: term
      effect: must
      scope: {kinds: [penalty], departments: [11220700MB99000134]}
      value: 5
      unit: working_days
      counted_from: formed_or_changed
      rank: city_measure
      issuer: 松原市人民政府
      article: 《示例办法》第一条
      basis: 示例
      source: V
      effective_from: 2026-01-01
"""
HOLD = """
    - id: own-hold
      question: hold
      effect: must_not
      value: age_unknown
      rank: city_measure
      issuer: 松原市人民政府
      article: 《示例办法》第二条
      basis: 示例
      source: V
"""
END = """
    - id: own-end
      title: 自行纠正
      question: ending
      effect: must
      value: own
      leads_to: notice
      requires: [reason]
      rank: city_measure
      issuer: 松原市人民政府
      article: 《示例办法》第三条
      basis: 示例
      source: V
"""
OFF = """
    - id: own-off
      question: retention
      effect: must
      scope: {kinds: [penalty]}
      value: 6
      unit: months
      counted_from: first_published
      rank: city_measure
      issuer: 松原市人民政府
      article: 《示例办法》第四条
      basis: 示例
      source: V
      enabled: false
      needs_document: true
      asks: value
      between: [3, 12]
      turned_on_by: 市级决定
"""

Own = Callable[..., Path]


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """An instance with the sample city's reference data and further rule files, by name."""

    def make(**files: str) -> Path:
        shutil.copytree(REFERENCE, tmp_path / "data" / "reference", dirs_exist_ok=True)
        for name, content in files.items():
            path = tmp_path / "data" / "reference" / "rules" / f"{name}.yml"
            path.write_text(dedent(content).lstrip("\n"), encoding="utf-8")
        return tmp_path

    return make


def told(root: Path) -> list[str]:
    """Everything that is wrong, as the webmaster reads it."""
    with pytest.raises(ReferenceInvalid) as caught:
        load(root)
    return [str(fault) for fault in caught.value.faults]


def rules(root: Path) -> RuleSet:
    return load(root).rules


def test_a_citys_own_rules_are_read_beside_the_shipped(own: Own) -> None:
    found = rules(own(own=TERM + HOLD + END + OFF))
    assert [found.get(f"own-{name}") is not None for name in ("term", "hold", "end", "off")] == [True] * 4


@pytest.mark.parametrize(
    ("rule", "old", "new", "line", "code", "words"),
    [
        (TERM, "article: 《", "artikel: 《", 10, "rule_key_unknown", "是不是 article"),
        (TERM, "article: 《示例办法》第一条", "article:", 10, "rule_key_missing", "缺少 article"),
        (TERM, "value: 5\n", "\n", 6, "rule_measure_wrong", "要写 value"),
        (TERM, "unit: working_days\n", "\n", 1, "rule_measure_wrong", "unit 为"),
        (TERM, "counted_from: formed_or_changed\n", "\n", 6, "rule_measure_wrong", "counted_from 为"),
        (TERM, "value: 5", "value: 零", 5, "rule_value_bad", "正整数"),
        (TERM, "kinds: [penalty]", "kinds: [penality]", 1, "rule_word_unknown", "没有“penality”这个词"),
        (TERM, "11220700MB99000134", "11220700MB00000000", 1, "rule_department_unknown", "未登记的部门"),
        (TERM, "{kinds:", "{kind:", 4, "rule_key_unknown", "是不是 kinds"),
        (TERM, "source: V", "source: V\n      enabled: false", 1, "rule_off_unexplained", "turned_on_by"),
        (TERM, "source: V", "source: V\n      needs_document: true", 1, "rule_needs_document", "decided_by"),
        (TERM, "source: V", "source: V\n      asks: value", 13, "rule_asks_nobody", "needs_document"),
        (TERM, "source: V", "source: V\n      asks: article", 13, "rule_value_bad", "fine_at_most"),
        (TERM, "source: V", "source: V\n      leads_to: notice", 13, "rule_leads_wrong", "withheld"),
        (HOLD, "value: age_unknown", "value: age_unkown", 4, "rule_value_bad", "只能是 rules_undecided"),
        (HOLD, "value: age_unknown\n", "\n", 1, "rule_value_missing", "value"),
        (END, "leads_to: notice\n", "\n", 1, "rule_leads_wrong", "nothing、notice、updated"),
        (END, "[reason]", "[raison]", 1, "rule_field_unknown", "raison"),
        (END, "title: 自行纠正\n", "\n", 1, "rule_key_missing", "title"),
        (OFF, "between: [3, 12]", "between: [7, 12]", 5, "rule_value_bad", "between 的范围"),
        (OFF, "between: [3, 12]", "between: [12, 3]", 16, "rule_value_bad", "[最小, 最大]"),
        (OFF, "enabled: false", "enabled: true", 1, "rule_needs_document", "decided_by"),
        (OFF, "scope: {", "scope: {fine_at_most: 三千, ", 4, "rule_value_bad", "以元为单位"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_with_file_and_line(  # noqa: PLR0917 - a table
    own: Own, rule: str, old: str, new: str, line: int, code: str, words: str
) -> None:
    assert old in rule
    (message,) = [one for one in told(own(own=rule.replace(old, new))) if f"[{code}]" in one]
    assert message.startswith(f"data/reference/rules/own.yml:{line} [{code}]")
    assert words in message


def test_an_id_that_is_used_twice_names_both_places(own: Own) -> None:
    (message,) = told(own(zz=TERM.replace("own-term", "S1.3-general")))
    assert message.startswith("data/reference/rules/zz.yml:1 [rule_id_twice]")
    assert "data/reference/rules/terms.yml 第 56 行" in message


@pytest.mark.parametrize(
    ("changes", "clashes"),
    [
        ({"value: 5": "value: 6"}, True),
        ({"value: 5": "value: 6", "unit: working_days": "unit: calendar_days"}, True),
        ({"counted_from: formed_or_changed": "counted_from: decided"}, True),
        # one asks for a kind and a department, the other for a kind and a type of party: neither is the special one
        ({"departments: [11220700MB99000134]": "party_types: [自然人]", "value: 5": "value: 6"}, True),
        ({"departments: [11220700MB99000134]": "outcomes_except: [正常]", "value: 5": "value: 6"}, True),
        # a narrower scope is the special rule; another kind or department is another matter
        ({", departments: [11220700MB99000134]": "", "value: 5": "value: 6"}, False),
        ({"kinds: [penalty]": "kinds: [licence]", "value: 5": "value: 6"}, False),
        ({"11220700MB99000134": "11220700MB9900021Y", "value: 5": "value: 6"}, False),
        # another issuer, rank, channel, time, or the same content
        ({"松原市人民政府": "别的机关", "value: 5": "value: 6"}, False),
        ({"city_measure": "local_regulation", "value: 5": "value: 6"}, False),
        ({"source: V": "source: V\n      channel: credit_system", "value: 5": "value: 6"}, False),
        ({"2026-01-01": "2026-06-01", "value: 5": "value: 6"}, False),
        ({"source: V": "source: V\n      special_to: [own-term]", "value: 5": "value: 6"}, False),
        ({}, False),
    ],
)
def test_rules_that_overlap_are_refused_and_ordered_ones_are_not(
    own: Own, changes: dict[str, str], clashes: bool
) -> None:
    other = TERM.replace("own-term", "other-term")
    for old, new in changes.items():
        assert old in other
        other = other.replace(old, new)
    root = own(own=TERM + other)
    if clashes:
        assert [line.partition("：")[0] for line in told(root)] == [
            "data/reference/rules/own.yml:15 [rule_overlap] other-term 与 own-term 对同一范围作了不同规定"
        ]
    else:
        assert rules(root).get("other-term") is not None


def test_a_rule_that_is_off_overlaps_nothing_until_the_city_turns_it_on(own: Own) -> None:
    both = OFF + OFF.replace("own-off", "other-off").replace("value: 6", "value: 9")
    assert rules(own(own=both)).get("other-off") is not None
    (message,) = told(own(own=both, decided=decision("own-off") + decision("other-off")))
    assert message.startswith("data/reference/rules/own.yml:19 [rule_overlap]")


def decision(rule: str, **more: str) -> str:
    items = {"rule": rule, "document": "松政发〔2026〕9号", "decided_on": "2026-12-01", "by": "吴示网", **more}
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in items.items() if value) + "\n"


def test_what_the_city_decides_is_on_from_its_day_and_keeps_its_document(own: Own) -> None:
    found = rules(own(decided=decision("R45-13-general") + decision("R45-13-fine", value="3000")))
    general, fine = found.get("R45-13-general"), found.get("R45-13-fine")
    assert general is not None
    assert fine is not None
    assert (general.enabled, general.decided_by, general.waits) == (True, "松政发〔2026〕9号", False)
    assert [general.in_force(day) for day in (date(2026, 11, 30), date(2026, 12, 1))] == [False, True]
    assert fine.scope.fine_at_most == Decimal(3000)


def test_what_the_city_decides_against_stays_off_and_is_asked_no_more(own: Own) -> None:
    rule = rules(own(decided=decision("P48-social-effect", enabled="false"))).get("P48-social-effect")
    assert rule is not None
    assert (rule.enabled, rule.waits, rule.decided_by) == (False, False, "松政发〔2026〕9号")


def test_a_period_within_what_the_law_leaves_open_is_the_citys(own: Own) -> None:
    rule = rules(own(decided=decision("CR36-ordinary", value="6"))).get("CR36-ordinary")
    assert rule is not None
    assert (rule.value, rule.enabled) == (6, True)


@pytest.mark.parametrize(
    ("decided", "line", "code", "words"),
    [
        (decision("R45-99"), 1, "decided_rule_unknown", "R45-99"),
        (decision("D27-all"), 1, "decided_unusable", "不需要市里决定"),
        (decision("R45-13-fine"), 1, "decided_unusable", "以元为单位"),
        (decision("R45-13-fine", value="0"), 1, "decided_unusable", "大于零"),
        (decision("R45-13-general", value="2"), 1, "decided_unusable", "没有要定的数"),
        (decision("CR36-ordinary", value="13"), 1, "decided_unusable", "3 到 12 之间"),
        (decision("CR36-ordinary", value="半年"), 1, "decided_unusable", "3 到 12 之间"),
        (decision("R45-14") + decision("R45-14"), 5, "decided_twice", "写了两次"),
        (decision("R45-14", document=""), 1, "reference_key_missing", "document"),
        (decision("R45-14", decided_on="明年"), 3, "reference_value_bad", "2026-03-02"),
        (decision("R45-14", dokument="x"), 5, "reference_key_unknown", "document"),
    ],
)
def test_what_is_wrong_with_a_decision_is_told_with_file_and_line(
    own: Own, decided: str, line: int, code: str, words: str
) -> None:
    (message,) = told(own(decided=decided))
    assert message.startswith(f"data/reference/rules/decided.yml:{line} [{code}]")
    assert words in message


def test_what_is_written_is_read_back_the_same_and_a_failure_leaves_the_file_as_it_was(
    own: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = own()
    folder = root / "data" / "reference" / "rules"
    made = [
        Decided(
            rule="R45-13-fine",
            document="松政发〔2026〕9号: 附件",
            decided_on=date(2026, 12, 1),
            by="吴示网",
            value="3000",
        ),
        Decided(rule="P48-social-effect", document="0012", decided_on=date(2026, 12, 1), by="是", enabled=False),
    ]
    write_decided(folder, made)
    before = (folder / "decided.yml").read_bytes()
    found = rules(root)
    fine, effect = found.get("R45-13-fine"), found.get("P48-social-effect")
    assert fine is not None
    assert effect is not None
    assert (fine.decided_by, fine.enabled) == ("松政发〔2026〕9号: 附件", True)
    assert (effect.decided_by, effect.enabled) == ("0012", False)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_decided(folder, made[:1])
    assert (folder / "decided.yml").read_bytes() == before
    assert sorted(path.name for path in folder.glob("decided*")) == ["decided.yml"]


def test_a_rule_of_the_law_itself_is_not_for_the_city_to_decide(own: Own) -> None:
    rule = rules(own()).get("D27-all")
    assert rule is not None
    with pytest.raises(DecisionUnusable, match="不需要市里决定"):
        decide(rule, Decided(rule="D27-all", document="x", decided_on=date(2026, 12, 1), by="吴示网"))


def test_every_fault_of_reference_data_stands_in_the_guide() -> None:
    package = REFERENCE.parents[1] / "gongshi"
    sources = [
        *(package / "instance").glob("*.py"),
        package / "law" / "rule_checks.py",
        package / "law" / "rule_form.py",
        package / "law" / "recording" / "form.py",
    ]
    code = re.compile(
        r'"((?:rules?|reference|holidays|city|region|department|decided|change|requirement|checklist|role)_[a-z_]+)"'
    )
    codes = {found for path in sources for found in code.findall(path.read_text(encoding="utf-8"))}
    told = (REFERENCE.parents[1] / "site_src/pages/about/errors.md").read_text(encoding="utf-8")
    assert len(codes) > 30
    assert [one for one in sorted(codes - {"decided_by", "decided_on"}) if f"`{one}`" not in told] == []
