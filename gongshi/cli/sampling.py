"""An invented city of any size, to try things with; and what its people do in the cases of the committed sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from gongshi.cli.base import Run, command, main
from gongshi.instance import load
from gongshi.lifecycle.legal.rehearsal import read_acts, rehearse
from gongshi.release.places import Places
from gongshi.store import Store


@command(main)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--decisions", type=click.IntRange(1), default=400, show_default=True, help="决定的件数。")
@click.option("--seed", type=int, default=1, show_default=True, help="同一个种子生成同样的数据。")
@click.option("--reviews", is_flag=True, help="不生成数据：办理 DIR 的示例案卷当天（--today）的法制审核步骤。")
def sample(run: Run, folder: Path, decisions: int, seed: int, *, reviews: bool) -> None:
    """生成任意规模的虚构城市，用于测试、测量和演示。

    加 --reviews 时不生成数据，而是把 DIR/data/submissions/*/.reviews.yml 里写明这一天的步骤（送审、接收、出具意见……）
    按顺序办理一遍，供培训和演示：先用 gongshi rebuild 把示例案卷收进来。

    \b
    例：gongshi sample --decisions 10000 --seed 1 /tmp/city
        gongshi rebuild --root /tmp/city && gongshi serve --root /tmp/city
        gongshi sample --reviews . --today 2026-11-16
    """
    if reviews:
        taken = list(_reviews(run, folder))
        run.say("\n".join(["办理了法制审核步骤：", *taken]) if taken else f"{run.today} 没有要办理的步骤。", taken)
        return
    from gongshi.sample.generate import generate  # so do all words that the sample is made of

    made = generate(decisions, seed, folder, run.today)
    run.say(f"已生成 {made.decisions} 个决定（{made.rows} 行，{made.files} 个文件）：{folder}", made)


def _reviews(run: Run, folder: Path) -> Iterator[str]:
    instance = load(folder)
    with Store.open(Places(folder).store) as store:
        for path in sorted((folder / "data" / "submissions").glob("*/.reviews.yml")):
            department = instance.department(path.parent.name).key
            for act in rehearse(store, instance, read_acts(path), department, run.now):
                yield act.render_text()
