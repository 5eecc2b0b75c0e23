"""Header and footer are cut once from MkDocs' 404.html and worn by every page of data."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from gongshi.release.narrative import files
from gongshi.render.look.narrative import reachable, without_styles, without_toggles
from gongshi.render.look.sheets import DIMENSIONS
from gongshi.render.look.shell import LIMIT, NotShelled, Shell, ShellNotFound, cut

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def narrative(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What MkDocs makes of the narrative pages."""
    out = tmp_path_factory.mktemp("narrative")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--config-file", ROOT / "mkdocs.yml"]
    run = subprocess.run(
        [*map(str, command), "--site-dir", str(out)],
        env={**os.environ, "SOURCE_DATE_EPOCH": "1577836800"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return out


@pytest.fixture(scope="module")
def real(narrative: Path) -> Shell:
    return cut((narrative / "404.html").read_bytes())


def test_the_shell_holds_navigation_search_box_and_organiser(real: Shell) -> None:
    header, footer = real.header.decode(), real.footer.decode()
    for address in ("/", "/registers/", "/decisions/", "/departments/", "/officers/", "/dictionary/", "/about/"):
        assert f'href="{address}"' in header
    assert 'action="/search" method="get"' in header
    assert 'class="gs-skip" href="#main"' in header
    assert "松原市行政执法监督机构（示例）" in footer
    assert "2207009999" in footer
    assert "0438-0000000（示例电话）" in footer


def test_every_address_of_the_shell_is_absolute(real: Shell) -> None:
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', (real.header + real.footer).decode())
    assert addresses
    assert all(address.startswith(("/", "#")) for address in addresses)


def test_the_shell_has_none_of_the_themes_scripts(real: Shell) -> None:
    assert b"<script" not in real.header + real.footer
    assert b"md-" not in real.header + real.footer


def test_a_page_carries_at_most_six_kilobytes_before_its_own_content(
    public: Any, env: Environment, real: Shell
) -> None:
    public.city()
    for page in public.plan(env, real):
        if page.path.endswith(".html"):
            before, found, _ = page.render().partition(b'<main id="main"')
            assert found, page.path
            frame = re.sub(rb'<script type="application/ld\+json">.*?</script>', b"", before, flags=re.DOTALL)
            assert len(frame) <= LIMIT, page.path


def test_narrative_pages_wear_the_same_header_and_the_same_style(
    narrative: Path, env: Environment, real: Shell
) -> None:
    for path in sorted(narrative.glob("about/**/index.html")):
        text = path.read_text()
        assert str(env.globals["style"]) in text, path
        assert 'class="gs-header"' in text
        assert "示例数据" in text
        assert text.count("<h1") == 1
        assert text.count(' id="main"') == 1, "the skip link leads nowhere"


def test_narrative_pages_ask_nothing_of_another_host(narrative: Path) -> None:
    for path in narrative.rglob("*.html"):
        asked = re.findall(
            r'<(?:script|link|img|iframe|source|use)[^>]*(?:href|src)="((?:https?:)?//[^"]*)"', path.read_text()
        )
        assert not asked, path


def test_the_shell_offers_larger_letters_other_colours_and_contrast_without_a_script(real: Shell) -> None:
    header = real.header.decode()
    assert '<form action="/look" method="post">' in header
    for name, values in DIMENSIONS.items():
        for value, label in values.items():
            assert f'<button name="{name}" value="{value}">{label}</button>' in header


def test_narrative_pages_have_nothing_inline_and_no_script_of_the_theme(narrative: Path) -> None:
    for path in narrative.rglob("*.html"):
        text = path.read_text()
        inline = re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", text)
        assert not inline, path
        assert not re.findall(r'<script[^>]*src="(?!/assets/suggest\.)', text), path
    assert not [file.path for file in files(narrative) if file.path.endswith((".js", ".json"))]


def test_a_columns_alignment_is_a_class() -> None:
    assert without_styles('<td style="text-align: right;">1</td>') == '<td class="is-right">1</td>'


def test_a_table_that_may_be_wider_than_a_telephone_is_within_reach_of_the_keys() -> None:
    assert reachable("<table><tr><td>1</td></tr></table>") == '<table tabindex="0"><tr><td>1</td></tr></table>'


def test_the_themes_invisible_switches_are_left_out() -> None:
    switch = '<input class="md-toggle" id="__drawer" autocomplete="off">'
    assert without_toggles(f'<body>\n{switch}\n<label class="md-overlay"></label>\n<main>') == "<body>\n<main>"


def test_narrative_pages_show_no_clock(narrative: Path) -> None:
    for path in narrative.rglob("*.html"):
        assert 'name="generator"' not in path.read_text()
        assert "build_date" not in path.read_text()


def test_mkdocs_own_sitemap_with_its_clock_is_not_shipped(narrative: Path) -> None:
    assert (narrative / "sitemap.xml").exists(), "MkDocs makes one"
    assert not [file.path for file in files(narrative) if "sitemap" in file.path]


def test_the_guide_lists_every_error(narrative: Path) -> None:
    from gongshi.intake.catalogue import CATALOGUE

    page = (narrative / "about/errors/index.html").read_text()
    assert [code for code in CATALOGUE if f"<td>{code}</td>" not in page] == []
    assert "gongshi:errors" not in page


def test_every_link_of_the_narrative_pages_leads_somewhere(
    narrative: Path, public: Any, env: Environment, real: Shell
) -> None:
    planned = {page.path for page in public.plan(env, real)}
    served = {"search", "data/", "api/v1/", "api/v1/decisions", "correct/status"}
    for path in narrative.glob("about/**/index.html"):
        for address in re.findall(r'href="/([^"#?]*)', path.read_text()):
            file = address + "index.html" if address.endswith("/") or not address else address
            assert address in served or file in planned or (narrative / file).exists(), (path, address)


@pytest.mark.parametrize("page", [b"", b"<!--shell:header-->x", b"<!--shell:header-->x<!--shell:end-->"])
def test_a_theme_without_marks_is_refused(page: bytes) -> None:
    with pytest.raises(ShellNotFound, match="W001"):
        cut(page)


def test_a_template_without_marks_is_refused(shell: Shell) -> None:
    with pytest.raises(NotShelled, match="W002"):
        shell.wear("<html></html>")


def test_the_shell_survives_saving(shell: Shell, tmp_path: Path) -> None:
    shell.save(tmp_path / "shell")
    assert Shell.load(tmp_path / "shell") == shell


def test_a_changed_shell_has_another_version(shell: Shell) -> None:
    assert Shell(b"h", b"f").version != Shell(b"hf", b"").version
