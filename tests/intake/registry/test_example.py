"""The YAML example of each kind is read as it stands, and names every field."""

from __future__ import annotations

import pytest

from gongshi.intake.answer.rendering import render_text
from gongshi.intake.batch import SourceFile
from gongshi.intake.example import yaml_example
from gongshi.records import DECISION_KINDS, REGISTRY_KINDS

FILLED_IN = {
    "E263",
    "E522",
    "E524",
    "E531",
    "E532",
    "E601",
    "E512",
    "E513",
    "E514",
    "E515",
    "E516",
    "E541",
    "E221",
    "E223",
}
"""What a department fills in anew: its own name, its officers and items, files, laws, steps, amounts."""


@pytest.mark.parametrize("kind", REGISTRY_KINDS.values(), ids=REGISTRY_KINDS)
def test_it_is_read_as_it_stands(kind, checked):
    text = yaml_example(kind)
    report = checked([SourceFile("example.yaml", text.encode())])
    codes = {problem.code for problem in report.problems if problem.is_error}
    assert codes <= FILLED_IN, render_text(report)
    assert report.rows == 1
    assert not {problem.code for problem in report.problems} & {"W501", "E103", "E104", "E105", "W511"}
    assert "    # 失效日期: " in text, "what is made from the example is in force"


@pytest.mark.parametrize("kind", REGISTRY_KINDS.values(), ids=REGISTRY_KINDS)
def test_every_field_and_column_is_there_with_what_belongs_into_it(kind):
    text = yaml_example(kind)
    for field in kind.fields:
        assert f"{field.label}:" in text
        assert field.help.rstrip("。") in text
        for column in field.columns:
            assert f"{column.label}: " in text
    assert text.startswith(f"# {kind.label}")
    assert yaml_example(kind) == text


def test_decisions_have_tables_alone():
    with pytest.raises(ValueError, match="penalty"):
        yaml_example(DECISION_KINDS["penalty"])
