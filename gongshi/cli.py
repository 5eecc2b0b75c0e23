"""The command line: reads the clock, calls the rooms, prints what they say. No logic of its own."""

from __future__ import annotations

import functools
import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

import gongshi
from gongshi import mistakes
from gongshi import rebuild as rebuilding
from gongshi.console import Progress, as_json
from gongshi.instance import load
from gongshi.intake.check import check as check_files
from gongshi.intake.marked import marked_copy, rejected_rows
from gongshi.intake.rendering import next_step, render_text, to_json
from gongshi.intake.report import Report
from gongshi.intake.template import template as make_template
from gongshi.lifecycle.due import due as list_due
from gongshi.lifecycle.due import render_text as render_due
from gongshi.lifecycle.receipt import receipt as show_receipt
from gongshi.lifecycle.review import review as record_review
from gongshi.lifecycle.submit import submit as take_batch
from gongshi.mistakes import KindName
from gongshi.records import DECISION_KINDS
from gongshi.store import Store
from gongshi.store import verify as verify_store
from gongshi.store.journal import CITY_CLOCK
from gongshi.store.queries import newest

_MISTYPED = 2
"""Exit status of a command that was written wrongly."""

_OBJECTS_BETWEEN_LOOKS = 100_000
"""How often Python looks for rings of dead objects, of which we make few: with 700, the default, a batch of 75,000
decisions is walked through so often that a fifth of its intake goes there."""


@dataclass(frozen=True, slots=True)
class Run:
    """What every command is told: the instance's folder, the city's day and time, and how to print."""

    root: Path
    today: date
    now: datetime
    json: bool

    def say(self, text: str, data: object) -> None:
        """Print `data` as JSON where that was asked for, otherwise `text`."""
        click.echo(as_json(data) if self.json else text)


class Teaching(click.Group):
    """A group whose commands answer a mistake that a person can mend in Chinese, with what to do next."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error with a stable `code` becomes a message and exit status 1."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            click.echo(mistakes.told(error), err=True)
            sys.exit(_MISTYPED)
        except click.ClickException:
            raise
        except Exception as error:
            if not isinstance(getattr(error, "code", None), str):
                raise
            fail(error)


def fail(error: Exception) -> NoReturn:
    """Say what is wrong on standard error, with the code once, and stop with exit status 1."""
    code, text = str(getattr(error, "code", "")), str(error)
    click.echo(text if text.startswith(code) else f"{code} {text}", err=True)
    sys.exit(1)


def command(group: click.Group) -> Callable[[Callable[..., None]], click.Command]:
    """A command of `group` with the options that all share; its function gets a Run first."""

    def decorate(function: Callable[..., None]) -> click.Command:
        @functools.wraps(function)
        def wrapper(root: Path, today: datetime | None, as_json_: bool, **rest: Any) -> None:
            clock = datetime.now(CITY_CLOCK)
            day = today.date() if today else clock.date()
            function(Run(root.resolve(), day, datetime.combine(day, clock.timetz()), as_json_), **rest)

        for option in (
            click.option("--json", "as_json_", is_flag=True, help="输出 JSON，供程序读取。"),
            click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="按这一天办理，默认今天（北京时间）。"),
            click.option(
                "--root",
                type=click.Path(file_okay=False, exists=True, path_type=Path),
                default=Path(),
                help="实例目录（data/、site_src/、mkdocs.yml），默认当前目录。",
            ),
        ):
            wrapper = option(wrapper)
        return group.command(context_settings={"help_option_names": ["-h", "--help"]})(wrapper)

    return decorate


@click.group(
    cls=Teaching,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="先试一遍：gongshi rebuild，然后 gongshi serve，再用浏览器打开显示的网址。",
)
@click.version_option(gongshi.__version__, prog_name="gongshi")
def main() -> None:
    """公示：把行政执法决定从部门的表格变成可检索的公开网站。

    \b
    部门：  template 取模板 → check 检查 → submit 提交
    审核：  review 审核（提交人不能审核自己提交的）
    管理员：rebuild 更新网站，due 看期限，verify 校验日志，serve 提供网站
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)


FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
DEPARTMENT = click.option("--department", required=True, metavar="KEY", help="部门的统一社会信用代码，或者名称。")
EARLIER = click.option("--earlier", is_flag=True, help="历史数据补录：每行要有首次公示日期。")
EVIDENCE = click.option("--evidence", default="", help="历史数据补录的证据，用于整批（如存档编号）。")
ADULTS = click.option("--adults", is_flag=True, help="声明：没有身份证号码的自然人在作出决定时均已成年。")
MARKED = click.option(
    "--marked", type=click.Path(dir_okay=False, path_type=Path), help="把标出错误单元格的工作簿写到这个文件。"
)
BY = click.option("--by", required=True, metavar="NAME", help="经办人姓名，须在部门名单中。")


@command(main)
@FILES
@DEPARTMENT
@EARLIER
@EVIDENCE
@ADULTS
@MARKED
def check(
    run: Run,
    *,
    files: tuple[Path, ...],
    department: str,
    earlier: bool,
    evidence: str,
    adults: bool,
    marked: Path | None,
) -> None:
    """检查文件，不写入任何内容。有错误时退出码为 1。

    \b
    例：gongshi check 处罚.xlsx --department 松原市市场监督管理局 --marked 处罚-标注.xlsx
    """
    report = _report(run, files, department, earlier=earlier, evidence=evidence, adults=adults)
    _write_marked(report, marked)
    run.say(render_text(report) + "\n" + next_step(report, submitting=False), to_json(report))
    sys.exit(0 if report.ok else 1)


@command(main)
@FILES
@DEPARTMENT
@BY
@EARLIER
@EVIDENCE
@ADULTS
@MARKED
@click.option("--partial", is_flag=True, help="只接收正确的行，错误的行写成文件退回。")
def submit(
    run: Run,
    *,
    files: tuple[Path, ...],
    department: str,
    by: str,
    earlier: bool,
    evidence: str,
    adults: bool,
    marked: Path | None,
    partial: bool,
) -> None:
    """检查并提交，打印回执。整批接收或者整批不接收；--partial 接收正确的行。

    \b
    例：gongshi submit 处罚.xlsx --department 松原市市场监督管理局 --by 周示礼
    """
    report = _report(run, files, department, earlier=earlier, evidence=evidence, adults=adults)
    _write_marked(report, marked)
    if not report.ok and not (partial and report.partly_acceptable):
        run.say(render_text(report) + "\n" + next_step(report, submitting=True), to_json(report))
        sys.exit(1)
    with _store(run) as store:
        receipt = take_batch(store, load(run.root), report.batch(partial=partial), by=by, today=run.today, now=run.now)
    rejected = _write_rejected(report)
    lines = [render_text(report) if report.problems else "", receipt.render_text()]
    lines += [f"错误的行已写到 {path}，改正后可以直接再提交。" for path in rejected]
    run.say("\n".join(filter(None, lines)), {**receipt.to_json(), "rejected": rejected, "check": to_json(report)})


@command(main)
@click.argument("receipt")
@BY
@click.option("--approve", "result", flag_value="approve", help="审核通过。")
@click.option("--return", "result", flag_value="return", help="退回修改，须写明意见。")
@click.option("--opinion", default="", help="审核意见。")
@click.option(
    "--open", "open_names", multiple=True, metavar="NAME", help="确认不是个人姓名（或依法可公开），照原文公示。"
)
@click.option("--mask", "mask_names", multiple=True, metavar="NAME", help="确认是个人姓名，公示时隐去。")
def review(
    run: Run,
    *,
    receipt: str,
    by: str,
    result: str | None,
    opinion: str,
    open_names: tuple[str, ...],
    mask_names: tuple[str, ...],
) -> None:
    """审核一个回执：通过或者退回。审核人须登记在部门名单中，且不是提交人（办法第三十条）。

    不加 --approve 或 --return 时只显示这一批的内容和需要确认的疑似姓名。
    """
    instance = load(run.root)
    with _store(run) as store:
        if result is None:
            shown = show_receipt(store, instance, receipt)
            run.say(shown.render_text(for_review=True), shown.to_json())
            return
        reviewed = record_review(
            store,
            instance,
            receipt,
            by=by,
            approve=result == "approve",
            opinion=opinion,
            open_names=open_names,
            mask_names=mask_names,
            today=run.today,
            now=run.now,
        )
    run.say(reviewed.render_text(), reviewed.to_json())


@command(main)
@click.option("--full", is_flag=True, help="从头生成公开数据库和全部页面。")
def rebuild(run: Run, full: bool) -> None:
    """更新网站：接收 data/submissions，按当天适用法律，生成公开数据库和页面。

    可以反复运行，没有变化时什么也不做；中途被打断，再运行一次即可。
    有文件没有接收、有记录未通过发布前检查时退出码为 1，其余内容照常更新。
    """
    done = rebuilding.rebuild(run.root, today=run.today, now=run.now, full=full, progress=Progress)
    run.say(done.render_text(), done.to_json())
    sys.exit(0 if done.ok else 1)


@command(main)
@click.option("--full", is_flag=True, help="从头生成公开数据库和全部页面。")
def build(run: Run, full: bool) -> None:
    """只生成输出，不接收 data/submissions 中的新文件。"""
    done = rebuilding.rebuild(run.root, today=run.today, now=run.now, full=full, progress=Progress, submissions=False)
    run.say(done.render_text(), done.to_json())
    sys.exit(0 if done.ok else 1)


@command(main)
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。")
@click.option("--port", default=8001, show_default=True, help="端口，0 表示任选一个空闲端口。")
def serve(run: Run, host: str, port: int) -> None:
    """提供网站和检索（一个进程，适合小城市和试用）。按 Ctrl-C 停止。

    网站更新后不必重启：rebuild 的结果立即可见。
    """
    place = rebuilding.Places(run.root)
    if not place.public_db.exists():
        raise rebuilding.NothingBuilt("R004 还没有生成网站：请先运行 gongshi rebuild。")

    from gongshi.query import server  # Datasette takes half a second to import: only where it serves

    def ready(url: str) -> None:
        run.say(f"网站和检索：{url}（按 Ctrl-C 停止）", {"url": url})

    server.serve(place.site, place.public_db, run.root / "plugins" / "query", host, port, ready)


@command(main)
def verify(run: Run) -> None:
    """校验记录：日志链完整，当前各表与重放结果一致。不一致时退出码为 1。"""
    with Store.open(rebuilding.Places(run.root).store, read_only=True) as store:
        found = verify_store(store)
    run.say(found.render_text(), found)
    sys.exit(0 if found.ok else 1)


@command(main)
@click.argument("kind", type=KindName())
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写到这个文件，默认“种类.xlsx”。")
def template(run: Run, kind: str, out: Path | None) -> None:
    """生成供填写的表格模板（XLSX），带填写说明和下拉选项。

    \b
    KIND：licence 行政许可，penalty 行政处罚，coercion 行政强制，levy 行政征收，
          charge 行政收费，inspection 行政检查，random_inspection 双随机抽查结果
    """
    target = out or Path(f"{DECISION_KINDS[kind].label}.xlsx")
    target.write_bytes(make_template(DECISION_KINDS[kind]))
    run.say(f"已写入 {target}", {"file": target})


@command(main)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--decisions", type=click.IntRange(1), default=400, show_default=True, help="决定的件数。")
@click.option("--seed", type=int, default=1, show_default=True, help="同一个种子生成同样的数据。")
def sample(run: Run, folder: Path, decisions: int, seed: int) -> None:
    """生成任意规模的虚构城市，用于测试、测量和演示。

    \b
    例：gongshi sample --decisions 10000 --seed 1 /tmp/city
        gongshi rebuild --root /tmp/city && gongshi serve --root /tmp/city
    """
    from gongshi.sample.generate import generate  # so do all words that the sample is made of

    made = generate(decisions, seed, folder, run.today)
    run.say(f"已生成 {made.decisions} 个决定（{made.rows} 行，{made.files} 个文件）：{folder}", made)


@command(main)
@click.option("--department", default="", metavar="KEY", help="只看一个部门。")
def due(run: Run, department: str) -> None:
    """列出即将到期、已超期、暂缓和等待审核的决定，写明依据的规则和条款。有超期的退出码为 1。"""
    instance = load(run.root)
    key = instance.department(department).key if department else ""
    with _store(run) as store:
        rows = [row for row in list_due(store, instance, run.today) if not key or row.department == key]
    run.say(render_due(rows, run.today), [row.to_json() for row in rows])
    sys.exit(1 if any(row.overdue for row in rows) else 0)


def _store(run: Run) -> Store:
    return Store.open(rebuilding.Places(run.root).store)


def _report(run: Run, files: tuple[Path, ...], department: str, **batch: Any) -> Report:
    """The check of one batch against the law's form and against what the store already has."""
    instance = load(run.root)
    path = rebuilding.Places(run.root).store
    arguments = (files, instance.department(department), instance)
    batch["progress"] = Progress("检查")
    if not path.exists():
        return check_files(*arguments, today=run.today, **batch)
    with Store.open(path, read_only=True) as store:
        return check_files(*arguments, today=run.today, known=lambda key: newest(store, key), **batch)


def _write_marked(report: Report, target: Path | None) -> None:
    if target and report.files:
        target.write_bytes(marked_copy(report.files[0], report))
        click.echo(f"标出错误的工作簿：{target}", err=True)


def _write_rejected(report: Report) -> list[Path]:
    """One workbook of rejected rows for each file, in the current folder."""
    written = []
    for file in report.files:
        if any(ref.file == file.name for ref in report.wrong_rows):
            target = Path(f"{Path(file.name).stem}-未接收.xlsx")
            target.write_bytes(rejected_rows(file, report))
            written.append(target)
    return written


if __name__ == "__main__":
    main()
