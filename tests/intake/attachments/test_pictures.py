"""A picture is its pixels: where it was taken, by what and by whom is gone."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from gongshi.intake.attachments.inside import made_of

PLACE = b"PLACE-OF-THE-CAMERA"


def opened(content):
    return Image.open(io.BytesIO(content))


def exif(turned=None):
    found = Image.Exif()
    found[0x010E] = PLACE.decode()
    if turned:
        found[0x0112] = turned
    return found


def test_exif_comments_and_profiles_of_a_jpeg_are_gone(picture):
    sent = picture(exif=exif(), comment=PLACE, icc_profile=b"PROFILE" * 20, xmp=b"<x>" + PLACE + b"</x>")
    assert PLACE in sent
    made = made_of(sent).content
    assert PLACE not in made
    assert b"PROFILE" not in made
    assert not opened(made).getexif()


def test_texts_of_a_png_are_gone(picture):
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", PLACE.decode())
    said.add_itxt("XML:com.adobe.xmp", PLACE.decode())
    sent = picture("PNG", pnginfo=said, exif=exif())
    assert PLACE in sent
    made = made_of(sent).content
    assert PLACE not in made
    assert set(opened(made).info) <= {"transparency"}


def test_bytes_behind_the_end_are_gone(picture):
    for form in ("JPEG", "PNG"):
        assert PLACE not in made_of(picture(form) + PLACE).content


def test_a_picture_that_was_held_upright_stands_upright(picture):
    assert opened(made_of(picture(size=(30, 20), exif=exif(turned=6))).content).size == (20, 30)


@pytest.mark.parametrize(
    ("form", "mode", "made"),
    [
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "L", "L"),
        ("PNG", "1", "1"),
        ("PNG", "P", "RGB"),
        ("JPEG", "L", "L"),
        ("JPEG", "CMYK", "RGB"),
    ],
)
def test_what_is_seen_stays(picture, form, mode, made):
    sent = picture(form, mode=mode)
    found = opened(made_of(sent).content)
    assert found.mode == made
    if form == "PNG":
        assert found.convert("RGBA").tobytes() == opened(sent).convert("RGBA").tobytes()


def test_what_is_seen_through_stays_so():
    target = io.BytesIO()
    Image.new("P", (4, 4), 0).save(target, "PNG", transparency=0)
    assert opened(made_of(target.getvalue()).content).getpixel((0, 0))[3] == 0


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@pytest.mark.parametrize("side", [6_400, 60_000])
def test_a_picture_that_unpacks_to_more_than_forty_million_pixels_is_refused_before(refused, side):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b"")
    code, message = refused(bomb)
    assert code == "E603"
    assert "4000 万个像素" in message


def test_a_jpeg_that_is_only_a_beginning_and_an_end_is_damaged(refused):
    assert refused(b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9")[0] == "E606"


def test_the_reviewer_is_told_that_nobody_read_a_picture(picture):
    assert "看图核对" in made_of(picture()).notes[0]
