"""Reference data of cases: every fault with its file, line and code; and what a right file says."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from gongshi.instance import ReferenceInvalid, load

ROOT = Path(__file__).parents[1]
D = "11220700MB99000134"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "data" / "reference")
    return tmp_path


WRONG = [
    ("rules/recording.yml", "    row: R7\n", "    rwo: R7\n", ["requirement_key_missing", "requirement_key_unknown"]),
    ("rules/recording.yml", "stage: start", "stage: begin", ["requirement_value_bad"]),
    ("rules/recording.yml", "needs: [application, oral", "needs: [aplication, oral", ["requirement_word_unknown"]),
    ("rules/recording.yml", "term: R8-urgent", "term: R8-u", ["requirement_term_unknown"]),
    ("rules/recording.yml", "id: R7-oral", "id: R7-register", ["requirement_id_twice"]),
    ("rules/recording.yml", "article: 第十条\n", "article: 第十条之一\n", ["requirement_basis_missing"]),
    ("rules/recording.yml", "needs: [demand]", "needs: [demand]\n    each: [demand]", ["requirement_contradicts"]),
    ("rules/checklists.yml", "id: statement", "id: statements", ["checklist_missing", "checklist_unknown"]),
    ("rules/checklists.yml", "lines: [proposal]", "lines: [proposals]", ["checklist_word_unknown"]),
    ("rules/checklists.yml", 'code: "3", label: 决定书', "label: 决定书", ["checklist_item"]),
    (
        "rules/checklists.yml",
        "{heard: hearing_record, assessed: assessment, appraised: appraisal}",
        "[heard, assessed]",
        ["checklist_item"],
    ),
    (
        "rules/checklists.yml",
        "heard: hearing_record, assessed",
        "heard: [hearing_record], assessed",
        ["checklist_item"],
    ),
    ("rules/checklists.yml", "lines: [proposal]", "lines: {proposal: 1}", ["checklist_item"]),
    ("roles.yml", "archivists: [何示档]", "archivist: [何示档]", ["role_key_unknown"]),
    ("roles.yml", f"department: {D}", "department: 11220700MB99009999", ["role_department_unknown"]),
    ("roles.yml", "department: 11220700MB9900021Y", f"department: {D}", ["role_department_twice"]),
    ("roles.yml", "heads: [刘示长", "heads: {刘示长", ["reference_syntax"]),
    ("roles.yml", "since: 2024-01-01, until: 2029-12-31", "since: 二〇二四年", ["role_value_bad"]),
    ("roles.yml", "name: 杨示核, ", "", ["role_reviewer"]),
    ("roles.yml", "departments: all", "departments: 全部", ["role_supervisor"]),
]


@pytest.mark.parametrize(("file", "right", "wrong", "codes"), WRONG, ids=[f"{w[0]}-{w[3][0]}" for w in WRONG])
def test_each_fault_has_its_code_and_its_line(city: Path, file: str, right: str, wrong: str, codes: list[str]) -> None:
    path = city / "data" / "reference" / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ReferenceInvalid) as invalid:
        load(city)
    assert sorted({fault.code for fault in invalid.value.faults}) == codes
    assert {fault.file for fault in invalid.value.faults} == {f"data/reference/{file}"}
    assert any(fault.line for fault in invalid.value.faults)


@pytest.mark.article("S3.1", "R33")
def test_who_holds_which_office(city: Path) -> None:
    roles = load(city).roles
    assert roles.of(D).heads == ("刘示长", "关示副", "韩示副")
    assert roles.of("nobody").heads == ()
    pool = [one for one in roles.reviewers if one.pool]
    assert [(one.name, D in one.departments) for one in pool] == [("律示师", True)]
    assert roles.reviewers[0].filed_on == date(2024, 1, 15)
    assert roles.supervisors[0].over("any department")


def test_a_city_without_these_files_has_none(city: Path) -> None:
    for name in ("roles.yml", "rules/recording.yml", "rules/checklists.yml"):
        (city / "data" / "reference" / name).unlink()
    instance = load(city)
    assert (instance.requirements, dict(instance.checklists), instance.roles.reviewers) == ((), {}, ())
