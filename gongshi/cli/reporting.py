"""What a supervisor asks: how the departments do, and what to ask them."""

from __future__ import annotations

import re
from pathlib import Path

import click

from gongshi.cli.base import Run, command, main
from gongshi.instance import load
from gongshi.lifecycle.report import report as count
from gongshi.lifecycle.report.annual import AnnualDraft, drafts
from gongshi.lifecycle.report.cases_text import cases_csv
from gongshi.lifecycle.report.text import csv_of, render_text


class Written(click.ParamType[str]):
    """A text that has to match a pattern; `words` say how it should be written."""

    name = "text"

    def __init__(self, pattern: str, words: str) -> None:
        self._pattern, self._words = re.compile(pattern, re.ASCII), words

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value; fails with how it should be written."""
        return value if not value or self._pattern.fullmatch(value) else self.fail(self._words, param, ctx)


MONTH = Written(r"\d{4}-(0[1-9]|1[0-2])", "月份要写成 2026-11 的形式")
YEAR = Written(r"\d{4}", "年份要写成 2026 的形式")


@command(main)
@click.option("--department", default="", metavar="KEY", help="只看一个部门：统一社会信用代码，或者名称。")
@click.option("--month", type=MONTH, default="", metavar="YYYY-MM", help="只看这个月形成的决定，如 2026-11。")
@click.option("--year", type=YEAR, default="", metavar="YYYY", help="只看这一年形成的决定，如 2026。")
@click.option(
    "--csv", "file", type=click.Path(dir_okay=False, path_type=Path), help="把各部门各月的件数写到这个 CSV 文件。"
)
@click.option(
    "--cases-csv",
    "cases",
    type=click.Path(dir_okay=False, path_type=Path),
    help="把各部门案卷和法制审核的件数写到这个 CSV 文件。",
)
def report(run: Run, *, department: str, month: str, year: str, file: Path | None, cases: Path | None) -> None:
    """监督报表：各部门按期、超期、暂缓、不予公开、更正、撤下各多少件，按期率从低到高。

    供监督机构年度考核和核查使用，不公开；公开的形式是网站上的“公示统计”。
    各栏含义见“监督和考核”说明；期限按现行规则计算，历史数据补录另列，不计时限。
    最后列出需要核查的：超期没有公示的、变更后没有更新的、文号不连续的、不予公开明显偏多的；
    有案卷的部门，还有案卷完整、音像记录和法制审核的情况。

    \b
    例：gongshi report --year 2026
        gongshi report --department 松原市水利局 --csv 水利局.csv
    """
    if month and year:
        raise click.UsageError("--month 和 --year 只写一个")
    instance = load(run.root)
    key = instance.department(department).key if department else ""
    with run.store() as store:
        found = count(store, instance, run.today, period=month or year)
    found = found.only(key) if key else found
    text = render_text(found)
    if file:
        file.write_bytes(csv_of(found))
        text += f"\n各部门各月的件数已写到 {file}。"
    if cases:
        cases.write_bytes(cases_csv(found.cases))
        text += f"\n各部门案卷和法制审核的件数已写到 {cases}。"
    run.say(text, found.to_json())


@command(main)
@click.argument("year", type=YEAR)
@click.option("--department", default="", metavar="KEY", help="只做一个部门的：统一社会信用代码，或者名称。")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="文件写到这个文件夹，默认当前文件夹。",
)
def annual(run: Run, year: str, department: str, out: Path) -> None:
    """年度行政执法数据：按记录库为部门起草上一年度的数据文件（国办发〔2018〕118号，每年1月31日以前公开）。

    一件决定计一次，处罚计入最重的一种；撤销、期满的仍然计入，封存的不计。不公示和暂缓的也不计，
    免得与网站逐项相减就能推算出来，件数只在这里显示。申请、受理等记录库里没有的由部门补上，
    核对以后用 gongshi submit 提交，由另一个人审核。已有的文件不改动。

    \b
    例：gongshi annual 2025
        gongshi annual 2025 --department 松原市水利局
    """
    if int(year) >= run.today.year:
        raise click.UsageError(f"{year} 年还没有结束")
    instance = load(run.root)
    key = instance.department(department).key if department else ""
    with run.store() as store:
        found = drafts(store, instance, int(year), run.today, key)
    out.mkdir(parents=True, exist_ok=True)
    files = {draft.department: _written(draft, out, run) for draft in found}
    lines = [f"{draft.render_text()}。{_where(files[draft.department])}" for draft in found]
    told = [{**draft.to_json(), "file": _name(files[draft.department])} for draft in found]
    run.say("\n".join(lines) or f"记录库里没有 {year} 年作出的决定。", told)


def _written(draft: AnnualDraft, folder: Path, run: Run) -> Path | None:
    """The file of a draft; None where there is one already, which may have been filled in."""
    path = folder / f"{draft.name.replace('/', '／')}{draft.year}年度数据.yaml"
    if path.exists():
        return None
    path.write_text(draft.to_yaml(run.today), encoding="utf-8")
    return path


def _where(path: Path | None) -> str:
    return f"已写到 {path}" if path else "同名的文件已经有了，没有改动"


def _name(path: Path | None) -> str | None:
    return None if path is None else str(path)
