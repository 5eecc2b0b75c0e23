"""An invented city of any size, to try things with."""

from __future__ import annotations

from pathlib import Path

import click

from gongshi.cli.base import Run, command, main


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
