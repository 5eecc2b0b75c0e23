"""The supervisor's instruction on a major decision that came without legal review."""

from __future__ import annotations

import click

from gongshi.cli.aftermath import brought_along
from gongshi.cli.base import Run, command, main
from gongshi.instance import load
from gongshi.lifecycle.acts import instructing
from gongshi.lifecycle.finding import find
from gongshi.store.operations import PUBLISH_IT, REVOKE_IT


@command(main)
@click.argument("decision")
@click.option("--publish", "instruction", flag_value=PUBLISH_IT, help="公示。")
@click.option("--revoke", "instruction", flag_value=REVOKE_IT, help="由部门撤销。")
@click.option("--why", required=True, metavar="TEXT", help="理由（不公开）。")
@click.option("--document", required=True, metavar="TEXT", help="指示的文号（不公开）。")
@click.option("--by", required=True, metavar="NAME", help="监督人员，须已登记。")
@click.option("--department", default="", metavar="KEY", help="同一文号有几个部门时，写明是哪个部门。")
@click.option("--no-build", is_flag=True, help="不立即更新网站，留给下一次 rebuild。")
def instruct(  # noqa: PLR0917 - one option each
    run: Run,
    decision: str,
    instruction: str | None,
    why: str,
    document: str,
    by: str,
    department: str,
    no_build: bool,
) -> None:
    """监督机构对没有核实法制审核的重大执法决定作出指示：公示，或者由部门撤销。

    DECISION 是文号、决定的编号，或者报送回执（对其中全部待核实法制审核的决定）。

    \b
    例：gongshi instruct 松市监罚〔2026〕15号 --publish --by 督示察 --document 松府督〔2026〕8号 --why 已补充审核
    """
    if instruction is None:
        raise click.UsageError("请写明 --publish 或者 --revoke")
    instance = load(run.root)
    with run.store() as store:
        records = instructing.asked_of(store, instance, decision) or (find(store, instance, decision, department).id,)
        done = instructing.instruct(
            store,
            instance,
            records,
            instruction=instruction,
            reason=why,
            document=document,
            by=by,
            today=run.today,
            now=run.now,
        )
    built = brought_along(run) if not no_build else ""
    told = "\n".join(one.render_text() for one in done)
    run.say(told + (f"\n{built}。" if built else ""), {"done": [one.to_json() for one in done], "built": bool(built)})
