"""A takedown that left a trace in the site is not called done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongshi.publish.proving.departed import Departed
from gongshi.release import needles, proof
from gongshi.release.proof import Standing, TakedownIncomplete

ID = "0123456789abcdef"


def prove_gone(site: Path, *rest: Any, **more: Any) -> None:
    """Looked for in every file."""
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    proof.prove_gone(site, files, *rest, **more)


GONE = (f"decisions/01/{ID}.html",)
TRACES = {
    "a link in a list": ("days/2026-11-20/index.html", f'<a href="/decisions/01/{ID}.html">'),
    "a page under its name": (f"decisions/01/{ID}.html", "anything"),
    "a machine's file": ("feeds/all.json", f'{{"id": "{ID}"}}'),
}


@pytest.mark.parametrize("path, content", TRACES.values(), ids=TRACES.keys())
def test_a_trace_is_found_and_its_file_named(tmp_path: Path, path: str, content: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(content)
    with pytest.raises(TakedownIncomplete, match=path):
        prove_gone(tmp_path, GONE)


@pytest.mark.parametrize("at", [0, 1, 2, 3, 62, 63, 64, 126, 127, 129])
def test_a_trace_is_found_wherever_it_stands_among_many_files(tmp_path: Path, at: int) -> None:
    """Files are looked through some at a time: none is left out at the beginning, at the end or between."""
    files = [f"{number:03}.html" for number in range(130)]
    for file in files:
        (tmp_path / file).write_text(ID if file == files[at] else "nothing")
    with pytest.raises(TakedownIncomplete) as told:
        proof.prove_gone(tmp_path, files, GONE)
    assert told.value.places == (files[at],)


def test_a_file_that_nobody_touched_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(ID)
    proof.prove_gone(tmp_path, ["other.html"], GONE)


def test_other_ids_are_no_trace(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("fedcba9876543210")
    prove_gone(tmp_path, GONE)
    prove_gone(tmp_path, ())


COMPANY = '例一"乳业"公司'
DEPARTED = (Departed(ID, (COMPANY,)),)
WRITTEN = {
    "as it is": COMPANY,
    "for HTML by Jinja": "例一&#34;乳业&#34;公司",
    "for HTML by Python": "例一&quot;乳业&quot;公司",
    "for JSON": r"例一\"乳业\"公司",
    "for JSON, escaped": r"\u4f8b\u4e00\"\u4e73\u4e1a\"\u516c\u53f8",
    "in an address": "%E4%BE%8B%E4%B8%80%22%E4%B9%B3%E4%B8%9A%22%E5%85%AC%E5%8F%B8",
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_word_of_the_decision_is_found_however_it_is_written(tmp_path: Path, written: str) -> None:
    (tmp_path / "feed.json").write_text(f"… {written} …")
    with pytest.raises(TakedownIncomplete, match=r"feed\.json") as caught:
        prove_gone(tmp_path, GONE, DEPARTED, Standing(noticed={ID}))
    assert "例一" not in str(caught.value)


def test_a_word_that_is_public_by_right_is_no_trace(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(COMPANY)
    prove_gone(tmp_path, GONE, DEPARTED, Standing(by_right=lambda words, near: words & {COMPANY}))


def test_those_beside_whom_a_word_stands_are_asked_for_it(tmp_path: Path) -> None:
    rows = (
        f"<li>{one * 16}</li><li>{name}</li>" for one, name in (("a", "别"), ("b", COMPANY), ("c", "别"), ("d", "别"))
    )
    (tmp_path / "index.html").write_text("".join(rows))
    asked: list[str] = []

    def by_right(words: Any, near: Any) -> Any:
        asked.extend(sorted(near))
        return words

    prove_gone(tmp_path, GONE, DEPARTED, Standing(by_right=by_right))
    assert asked == ["b" * 16, "c" * 16]


@pytest.mark.parametrize("much", [-1, needles._MUCH], ids=["the quick automaton", "the small one"])
def test_what_is_plainly_public_by_right_is_asked_once_and_hides_nothing_else(
    tmp_path: Path, much: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 130 files each has a word that its decision has, and the first and the last one a word that nobody has."""
    monkeypatch.setattr(needles, "_MUCH", much)
    files = [f"{number:03}.html" for number in range(130)]
    for file in files:
        (tmp_path / file).write_text(f"{'a' * 16} {COMPANY}{' 例二公司' if file in (files[0], files[-1]) else ''}")
    departed, asked = (Departed(ID, (COMPANY, "例二公司")),), list[set[str]]()

    def plainly(words: Any, near: Any) -> Any:
        asked.append({*words})
        return {COMPANY} & {*words} if {*near} == {"a" * 16} else ()

    by_right = list[set[str]]()
    standing = Standing(plainly=plainly, by_right=lambda words, near: by_right.append({*words}) or ())
    with pytest.raises(TakedownIncomplete) as told:
        proof.prove_gone(tmp_path, files, (), departed, standing)
    assert told.value.places == (files[0], files[-1])
    assert (asked, by_right) == ([{COMPANY, "例二公司"}], [{"例二公司"}])


@pytest.mark.parametrize(
    "path, fine",
    [
        (f"decisions/01/{ID}.html", True),
        (f"decisions/01/{ID}.gone", True),
        ("notices/index.html", True),
        ("notices/2026-11/2.html", True),
        ("feeds/notices.atom", True),
        ("feeds/notices/11220700MB99000134.json", True),
        ("sitemap-notices.xml", True),
        ("feeds/decisions.atom", False),
        ("days/2026-11-20/index.html", False),
        ("index.html", False),
    ],
)
def test_the_address_of_a_notice_stands_where_notices_stand(tmp_path: Path, path: str, fine: bool) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(f'<a href="/decisions/01/{ID}.html">')
    if fine:
        prove_gone(tmp_path, GONE, standing=Standing(noticed={ID}))
    else:
        with pytest.raises(TakedownIncomplete, match=path):
            prove_gone(tmp_path, GONE, standing=Standing(noticed={ID}))


def test_of_a_decision_that_is_public_in_another_version_only_the_words_are_looked_for(tmp_path: Path) -> None:
    page = tmp_path / GONE[0]
    page.parent.mkdir(parents=True)
    page.write_text(f"{ID} 更正后的名称")
    prove_gone(tmp_path, GONE, DEPARTED, Standing(public={ID}))
    page.write_text(COMPANY)
    with pytest.raises(TakedownIncomplete):
        prove_gone(tmp_path, GONE, DEPARTED, Standing(public={ID}))
