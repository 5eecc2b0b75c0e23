"""A flowchart shows the steps that its list tells, the same bytes in any process, and nothing that a strict policy
would refuse."""

from __future__ import annotations

import os
import subprocess
import sys
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from gongshi.render.drawing import flowchart, step_list
from gongshi.render.drawing.lettering import width, wrapped
from tests.render.drawing.procedures import ALL, BRANCHED, CODED, LONG, STRAIGHT, rows

SVG = "{http://www.w3.org/2000/svg}"
PROJECT = Path(__file__).parents[3]


def parsed(markup):
    """An element of the picture by its class, each a list of its children."""
    root = ET.fromstring(markup)
    return root, {group.get("class").removeprefix("gs-flow-"): list(group) for group in root}


def said(text):
    return "".join("".join(text.itertext()).split())


def numbers(points):
    return [tuple(map(float, point.split(","))) for point in points.split()]


@pytest.mark.article("D8", "D9")
@pytest.mark.parametrize("steps", ALL.values(), ids=ALL)
def test_every_step_is_drawn_with_its_number_actor_and_term(steps):
    _, groups = parsed(flowchart(steps))
    assert len(groups["steps"]) == len(groups["names"]) == len(steps)
    for step, name in zip(steps, groups["names"], strict=True):
        assert said(name) == "".join((step["number"] + step["name"]).split())
    more = [said(text) for text in groups["more"]]
    assert more == [a + t for s in steps if (a := s.get("actor", "")) + (t := s.get("term", ""))]


def test_each_way_is_a_line_with_a_head_and_its_case():
    _, groups = parsed(flowchart(BRANCHED))
    assert len(groups["ways"]) == len(groups["heads"]) == 9
    assert {said(text) for text in groups["cases"]} == {
        "违法事实成立",
        "违法事实不成立",
        "当事人要求听证",
        "不要求听证",
    }
    assert len(groups["under"]) == len(groups["cases"])


def test_begin_end_and_branch_have_shapes_of_their_own():
    _, groups = parsed(flowchart(BRANCHED))
    shapes = [
        "pointed" if box.tag == f"{SVG}polygon" else "round" if float(box.get("rx")) > 3 else "square"
        for box in groups["steps"]
    ]
    assert shapes == ["round", "pointed", "square", "pointed", "square", "square", "square", "round", "round"]


@pytest.mark.parametrize("steps", ALL.values(), ids=ALL)
def test_nothing_lies_outside_the_picture_and_no_two_boxes_touch(steps):
    root, groups = parsed(flowchart(steps))
    wide, high = float(root.get("width")), float(root.get("height"))
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    boxes = []
    for box in groups["steps"]:
        if box.tag == f"{SVG}polygon":
            across, down = zip(*numbers(box.get("points")), strict=True)
            boxes.append((min(across), min(down), max(across), max(down)))
        else:
            x, y, w, h = (float(box.get(name)) for name in ("x", "y", "width", "height"))
            boxes.append((x, y, x + w, y + h))
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= wide
        assert bottom <= high
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
    for line in groups["ways"]:
        for (x, y), (to_x, to_y) in pairwise(numbers(line.get("points"))):
            assert 0 <= x <= wide
            assert 0 <= y <= high
            assert x == to_x or y == to_y, "lines run straight"
    lines = [span for text in [*groups["names"], *groups["more"]] for span in text]
    for span in lines:
        assert 0 < float(span.get("x")) < wide
        assert 0 < float(span.get("y")) < high


@pytest.mark.parametrize("steps", ALL.values(), ids=ALL)
def test_the_letters_of_a_box_fit_into_it(steps):
    _, groups = parsed(flowchart(steps))
    for box, name in zip(groups["steps"], groups["names"], strict=True):
        if box.tag == f"{SVG}rect":
            left, right = float(box.get("x")), float(box.get("x")) + float(box.get("width"))
            for span in name:
                half = width(span.text) * 15 / 2
                assert left < float(span.get("x")) - half
                assert float(span.get("x")) + half < right


@pytest.mark.parametrize("steps", ALL.values(), ids=ALL)
def test_the_list_says_what_the_picture_shows(steps):
    """Name, actor, term and case, word for word; and each way as a link to where it leads."""
    _, groups = parsed(flowchart(steps))
    items = list(ET.fromstring(step_list(steps)))
    told = ["".join("".join(item.itertext()).split()) for item in items]
    assert len(items) == len(steps)
    for step, item, name in zip(steps, told, groups["names"], strict=True):
        assert said(name).removeprefix(step["number"]) in item
        for column in ("actor", "term", "documents", "note"):
            assert "".join(step.get(column, "").split()) in item
    for case in groups["cases"]:
        assert any(said(case) in item for item in told)
    links = [link.get("href") for item in items for link in item.iter("a")]
    assert len(links) == len(groups["ways"])
    assert {link.removeprefix("#") for link in links} <= {item.get("id") for item in items}


def test_where_it_leads_and_where_it_ends_in_words():
    assert [
        [(link.get("href"), link.text) for link in item.iter("a")] for item in ET.fromstring(step_list(CODED, "a1"))
    ] == [[("#a1-2", "SL-2 准予"), ("#a1-3", "SL-3 告知补正")], [], []]
    assert step_list(STRAIGHT).count("流程到此结束。") == 1
    assert step_list(STRAIGHT).startswith("<ol"), "its own numbers are the steps'"
    assert step_list(CODED).startswith("<ul")
    assert "齐全，<a" in step_list(CODED)


def test_what_a_department_writes_is_text_and_never_markup():
    assert "<b>" not in flowchart(LONG)
    assert "<b>" not in step_list(LONG)
    assert "结果<b>&\"'" in unescape(step_list(LONG))


@pytest.mark.parametrize("steps", ALL.values(), ids=ALL)
def test_a_strict_policy_and_a_page_with_several_charts_have_nothing_against_it(steps):
    root, _ = parsed(flowchart(steps))
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "g", "rect", "polygon", "polyline", "text", "tspan"}
        assert not {name for name in element.attrib if name in ("style", "id", "href") or name.startswith("on")}
    assert "url(" not in flowchart(steps)
    assert root.get("role") == "img"
    assert steps[0]["name"] in root.get("aria-label")
    assert " style=" not in step_list(steps)


def test_no_steps_no_picture():
    assert flowchart(()) == ""


def test_a_hundred_steps_with_branches_are_laid_out():
    many = rows(*((str(n), f"第{n}步", f"{n + 1}:甲、{min(n + 3, 100)}:乙") for n in range(1, 100)), ("100", "结束"))
    _, groups = parsed(flowchart(many))
    assert len(groups["steps"]) == 100
    assert len(groups["ways"]) == 198


def test_two_processes_with_other_hash_seeds_draw_the_same_bytes():
    code = (
        "from tests.render.drawing.procedures import ALL\n"
        "from gongshi.render.drawing import flowchart, qr, step_list\n"
        "print(*(f(s) for s in ALL.values() for f in (flowchart, step_list)), qr('https://example.invalid/officers/'))"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([str(PROJECT), *sys.path])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(drawn) == 1
    assert b"<svg" in drawn.pop()


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("调查取证", 10, ["调查取证"]),
        ("对申请材料进行形式审查和实质审查", 8, ["对申请材料进行形", "式审查和实质审查"]),
        ("当事人要求听证的，听证", 8, ["当事人要求听证的，", "听证"]),
        ("送达 Form 12A 表格", 6, ["送达 Form", "12A 表格"]),
        ("ABCDEFGHIJKLMNOP", 6, ["ABCDEFGHIJ", "KLMNOP"]),
        ("  ", 6, []),
        ("", 6, []),
    ],
)
def test_lines_break_between_characters_and_not_before_a_closing_mark(text, most, lines):
    assert wrapped(text, most) == lines
