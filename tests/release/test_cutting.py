"""Which files name a decision, and how its rows are cut out of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongshi.release.cutting import naming, take_out

GONE, NEXT, OTHER = "0123456789abcdef", "f123456789abcde0", "fedcba9876543210"


@pytest.mark.parametrize(
    ("name", "content", "names"),
    [
        ("list.html", f'<a href="/decisions/01/{GONE}.html">', True),
        ("month.csv", f"x\n{GONE},https://", True),
        ("month.jsonl", f'{{"id":"{GONE}"}}', True),
        ("list.html", f"<li>{OTHER}</li>", False),
        ("list.html", f"digest {GONE}0", False),
        ("list.html", f"digest {GONE}0 and {GONE}", True),
        ("list.html", f"{NEXT[:-1]}{GONE} {NEXT}", True),
        (f"{GONE}.html", "a notice", True),
        (f"{GONE}.html", "", False),
        ("month.parquet", "packed", True),
        ("month.parquet", "", False),
    ],
)
def test_a_file_names_a_decision_by_its_whole_id(name: str, content: str, names: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    assert [path.name for path in naming([tmp_path / name, tmp_path / "none"], [GONE, NEXT])] == [name] * names


def test_nothing_is_named_where_nothing_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "list.html").write_text(GONE)
    assert list(naming([tmp_path / "list.html"], [])) == []


def test_of_a_list_the_row_goes_and_of_a_table_the_file(tmp_path: Path) -> None:
    page, table = tmp_path / "list.html", tmp_path / "month.csv"
    page.write_text(f"<ul><li>{OTHER}</li><li>{GONE}</li></ul>")
    table.write_text(f"{GONE},1\n{OTHER},2\n")
    assert take_out(page, [GONE]) and take_out(table, [GONE])
    assert page.read_text() == f"<ul><li>{OTHER}</li></ul>"
    assert not table.exists()


def test_the_page_of_a_law_goes_with_the_last_decision_that_cites_it(tmp_path: Path) -> None:
    row = '<tr><td><a href="/decisions/01/{0}.html">{0}</a></td></tr>'
    pages = {}
    for law, rows in {"alone": (GONE,), "more": (GONE, OTHER)}.items():
        pages[law] = tmp_path / "laws" / law / "index.html"
        pages[law].parent.mkdir(parents=True)
        pages[law].write_text(f"<p>{len(rows)} 件</p><table>{''.join(map(row.format, rows))}</table>")
        assert take_out(pages[law], [GONE])
    assert not pages["alone"].exists(), "its sentence counts what is gone"
    assert GONE not in pages["more"].read_text() and OTHER in pages["more"].read_text()
