"""A city's reference data: read whole, or refused with every fault on its line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from gongshi.instance import Instance, ReferenceInvalid, UnknownDepartment, load
from gongshi.records.department import DatedName

REPOSITORY = Path(__file__).parents[1]
KEY = "112207000135491313"

CITY = """
    name: 示例市
    site_name: 示例平台
    region: 220700
    website_id: 0012345678
    sample: true
"""
REGIONS = """
    - {code: 220700, name: 示例市}
    - {code: 220724, name: 示例县, abolished: true}
"""
DEPARTMENTS = f"""
    - key: {KEY}
      names:
        - {{name: 示例市工商行政管理局, since: 1992-07-01}}
        - {{name: 示例市市场监督管理局, since: 2019-01-15}}
      region: 220700
      sector: 市场监管
      number_prefixes: [示市监罚]
      channel_address: 示例街1号
      channel_postcode: 013800
      channel_phone: 0438-0000001
      channel_email: a@example.invalid
      channel_procedure: 五个工作日内答复
      submitters: [周示礼]
      reviewers: [郑示正]
      show_natural_names: false
"""
HOLIDAYS = """
    year: 2027
    document: 示例文件
    holidays:
      - 2027-01-01
      - {from: 2027-02-05, to: 2027-02-11}
    working_days: [2027-02-14]
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an instance with the shipped rules, each file changed by what is given; None leaves it out."""
    reference = tmp_path / "data" / "reference"

    def make(**files: str | None) -> Path:
        shutil.copytree(REPOSITORY / "data" / "reference" / "rules", reference / "rules", dirs_exist_ok=True)
        for own in ("determinations.yml", "review_lists.yml"):  # the sample city's
            (reference / "rules" / own).unlink(missing_ok=True)
        (reference / "roles.yml").unlink(missing_ok=True)
        plain = {"city": CITY, "regions": REGIONS, "departments": DEPARTMENTS}
        for name, content in {**plain, **files}.items():
            if content is not None:
                path = reference / f"{name.replace('__', '/')}.yml"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(dedent(content).lstrip("\n"), encoding="utf-8")
        return tmp_path

    return make


def faults(root: Path) -> set[tuple[str, int, str]]:
    """(file, line, code) of everything that is wrong."""
    with pytest.raises(ReferenceInvalid) as caught:
        load(root)
    return {(Path(fault.file).name, fault.line, fault.code) for fault in caught.value.faults}


def test_a_city_is_read_whole(write: Write) -> None:
    city = load(write(not_names="- 高压线\n- 黄金\n", holidays__2027=HOLIDAYS))
    department = city.departments[KEY]
    assert (city.city.name, city.city.website_id, city.city.sample) == ("示例市", "0012345678", True)
    assert department.names[0] == DatedName("示例市工商行政管理局", date(1992, 7, 1))
    assert (department.channel_postcode, department.show_natural_names) == ("013800", False)
    assert city.regions["220724"].abolished
    assert city.not_names == {"高压线", "黄金"}
    assert not city.calendar.is_working_day(date(2027, 2, 8))
    assert city.calendar.is_working_day(date(2027, 2, 14))
    assert city.rules.get("D27-all") is not None


def test_what_the_city_decides_about_figures_has_defaults_and_is_read(write: Write) -> None:
    city = load(write()).city
    assert (city.show_late, city.withheld_factor, city.withheld_least, city.number_jump) == (False, 3, 5, 50)
    given = CITY + "    show_late: true\n    withheld_factor: 2\n    withheld_least: 10\n    number_jump: 20\n"
    city = load(write(city=given)).city
    assert (city.show_late, city.withheld_factor, city.withheld_least, city.number_jump) == (True, 2, 10, 20)


def test_files_are_read_once_and_a_changed_file_at_once_wherever_the_instance_lies(
    write: Write, tmp_path: Path
) -> None:
    root = write()
    first, city = load(root), root / "data/reference/city.yml"
    elsewhere = load(Path(shutil.copytree(root / "data", tmp_path / "moved" / "data")).parent)
    assert (elsewhere.rules, elsewhere.root) == (first.rules, tmp_path / "moved")
    assert elsewhere.rules is first.rules
    stat, told = city.stat(), city.read_bytes()
    city.write_bytes(told.replace("示例平台".encode(), "另一平台".encode()))
    os.utime(city, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert load(root).city.site_name == "另一平台"
    city.write_text("name: [", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ReferenceInvalid):
            load(root)


@pytest.mark.parametrize("asked", [KEY, "示例市市场监督管理局", "示例市工商行政管理局", f" {KEY} "])
def test_a_department_is_found_by_key_and_by_any_name_it_ever_had(write: Write, asked: str) -> None:
    assert load(write()).department(asked).key == KEY


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [("示例市市场监督局", "示例市市场监督管理局"), ("工商", "示例市工商行政管理局"), ("zzz", "")],
)
def test_an_unknown_department_names_the_nearest(write: Write, asked: str, nearest: str) -> None:
    with pytest.raises(UnknownDepartment) as caught:
        load(write()).department(asked)
    assert caught.value.nearest == nearest
    assert asked in str(caught.value)
    assert nearest in str(caught.value)


def changed(old: str, new: str) -> str:
    assert old in DEPARTMENTS
    return DEPARTMENTS.replace(old, new)


SECOND = DEPARTMENTS.rstrip() + DEPARTMENTS.rstrip()


@pytest.mark.parametrize(
    ("name", "content", "line", "code"),
    [
        ("city", None, 0, "reference_missing"),
        ("city", CITY.replace("sample: true", "sample: perhaps"), 5, "reference_value_bad"),
        ("city", CITY + "    colour: red\n", 6, "reference_key_unknown"),
        ("city", CITY.replace("name: 示例市\n", "\n", 1), 1, "reference_key_missing"),
        ("city", CITY.replace("220700", "999999"), 3, "city_region_unknown"),
        ("city", CITY + "    sample: false\n", 6, "reference_key_twice"),
        ("city", CITY + "    withheld_factor: 0\n", 6, "reference_value_bad"),
        ("city", CITY + "    number_jump: 很多\n", 6, "reference_value_bad"),
        ("city", CITY + "    show_late: 1\n", 6, "reference_value_bad"),
        ("city", "- 示例市\n", 1, "reference_shape"),
        ("city", "name: [示例市\n", 2, "reference_syntax"),
        ("city", CITY.replace("0012345678", "2207"), 4, "city_website_id_invalid"),
        ("city", CITY + "    site_errors: javascript:alert(1)\n", 6, "reference_value_bad"),
        ("city", CITY + "    complaint: //example.invalid\n", 6, "reference_value_bad"),
        ("city", CITY + "    request_disclosure: http://example.invalid\n", 6, "reference_value_bad"),
        ("regions", REGIONS + "    - {code: 220700, name: 又一个}\n", 3, "region_code_twice"),
        ("regions", REGIONS + "    - {code: 2207, name: 短}\n", 3, "region_code_invalid"),
        ("regions", "code: 220700\n", 1, "reference_shape"),
        ("departments", changed("key: 1122", "key: 1123"), 1, "department_key_invalid"),
        (
            "departments",
            changed("region: 220700", "region: 220799"),
            5,
            "department_region_unknown",
        ),
        (
            "departments",
            changed("since: 2019-01-15", "since: 1990-01-15"),
            2,
            "department_names_order",
        ),
        ("departments", changed("since: 2019-01-15", "since: 1992-07-01"), 2, "department_names_order"),
        ("departments", changed("since: 2019-01-15", "since: 2019年"), 2, "reference_value_bad"),
        (
            "departments",
            changed("since: 2019-01-15", "from: 2019-01-15"),
            2,
            "reference_value_bad",
        ),
        (
            "departments",
            changed("channel_email: a@example.invalid", ""),
            1,
            "reference_key_missing",
        ),
        ("departments", changed("submitters", "submiters"), 13, "reference_key_unknown"),
        ("departments", changed("[周示礼]", "周示礼"), 13, "reference_value_bad"),
        ("departments", changed("[周示礼]", "[郑示正]"), 14, "department_one_person"),
        (
            "departments",
            changed("sector: 市场监管", "second_reviews: [somebody]"),
            6,
            "department_body_unknown",
        ),
        ("departments", SECOND, 16, "department_key_twice"),
        (
            "departments",
            SECOND.replace(KEY, "11220700MB99000134", 1),
            17,
            "department_name_twice",
        ),
        ("not_names", "- {word: 黄金}\n", 1, "reference_shape"),
        ("holidays__2027", HOLIDAYS.replace("year: 2027", "year: 2028"), 1, "holidays_invalid"),
        ("holidays__2027", HOLIDAYS.replace("[2027-02-14]", "[2027-02-15]"), 1, "holidays_invalid"),
        ("holidays__2027", HOLIDAYS.replace("[2027-02-14]", "[2026-02-14]"), 1, "holidays_invalid"),
        ("holidays__2027", HOLIDAYS.replace("[2027-02-14]", "[2027-02-06]"), 1, "holidays_invalid"),
        (
            "holidays__2027",
            HOLIDAYS.replace("to: 2027-02-11", "to: 2027-02-01"),
            3,
            "reference_value_bad",
        ),
        ("holidays__2027", HOLIDAYS.replace("document: 示例文件", ""), 1, "reference_key_missing"),
        ("rules__terms", "- id: 一\n  artikel: 二\n", 2, "rule_key_unknown"),
        ("rules__terms", "- id: 一\n  question: term\n", 1, "rule_key_missing"),
        ("rules__terms", "- id: 一\n  effect: 应当\n", 2, "rule_value_bad"),
    ],
)
def test_each_fault_is_named_by_file_line_and_code(
    write: Write, name: str, content: str | None, line: int, code: str
) -> None:
    assert (f"{name.rpartition('__')[2]}.yml", line, code) in faults(write(**{name: content}))


def test_rules_without_any_term_are_refused(write: Write) -> None:
    assert faults(write(rules__terms="")) == {("rules", 0, "rules_missing")}


def test_all_faults_of_all_files_come_at_once_in_order(write: Write) -> None:
    root = write(
        city=CITY + "    colour: red\n",
        departments=changed("region: 220700", "region: 220799").replace("submitters", "submiters"),
        rules__zz="- id: 一\n",
    )
    with pytest.raises(ReferenceInvalid) as caught:
        load(root)
    assert {fault.code for fault in caught.value.faults} >= {
        "reference_key_unknown",
        "rule_key_missing",
    }
    assert list(caught.value.faults) == sorted(caught.value.faults)
    assert "data/reference/city.yml:6 [reference_key_unknown]" in str(caught.value)


def test_two_rules_that_contradict_each_other_are_refused(write: Write) -> None:
    root = write()
    terms = root / "data" / "reference" / "rules" / "terms.yml"
    again = terms.read_text(encoding="utf-8").split("\n- id: ")[1].split("\n\n")[0]
    longer = "\n- id: " + again.replace("D27-all", "D27-again").replace("value: 7", "value: 9")
    terms.write_text(terms.read_text(encoding="utf-8") + longer, encoding="utf-8")
    assert {code for _, _, code in faults(root)} == {"rule_overlap"}


def test_a_rule_for_a_department_that_nobody_registered_is_refused(write: Write) -> None:
    root = write()
    own = REPOSITORY / "data" / "reference" / "rules" / "determinations.yml"
    shutil.copy(own, root / "data" / "reference" / "rules" / "determinations.yml")
    assert {code for _, _, code in faults(root)} == {"rule_department_unknown"}


def test_departments_that_cannot_be_read_are_one_fault_and_not_one_for_each_rule_that_names_them(write: Write) -> None:
    root = write(departments=DEPARTMENTS.rstrip() + "\n-\tkey: 1\n")
    own = REPOSITORY / "data" / "reference" / "rules" / "determinations.yml"
    shutil.copy(own, root / "data" / "reference" / "rules" / "determinations.yml")
    assert [code for _, _, code in faults(root)] == ["reference_syntax"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name:示例市\nregion: 1\n", "冒号后面没有空格"),
        ("name: 示例市\n\tregion: 1\n", "缩进只用空格"),
        ('name: "示例市\n', "引号没有写完"),
        ("name: 示例: 市\n", "值里有冒号没有加引号"),
        ("name: [甲, 乙\nregion: 1\n", "方括号没有写完"),
    ],
)
def test_what_is_wrong_with_yaml_is_told_in_chinese(write: Write, content: str, words: str) -> None:
    with pytest.raises(ReferenceInvalid) as caught:
        load(write(city=content))
    told = str(caught.value)
    assert words in told
    assert "expected" not in told


def test_a_file_that_is_not_utf_8_says_so(write: Write) -> None:
    root = write()
    (root / "data" / "reference" / "city.yml").write_bytes("name: 示例市".encode("gb18030"))
    assert ("city.yml", 0, "reference_encoding") in faults(root)


def test_a_file_that_windows_saved_with_a_mark_is_read(write: Write) -> None:
    root = write()
    path = root / "data" / "reference" / "city.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(root).city.name == "示例市"


def test_control_characters_are_a_fault_of_their_file(write: Write) -> None:
    assert ("city.yml", 0, "reference_syntax") in faults(write(city=CITY + "    url: \x01\n"))


@pytest.fixture(scope="module")
def sample() -> Instance:
    """The sample city of this repository."""
    return load(REPOSITORY)


def test_the_sample_city_is_sound_and_says_that_it_is_a_sample(sample: Instance) -> None:
    assert sample.city.sample
    assert len(sample.departments) >= 12
    assert all(department.reviewers and department.submitters for department in sample.departments.values())
    assert all(department.channel_phone and department.channel_procedure for department in sample.departments.values())


def test_every_question_about_the_sample_city_has_one_answer(sample: Instance) -> None:
    sectors = {department.sector for department in sample.departments.values()}
    spoken_of = set().union(*(rule.scope.sectors for rule in sample.rules))
    assert spoken_of <= sectors, "a rule speaks of a sector that no department has"


def test_a_rule_that_requires_a_field_that_nobody_can_fill_is_refused(write: Write) -> None:
    grounds = (REPOSITORY / "data/reference/rules/grounds.yml").read_text(encoding="utf-8")
    wrong = grounds.replace("requires: [withhold_reason, withhold_review_on]", "requires: [withhold_reasons, fine]")
    assert wrong != grounds
    with pytest.raises(ReferenceInvalid) as caught:
        load(write(rules__grounds=wrong))
    assert {fault.code for fault in caught.value.faults} == {"rule_field_unknown"}
    assert [name in str(caught.value) for name in ("withhold_reasons", "“fine”")] == [True, True]
