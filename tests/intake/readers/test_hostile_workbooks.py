"""No workbook takes more than its share of memory or time, and each says what is wrong with it."""

import io
import random
import resource
import struct
import zipfile

import pytest

from gongshi.intake.readers import Limits, Unreadable, read, unmerged

ROW = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


def _zip(parts, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as made:
        for name, content in parts:
            made.writestr(name, content)
    return target.getvalue()


def test_a_bomb_is_refused_by_what_it_declares(refused):
    bomb = _zip([("xl/workbook.xml", b" " * 300_000_000)])
    assert len(bomb) < 400_000
    assert refused(bomb).code == "file_bomb"


def test_a_bomb_below_the_ratio_is_refused_by_its_size(refused, with_cells):
    data = with_cells("<sheetData>" + " " * 3_000_000 + "</sheetData>")
    assert refused(data, limits=Limits(unpacked_bytes=2_000_000)).code == "file_bomb"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(refused, with_cells):
    """The central directory says 100 bytes; the stream holds 50 MB."""
    data = bytearray(with_cells("<sheetData>" + " " * 50_000_000 + "</sheetData>"))
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(bytes(data)).code == "file_damaged"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000, "kilobytes"


def test_entries_that_overlap_are_refused(refused, with_cells):
    """Two names for the same bytes: the trick with which 40 kB become petabytes."""
    data = with_cells(ROW)
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry_length = 46 + len("docProps/app.xml")
    entry = data[start : start + entry_length]
    assert entry.endswith(b"docProps/app.xml")
    twin = entry.replace(b"docProps/app.xml", b"docProps/apq.xml")
    tail = bytearray(data[end:])
    count, size = struct.unpack("<H", tail[10:12])[0] + 1, struct.unpack("<I", tail[12:16])[0] + len(twin)
    tail[8:12], tail[12:16] = struct.pack("<HH", count, count), struct.pack("<I", size)
    assert refused(data[:end] + twin + bytes(tail)).code in ("file_bomb", "file_damaged")


def test_an_archive_of_very_many_parts_is_refused(refused):
    parts = [("xl/workbook.xml", "x"), *((f"xl/{number}.xml", "") for number in range(2_500))]
    assert refused(_zip(parts)).code == "file_bomb"


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]>',
    ],
)
def test_xml_with_entities_is_refused(refused, with_cells, declaration):
    assert refused(with_cells(ROW, declaration=declaration)).code == "file_xml_entities"


def test_a_declaration_that_begins_at_the_end_of_a_piece_is_seen(refused, with_parts):
    for shift in (0, 3, 9):
        xml = "<?xml version='1.0'?>" + " " * (1024 * 1024 - 26 - shift) + "<!DOCTYPE a><a/>"
        assert refused(with_parts({"xl/styles.xml": xml})).code == "file_xml_entities"


def test_a_dimension_that_lies_changes_nothing(with_cells, cells):
    assert cells(with_cells('<dimension ref="A1:XFD1048576"/>' + ROW), "a.xlsx") == [(1, (1.0,))]


@pytest.mark.parametrize("last", ["XFD1048576", "A4000000000", "SZ1048576"])
def test_a_cell_at_the_end_of_the_world_costs_nothing(refused, with_cells, last):
    """Three kilobytes for which the reader would allocate up to 512 GB and abort its process."""
    row = "".join(filter(str.isdigit, last))
    far = (
        f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{last}"><v>1</v></c></row></sheetData>'
    )
    assert refused(with_cells(far)).code in ("file_needs_too_much", "too_many_rows", "too_many_columns")


def test_an_old_workbook_with_a_cell_at_the_end_of_the_world_costs_nothing(refused, saved):
    """A cell in row and column 65,536 of an XLS: 137 GB for the reader."""

    def fill(book, sheet):
        sheet.write(0, 0, 1.23456789)
        sheet.write(1, 1, 2.3456789)

    data = saved(fill, old=True)
    record = b"\x03\x02\x0e\x00"
    assert data.count(record + b"\1\0\1\0") == 1
    far = data.replace(record + b"\1\0\1\0", record + b"\xff\xff\xff\xff")
    assert refused(far, "a.et").code in ("file_needs_too_much", "too_many_columns", "file_damaged")


def test_more_rows_than_the_limit_are_refused_with_their_place(refused, saved):
    def fill(book, sheet):
        for _ in range(30):
            sheet.append(["x"])

    error = refused(saved(fill), limits=Limits(rows=20))
    assert (error.code, error.sheet, error.row) == ("too_many_rows", "行政处罚", 21)
    assert len(read(saved(fill), "a.xlsx", Limits(rows=30))[0].rows) == 30


def test_a_sheet_of_millions_of_rows_is_refused(refused, with_cells):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 300_000))
    assert refused(with_cells(f"<sheetData>{rows}</sheetData>")).code == "too_many_rows"


def test_more_columns_and_longer_cells_than_the_limits_are_refused(refused, saved):
    def fill(book, sheet):
        sheet.append(["x" * 40] * 12)

    assert refused(saved(fill), limits=Limits(columns=11)).code == "too_many_columns"
    error = refused(saved(fill), limits=Limits(cell_length=39))
    assert (error.code, error.row) == ("cell_too_long", 1)


def test_a_workbook_that_takes_too_long_is_given_up(refused, with_cells):
    """Tags that never end, for whoever looks for the end of each of them."""
    data = with_cells("<sheetData>" + "<c " * 300_000 + "<f></f></sheetData>")
    error = refused(data, limits=Limits(cpu_seconds=1))
    assert (error.code, "时间" in error.message) == ("file_needs_too_much", True)


def test_merged_areas_that_cover_everything_again_and_again_are_refused(with_cells):
    merged = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 5_000 + "</mergeCells>"
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 3_000))
    (sheet,) = read(with_cells(f"<sheetData>{rows}</sheetData>", merged), "a.xlsx")
    with pytest.raises(Unreadable) as caught:
        unmerged(sheet)
    assert caught.value.code == "merged_areas_overlap"


def test_one_merged_area_over_the_whole_sheet_fills_only_what_is_there(with_cells):
    (sheet,) = read(with_cells(ROW, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "a.xlsx")
    assert [row.cells for row in unmerged(sheet)] == [(1.0,)]


def test_encrypted_workbooks_ask_for_their_password_to_be_removed(refused, with_cells):
    ole2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(400)
    assert refused(ole2).code == "file_encrypted"
    zipped = bytearray(with_cells(ROW))
    for magic, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = zipped.find(magic)
        while at >= 0:
            zipped[at + offset] |= 1
            at = zipped.find(magic, at + 4)
    assert refused(bytes(zipped)).code == "file_encrypted"


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_files_that_end_too_soon_are_refused(refused, saved, old, part):
    data = saved(lambda book, sheet: sheet.write(0, 0, "x") if old else sheet.append(["x"]), old=old)
    assert refused(data[: int(len(data) * part)]).code == "file_damaged"


@pytest.mark.parametrize("old", [False, True])
def test_damage_anywhere_is_either_read_or_refused(saved, old):
    """Every way in which the reader can fail, panics included, ends as one error."""

    def fill(book, sheet):
        for row in range(40):
            for column in range(8):
                sheet.write(row, column, f"{row}行{column}") if old else sheet.cell(row + 1, column + 1, f"{row}行")

    good, chance = saved(fill, old=old), random.Random(7)
    for _ in range(12):
        bad = bytearray(good)
        for _ in range(chance.choice((1, 4, 30))):
            bad[chance.randrange(8, len(bad))] = chance.randrange(256)
        try:
            assert isinstance(read(bytes(bad), "a.xls"), list)
        except Unreadable as error:
            assert error.hint


def test_parts_that_hold_no_cells_are_never_unpacked(with_parts, cells):
    """A large picture, or a bomb in the place of one, is not looked at."""
    data = with_parts(
        {
            "xl/media/image1.png": bytes(1_000_000),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{ROW}</worksheet>',
        }
    )
    assert cells(data, "a.xlsx", Limits(unpacked_bytes=1_100_000)) == [(1, (1.0,))]


def test_the_reading_process_has_no_more_memory_than_it_is_given(refused, with_cells):
    """Two cells far apart: their rectangle takes some 300 MB."""
    far = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="20000"><c r="SA20000"><v>1</v></c></row></sheetData>'
    )
    assert len(read(with_cells(far), "a.xlsx")[0].rows) == 2
    assert "内存" in refused(with_cells(far), limits=Limits(memory_bytes=160 * 1024 * 1024)).message
