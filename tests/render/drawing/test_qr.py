"""A QR code holds exactly the address it was made for."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
import segno

from gongshi.render.drawing import qr

SVG = "{http://www.w3.org/2000/svg}"
TEXTS = ("https://example.invalid/officers/0123456789abcdef.html", "/boards/0123456789abcdef.html", "松原市 <&\"'>")


def dark(path, size):
    """The modules that the strokes of a path cover, row by row."""
    found = [[0] * size for _ in range(size)]
    x = y = 0
    for command, arguments in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [float(value) for value in re.findall(r"-?[\d.]+", arguments)]
        if command == "M":
            x, y = int(values[0]), int(values[1])
        elif command == "m":
            x, y = x + int(values[0]), y + int(values[1])
        else:
            for at in range(x, x + int(values[0])):
                found[y][at] = 1
            x += int(values[0])
    return found


@pytest.mark.article("D14")
@pytest.mark.parametrize("text", TEXTS)
def test_the_picture_is_the_code_with_a_quiet_zone_of_four(text):
    root = ET.fromstring(qr(text))
    code = segno.make(text, error="m", micro=False)
    size = code.symbol_size()[0]
    assert root.get("viewBox") == f"0 0 {size} {size}"
    ground, modules = root
    assert ground.get("fill") == "#fff"
    assert dark(modules.get("d"), size) == [list(row) for row in code.matrix_iter(border=4)]


@pytest.mark.parametrize("text", TEXTS)
def test_it_says_what_it_holds_and_carries_no_style(text):
    root = ET.fromstring(qr(text))
    assert root.get("aria-label") == f"二维码：{text}"
    assert root.get("role") == "img"
    assert root.get("class") == "gs-qr"
    assert not [name for element in root.iter() for name in element.attrib if name in ("style", "id")]
