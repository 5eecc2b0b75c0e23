"""The audit over a built output: each sort of value in each sort of container, and nothing that is public by right."""

from __future__ import annotations

import bz2
import gzip
import html
import io
import json
import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import xlsxwriter

from gongshi.publish.audit import Patterns, Report, audit_build, gather
from gongshi.publish.audit.unpack import Limits
from gongshi.publish.audit.values import What
from gongshi.publish.preparing.prepare import Prepared, prepare
from gongshi.store.sqlite import connect

IDENTITY = "220702199001011234"
PHONE = "13904380077"
NUMBER = "松市监罚〔2026〕901号"
SECRET = "群众举报线索编号甲一乙二丙三"
REMARK = "领导批示后再议此事暂缓"
OPINION = "退回原因：证据链条不完整需补充"
OLD = "当事人将过期食品重新贴标后上架出售给学生家长若干批次"
HOME = "锦绣小区3号楼2单元501室"
CODE = "2207000000123456"


@pytest.fixture
def built(world: Any, parties: Any) -> Any:
    """A public.db with its store: decisions that are public, withheld, returned, received and corrected."""
    person = {**parties["person"], "party_document_number": IDENTITY}
    company = {**parties["company"], "party_tax_number": CODE}
    world.send(
        world.decision(parties=[person], facts="张建国未按规定公示许可证。", number="松市监罚〔2026〕801号"),
        world.decision(parties=[company], facts=OLD, remarks=REMARK, number="松市监罚〔2026〕802号"),
        world.decision(facts="当事人未按规定公示食品经营许可证。", number="松市监罚〔2026〕803号"),
        world.decision(
            facts=f"{SECRET}，联系电话{PHONE}，家住宁江区{HOME}。", withhold_ground="妨害执法", number=NUMBER
        ),
        world.decision(facts="当事人未按规定公示食品经营许可证。", withhold_ground="妨害执法"),
    )
    world.send(world.decision(parties=[company], facts="改正后的事实另行叙述。", number="松市监罚〔2026〕802号"))
    returned = world.decision(number="松市监罚〔2026〕902号", facts="尚未审核通过的违法事实叙述甲乙")
    world.send(returned, approve=False, opinion=OPINION)
    world.publish()
    (world.path.parent / "site").mkdir()
    return world


@pytest.fixture
def patterns(built: Any) -> Patterns:
    return gather(built.store, built.instance, built.today, Path("site_src"))


@pytest.fixture
def audited(built: Any, patterns: Patterns) -> Callable[..., Report]:
    def run(**options: Any) -> Report:
        return audit_build(built.path.parent, patterns, **options)

    return run


def test_a_clean_output_is_clean(audited: Callable[..., Report]) -> None:
    report = audited()
    assert report.findings == []
    assert report.ok
    assert report.files == 1
    assert report.patterns > 20


VALUES = {
    "identity number": (IDENTITY, What.NUMBER),
    "telephone": (PHONE, What.NUMBER),
    "document number": (NUMBER, What.DOCUMENT),
    "withheld text": (SECRET, What.TEXT),
    "remark of a public decision": (REMARK, What.TEXT),
    "tax number of a public party": (CODE, What.CODE),
    "older version": (OLD[:26], What.TEXT),
    "reviewer's opinion": (OPINION, What.TEXT),
    "returned version": ("尚未审核通过的违法事实叙述甲乙", What.TEXT),
    "home": (HOME, What.ADDRESS),
}


@pytest.mark.parametrize("name", VALUES)
def test_each_sort_of_value_is_found_and_never_shown(name: str, built: Any, audited: Callable[..., Report]) -> None:
    value, what = VALUES[name]
    (built.path.parent / "site" / "page.html").write_text(f"<p>前{value}后</p>", encoding="utf-8")
    report = audited()
    assert what in {found.what for found in report.findings}
    assert {found.file for found in report.findings} == {"site/page.html"}
    assert value not in repr(report) + report.render_text() + repr(report.to_json())
    at = next(found.offset for found in report.findings if found.what is what)
    assert 6 <= at <= 6 + len(value.encode())


def test_the_value_is_shown_where_the_departments_side_asks(built: Any, audited: Callable[..., Report]) -> None:
    (built.path.parent / "site" / "page.html").write_text(NUMBER, encoding="utf-8")
    assert NUMBER in audited(show=True).render_text()


def packed(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("另一个.txt", "无关")
        archive.writestr(name, content)
    return made.getvalue()


def sheet(text: str, **options: Any) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, options)
    book.add_worksheet().write_string(2, 1, text)
    book.close()
    return made.getvalue()


def rich_sheet(text: str) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    bold = book.add_format({"bold": True})
    book.add_worksheet().write_rich_string(0, 0, text[:5], bold, text[5:9], text[9:])
    book.close()
    return made.getvalue()


def document(text: str) -> bytes:
    runs = "".join(f"<w:r><w:t>{char}</w:t></w:r>" for char in text)
    return packed("word/document.xml", f'<?xml version="1.0"?><w:p>{runs}</w:p>'.encode())


def pdf(text: str) -> bytes:
    return b"%PDF-1.7\n1 0 obj\nstream\r\n" + zlib.compress(text.encode("utf-16-be")) + b"\nendstream\n%%EOF"


def database(text: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.db"
        db = connect(path)
        db.execute("CREATE TABLE t (a TEXT)")
        db.execute("INSERT INTO t VALUES (?)", (text,))
        db.close()
        return path.read_bytes()


CONTAINERS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "raw": (str.encode, ""),
    "HTML": (lambda text: html.escape(text).encode(), ""),
    "entities": (lambda text: "".join(f"&#x{ord(char):x};" for char in text).encode(), ""),
    "JSON": (lambda text: json.dumps({"facts": text}).encode(), ""),
    "percent": (lambda text: quote(text).encode(), ""),
    "highlighted": (lambda text: f"{text[:4]}<mark>{text[4:8]}</mark>{text[8:]}".encode(), ""),
    "in a link": (lambda text: f'{text[:4]}<a href="/x?y=1" title="号">{text[4:8]}</a>{text[8:]}'.encode(), ""),
    "in spans over lines": (lambda text: f'{text[:4]}<span\n  class="gs-x">{text[4:]}</span>'.encode(), ""),
    "around a comment": (lambda text: f"{text[:4]}<!-- 1 > 0 -->{text[4:]}".encode(), ""),
    "drawn in pieces": (lambda text: f'<text>{text[:4]}<tspan x="3">{text[4:]}</tspan></text>'.encode(), ""),
    "UTF-16": (lambda text: text.encode("utf-16"), ""),
    "UTF-16, big end first": (lambda text: b"\x00" + text.encode("utf-16-be"), ""),
    "GB18030": (lambda text: text.encode("gb18030"), ""),
    "GB18030 behind half a character": (lambda text: b"\x00\xd5" + text.encode("gb18030"), ""),
    "GB18030 before half a character": (lambda text: b"\x00" + text.encode("gb18030") + b"\xd5", ""),
    "GB18030 between halves of characters": (lambda text: b"\x00\xd5" + text.encode("gb18030") + b"\xd5", ""),
    "GB18030 between halves of characters, at an odd byte": (
        lambda text: b"\x00\xb0\xd5\xd5" + text.encode("gb18030") + b"\xd5\xb0\xd5",
        "",
    ),
    "UTF-16 among other bytes, at an odd one": (lambda text: b"\xff\x00\x01" + text.encode("utf-16-le"), ""),
    "among other bytes": (lambda text: b"\xff\x00\x01" + text.encode() + b"\x00\xfe", ""),
    "gzip": (lambda text: gzip.compress(text.encode()), "解压"),
    "bzip2": (lambda text: bz2.compress(text.encode()), "解压"),
    "xz": (lambda text: lzma.compress(text.encode()), "解压"),
    "zip": (lambda text: packed("b/c.json", json.dumps(text).encode()), "b/c.json"),
    "zip in zip in gzip": (
        lambda text: gzip.compress(packed("b.zip", packed("c.csv", text.encode("utf-16")))),
        "解压!b.zip!c.csv",
    ),
    "sheet, shared strings": (sheet, "xl/sharedStrings.xml"),
    "sheet, inline": (lambda text: sheet(text, constant_memory=True), "xl/worksheets/sheet1.xml"),
    "sheet, rich text": (rich_sheet, "xl/sharedStrings.xml"),
    "document in runs": (document, "word/document.xml"),
    "PDF": (pdf, "第 17 字节的流"),
    "database": (database, "t.a "),
    "database in zip": (lambda text: packed("a.db", database(text)), "a.db!t.a "),
}


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_value_is_found_in_every_container_and_its_place_is_named(
    container: str, built: Any, audited: Callable[..., Report]
) -> None:
    write, inner = CONTAINERS[container]
    folder = built.path.parent / "site" / "downloads"
    folder.mkdir()
    for name, value in (("a", SECRET), ("b", NUMBER)):
        (folder / name).write_bytes(write(value))
    report = audited()
    told = {(found.file, found.what) for found in report.findings if found.inner.startswith(inner)}
    assert told == {("site/downloads/a", What.TEXT), ("site/downloads/b", What.DOCUMENT)}
    assert report.unread == []
    assert {found.record for found in report.findings} == {ids_by_number(built)["901"]}


@pytest.mark.parametrize("before", [4 * 2**20 - 40, 4 * 2**20 - 16 * 2**10 - 20, 8 * 2**20 - 16 * 2**10 - 31])
def test_a_value_is_found_across_the_edges_of_what_is_read_at_once(
    before: int, built: Any, audited: Callable[..., Report]
) -> None:
    for name, text in (("a.txt", SECRET), ("b.txt", "".join(f"&#{ord(char)};" for char in SECRET))):
        (built.path.parent / "site" / name).write_bytes(b"x" * before + text.encode() + b"y" * 100)
    found = audited().findings
    assert {one.file for one in found} == {"site/a.txt", "site/b.txt"}
    assert {one.offset for one in found if one.what is What.TEXT} == {before}


def test_the_same_leak_is_told_of_in_every_file_that_has_it(built: Any, audited: Callable[..., Report]) -> None:
    for name in ("a.html", "b.html", "c.html"):
        (built.path.parent / "site" / name).write_text(f"<html><p>{SECRET}</p></html>", encoding="utf-8")
    assert len({found.file for found in audited().findings}) == 3


def test_a_name_is_sought_in_its_own_page_and_rows_and_nowhere_else(built: Any, audited: Callable[..., Report]) -> None:
    own, other = (ids_by_number(built)[number] for number in ("801", "803"))
    pages = built.path.parent / "site" / "decisions" / "aa"
    pages.mkdir(parents=True)
    for record in (own, other):
        (pages / f"{record}.html").write_text("<main>当事人张<b>建国</b>到场</main>", encoding="utf-8")
        (pages / f"{record}.html.gz").write_bytes(gzip.compress("当事人张建国到场".encode()))
    (built.path.parent / "site" / "index.html").write_text("张建国", encoding="utf-8")
    found = [one for one in audited().findings if one.what is What.NAME]
    assert {(one.file.rpartition("/")[2], one.record) for one in found} == {
        (f"{own}.html", own),
        (f"{own}.html.gz", own),
    }


WRITTEN = {
    "in a link": '张<a href="/x?y=1">建国</a>',
    "in a span": "张<span class='gs-name'>建国</span>",
    "around a comment": "张<!-- -->建国",
    "with nothing between": "张\u200b建国",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_name_is_found_in_its_own_page_however_it_is_cut(
    text: str, built: Any, audited: Callable[..., Report]
) -> None:
    own = ids_by_number(built)["801"]
    (built.path.parent / "site" / f"{own}.html").write_text(f"<main>当事人{text}到场</main>", encoding="utf-8")
    assert [one.record for one in audited().findings if one.what is What.NAME] == [own]


def test_a_link_that_leads_out_of_the_site_is_told_of(built: Any, audited: Callable[..., Report]) -> None:
    (built.path.parent / "site" / "data").symlink_to(built.path.parent.parent)
    assert [one.file for one in audited().unread] == ["site/data"]


def ids_by_number(world: Any) -> dict[str, str]:
    rows = world.store.db.execute("SELECT id, number FROM disclosures WHERE kind = 'penalty'")
    return {row["number"].partition("〕")[2].rstrip("号"): row["id"] for row in rows}


def test_a_name_in_its_own_rows_is_found_with_column_and_row(built: Any, audited: Callable[..., Report]) -> None:
    own, other = (ids_by_number(built)[number] for number in ("801", "803"))
    db = connect(built.path)
    db.execute("UPDATE decisions SET facts = '张建国到场' WHERE id IN (?, ?)", (own, other))
    db.close()
    found = [one for one in audited().findings if one.what is What.NAME]
    assert [(one.file, one.inner) for one in found] == [("public.db", f"decisions.facts {own}")]


def test_what_is_public_by_right_elsewhere_is_not_reported_until_it_is_public_no_more(built: Any, audited: Any) -> None:
    """A withheld decision has the same facts as a public one: they are public by that one, as long as it is."""
    page = built.path.parent / "site" / "page.html"
    page.write_text("当事人未按规定公示食品经营许可证。松原市例一商贸有限公司", encoding="utf-8")
    assert audited().ok
    built.send(
        built.decision(
            number="松市监罚〔2026〕803号", facts="当事人未按规定公示食品经营许可证。", withhold_ground="妨害执法"
        )
    )
    built.publish()
    later = gather(built.store, built.instance, built.today, Path("site_src"))
    found = audit_build(built.path.parent, later).findings
    assert {one.file for one in found} == {"site/page.html"}
    assert {one.what for one in found} == {What.TEXT}


def test_an_internal_text_that_got_into_its_own_row_makes_itself_public_to_nobody(
    built: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever composed that row wrongly must not have made the audit blind, too."""

    def wrong(*given: Any, **options: Any) -> Prepared:
        prepared = prepare(*given, **options)
        prepared.rows = [replace(row, row={**row.row, "content": REMARK}) for row in prepared.rows if _has_remark(row)]
        return prepared

    def _has_remark(row: Any) -> bool:
        return bool(row.id == ids_by_number(built)["802"])

    monkeypatch.setattr("gongshi.publish.audit.gathering.prepare", wrong)
    found = gather(built.store, built.instance, built.today, Path("site_src"))
    assert REMARK in {one.raw for one in found.sought}


def test_a_number_inside_a_longer_one_is_no_find(built: Any, audited: Callable[..., Report]) -> None:
    (built.path.parent / "site" / "a.json").write_text(f'{{"sort": 9{PHONE}1}}', encoding="utf-8")
    assert audited().ok


def test_the_address_of_what_is_not_public_is_found_in_a_list(built: Any, audited: Callable[..., Report]) -> None:
    hidden = ids_by_number(built)["901"]
    (built.path.parent / "site" / "sitemap.xml").write_text(f"<loc>/decisions/aa/{hidden}.html</loc>")
    assert [(one.file, one.what) for one in audited().findings] == [("site/sitemap.xml", What.RECORD)]


def test_a_file_that_is_named_after_a_value_is_found(built: Any, audited: Callable[..., Report]) -> None:
    (built.path.parent / "site" / f"{NUMBER}.pdf").write_bytes(b"")
    assert [(one.inner, one.what) for one in audited().findings] == [("文件名", What.DOCUMENT)]


def test_erased_payloads_have_no_values(built: Any) -> None:
    from gongshi.store.erase import erase

    hidden = ids_by_number(built)["901"]
    erase(built.store, [hidden], reason="超过保存期限", by="郑示正", department="", now=built.now)
    later = gather(built.store, built.instance, built.today, Path("site_src"))
    assert not any(one.record == hidden for one in later.sought)
    assert hidden in {one.raw for one in later.sought}, "its address is not public all the same"


@pytest.mark.parametrize(
    ("name", "content", "limits"),
    [
        ("bomb.gz", gzip.compress(b"0" * 5_000_000, mtime=0), Limits(size=1_000_000)),
        ("many.zip", packed("b", b""), Limits(entries=1)),
        ("deep.zip", packed("b.zip", packed("c.zip", packed("d.zip", b""))), Limits(depth=2)),
        ("broken.gz", gzip.compress(b"content", mtime=0)[:-4], Limits()),
        ("broken.zip", packed("b", b"content")[:-30], Limits()),
        ("site.css.br", b"\x0b\x02\x80abc\x03", Limits()),
        ("a.zst", b"\x28\xb5\x2f\xfd\x00", Limits()),
        ("broken.db", b"SQLite format 3\x00" + b"\x00" * 200, Limits()),
    ],
)
def test_what_can_not_be_looked_into_is_told_and_is_not_clean(
    name: str, content: bytes, limits: Limits, built: Any, audited: Callable[..., Report]
) -> None:
    (built.path.parent / "site" / name).write_bytes(content)
    report = audited(limits=lambda: limits)
    assert not report.ok
    assert [one.file for one in report.unread] == [f"site/{name}"]


def test_one_locked_entry_hides_no_other(built: Any, audited: Callable[..., Report]) -> None:
    made = bytearray(packed("last.txt", SECRET.encode()))
    at = made.find(b"PK\x01\x02")
    made[at + 8] |= 1  # the directory says that the first entry is encrypted
    (built.path.parent / "site" / "a.zip").write_bytes(bytes(made))
    report = audited()
    assert len(report.unread) == 1
    assert "last.txt" in {one.inner for one in report.findings}
