"""What a department does: a template to fill in, a check, a submission."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from gongshi.cli import case_files
from gongshi.cli.base import BY, Run, command, main
from gongshi.cli.mistakes import KindName
from gongshi.instance import load
from gongshi.intake.answer.marked import marked_copy, rejected_rows
from gongshi.intake.answer.rendering import next_step, render_text, to_json
from gongshi.intake.answer.report import Report
from gongshi.intake.check import check as check_files
from gongshi.intake.example import yaml_example
from gongshi.intake.template import template as make_template
from gongshi.intake.template import template_of
from gongshi.lifecycle.determined import determined
from gongshi.lifecycle.planned import would_be
from gongshi.lifecycle.registry.lookup import look
from gongshi.lifecycle.submit import submit as take_batch
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.cases.case import CASE
from gongshi.records.cases.kinds import CASE_KINDS
from gongshi.system.console import Progress

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
DEPARTMENT = click.option("--department", required=True, metavar="KEY", help="部门的统一社会信用代码，或者名称。")
EARLIER = click.option("--earlier", is_flag=True, help="历史数据补录：每行要有首次公示日期。")
EVIDENCE = click.option("--evidence", default="", help="历史数据补录的证据，用于整批（如存档编号）。")
ADULTS = click.option("--adults", is_flag=True, help="声明：没有身份证号码的自然人在作出决定时均已成年。")
ATTACHED = click.option(
    "--files",
    "attached",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="附件所在的文件夹，默认是第一个文件旁边同名的 .files 文件夹。",
)
MARKED = click.option(
    "--marked", type=click.Path(dir_okay=False, path_type=Path), help="把标出错误单元格的工作簿写到这个文件。"
)


@command(main)
@FILES
@DEPARTMENT
@EARLIER
@EVIDENCE
@ADULTS
@ATTACHED
@MARKED
def check(
    run: Run,
    *,
    files: tuple[Path, ...],
    department: str,
    earlier: bool,
    evidence: str,
    adults: bool,
    attached: Path | None,
    marked: Path | None,
) -> None:
    """检查文件，不写入任何内容。有错误时退出码为 1。

    \b
    例：gongshi check 处罚.xlsx --department 松原市市场监督管理局 --marked 处罚-标注.xlsx
    """
    unused = {"--earlier": earlier, "--adults": adults, "--files": attached}
    if cases := case_files.checked(run, files, department, unused):
        cases.mark(marked)
        run.say(cases.text(submitting=False), cases.json if run.json else None)
        sys.exit(0 if cases.report.ok else 1)
    report = _report(run, files, department, attached, earlier=earlier, evidence=evidence, adults=adults)
    _write_marked(report, marked)
    run.say(render_text(report) + "\n" + next_step(report, submitting=False), to_json(report) if run.json else None)
    sys.exit(0 if report.ok else 1)


@command(main)
@FILES
@DEPARTMENT
@BY
@EARLIER
@EVIDENCE
@ADULTS
@ATTACHED
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
    attached: Path | None,
    marked: Path | None,
    partial: bool,
) -> None:
    """检查并提交，打印回执。整批接收或者整批不接收；--partial 接收正确的行。

    \b
    例：gongshi submit 处罚.xlsx --department 松原市市场监督管理局 --by 周示礼
    """
    unused = {"--partial": partial, "--earlier": earlier, "--adults": adults, "--files": attached}
    if cases := case_files.checked(run, files, department, unused):
        cases.mark(marked)
        case_files.submit(run, cases, by=by)
        return
    report = _report(run, files, department, attached, earlier=earlier, evidence=evidence, adults=adults)
    _write_marked(report, marked)
    if not report.ok and not (partial and report.partly_acceptable):
        run.say(render_text(report) + "\n" + next_step(report, submitting=True), to_json(report) if run.json else None)
        sys.exit(1)
    with run.store() as store:
        receipt = take_batch(store, load(run.root), report.batch(partial=partial), by=by, today=run.today, now=run.now)
    rejected = _write_rejected(report)
    lines = [render_text(report) if report.problems else "", receipt.render_text()]
    lines += [f"错误的行已写到 {path}，改正后可以直接再提交。" for path in rejected]
    said = {**receipt.to_json(), "rejected": rejected, "check": to_json(report)} if run.json else None
    run.say("\n".join(filter(None, lines)), said)


@command(main)
@click.argument("kind", type=KindName(also=(CASE,)))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写到这个文件，默认“种类.xlsx”。")
@click.option("--yaml", "as_yaml", is_flag=True, help="写一份带说明的 YAML 示例，事前公开信息用；默认“种类.yaml”。")
def template(run: Run, *, kind: str, out: Path | None, as_yaml: bool) -> None:
    """生成供填写的表格模板（XLSX），带填写说明和下拉选项。

    \b
    KIND：licence 行政许可，penalty 行政处罚，coercion 行政强制，levy 行政征收，
          charge 行政收费，inspection 行政检查，random_inspection 双随机抽查结果；
          事前公开的各类信息也可以，例如 officer 执法人员、enforcement_item 行政执法事项清单；
          case 案卷（案件、当事人、过程记录、审批、送达、履行执行、归档、复制各一张表）

    \b
    例：gongshi template penalty --out 处罚.xlsx
        gongshi template enforcement_item --yaml
        gongshi template case
    """
    if kind == CASE.name:
        if as_yaml:
            raise click.UsageError("--yaml 只用于事前公开信息，案卷用表格模板")
        target = out or Path("案卷.xlsx")
        target.write_bytes(template_of("案卷", list(CASE_KINDS.values())))
        run.say(f"已写入 {target}", {"file": target})
        return
    declared = SUBMITTED_KINDS[kind]
    if as_yaml and not declared.registry:
        raise click.UsageError("--yaml 只用于事前公开信息，决定用表格模板")
    target = out or Path(f"{declared.label}.{'yaml' if as_yaml else 'xlsx'}")
    target.write_bytes(yaml_example(declared).encode() if as_yaml else make_template(declared))
    run.say(f"已写入 {target}", {"file": target})


def _report(run: Run, files: tuple[Path, ...], department: str, attached: Path | None, **batch: Any) -> Report:
    """The check of one batch against the law's form and against what the store already has."""
    instance = load(run.root)
    beside = files[0].with_suffix(".files")
    batch["attachments"] = attached or (beside if beside.is_dir() else None)
    path = run.place.store
    ours = instance.department(department)
    batch["progress"] = Progress("检查")
    if not path.exists():
        return check_files(files, ours, instance, today=run.today, **batch)
    with run.store(read_only=True) as store:
        asked = (files, ours, determined(store, instance))
        known = would_be(store, earlier=batch["earlier"])
        return check_files(*asked, today=run.today, known=known, look=look(store), **batch)


def _write_marked(report: Report, target: Path | None) -> None:
    if target and report.files:
        target.write_bytes(marked_copy(report.files[0], report))
        click.echo(f"标出错误的工作簿：{target}", err=True)


def _write_rejected(report: Report) -> list[Path]:
    """One workbook of rejected rows for each file, in the current folder."""
    written = []
    for file in report.files:
        if report.wrong_rows.in_file(file.name):
            target = Path(f"{Path(file.name).stem}-未接收.xlsx")
            target.write_bytes(rejected_rows(file, report))
            written.append(target)
    return written
