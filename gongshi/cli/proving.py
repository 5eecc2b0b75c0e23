"""Evidence: files of a case into the vault, listed, and out of it again."""

from __future__ import annotations

from pathlib import Path

import click

from gongshi.cli.asked import BY, CASE, DEPARTMENT, STAGES_TOLD, WHY, found
from gongshi.cli.base import Run, Teaching, command, main
from gongshi.cli.instants import DayOrMoment
from gongshi.lifecycle.cases import evidence_read
from gongshi.lifecycle.cases.evidence import Evidence
from gongshi.lifecycle.cases.evidence import add as add_files
from gongshi.records.cases.vocabulary import MEDIA, STAGES
from gongshi.system.console import Progress
from gongshi.vault import Vault


@main.group(cls=Teaching)
def evidence() -> None:
    """证据文件：入库、查看、取出。文件以内容的校验值（SHA-256）保存在 data/vault，只增不改，网站访问不到。"""


@command(evidence)
@CASE
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@BY
@click.option("--custodian", required=True, metavar="NAME", help="保管人。")
@click.option("--description", required=True, help="文字说明：记录了什么。")
@click.option("--line", default="", help="属于案卷的哪一行（序号）；不写的，每个文件登记为一条音像记录。")
@click.option("--medium", type=click.Choice(list(MEDIA)), help="载体：text 文字、photo 照片、audio 录音、video 录像。")
@click.option(
    "--stage",
    type=click.Choice(list(STAGES)),
    help=f"没有写 --line 的，属于哪个阶段：{STAGES_TOLD}；默认案件现在的阶段。",
)
@click.option("--made-at", type=DayOrMoment(), help="制作时间，例如 2026-03-02 09:30；默认现在。")
@DEPARTMENT
def add(
    run: Run,
    *,
    asked: str,
    files: tuple[Path, ...],
    by: str,
    custodian: str,
    description: str,
    line: str,
    medium: str | None,
    stage: str | None,
    made_at: str | None,
    department: str,
) -> None:
    """把证据文件放进证据库，登记到案件名下。多大的文件都可以；中途断电，再运行一次即可。

    \b
    例：gongshi evidence add 松市监案〔2026〕1号 现场.mp4 --by 张示一 --custodian 何示档 --description 现场检查录像
    """
    said = Evidence(
        custodian=custodian,
        description=description,
        line=line,
        medium=medium or "",
        made_at=made_at or "",
        stage=stage or "",
    )
    told = Progress("入库")
    with found(run, asked, department) as (store, instance, case):
        place = Vault(run.place.vault)
        added = add_files(store, instance, place, case, files, by=by, said=said, now=run.now, progress=told)
    lines = (f"{one.name}：{'此前已入库' if one.again else '已入库'}，序号 {one.line}\n  {one.sha256}" for one in added)
    run.say("\n".join(lines), added)


@command(evidence, "list")
@CASE
@BY
@WHY
@DEPARTMENT
def list_(run: Run, *, asked: str, by: str, why: str, department: str) -> None:
    """列出案件的证据文件。查阅记录在案。"""
    with found(run, asked, department) as (store, instance, case):
        items = evidence_read.listed(store, instance, case, by=by, why=why, now=run.now)
    told = (
        f"{one.line}　{one.name}　{MEDIA[one.medium]}　{one.size} 字节　储存 {one.stored_at}　保管 {one.custodian}\n"
        f"  {one.description}\n  {one.sha256}"
        for one in items
    )
    run.say("\n".join(told) if items else "本案没有入库的证据文件。", items)


@command(evidence)
@CASE
@click.argument("sha256", metavar="SHA256")
@BY
@WHY
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="写到这个新文件。")
@DEPARTMENT
def get(run: Run, *, asked: str, sha256: str, by: str, why: str, out: Path, department: str) -> None:
    """取出一个证据文件的副本。查阅先记录在案，然后才写出。

    \b
    例：gongshi evidence get 松市监案〔2026〕1号 3a7b… --by 刘示长 --why 复议答复 --out 现场.mp4
    """
    with found(run, asked, department) as (store, instance, case):
        place = Vault(run.place.vault)
        written = evidence_read.fetch(store, instance, place, case, sha256, by=by, why=why, out=out, now=run.now)
    run.say(f"已写入 {written}", {"file": written})
