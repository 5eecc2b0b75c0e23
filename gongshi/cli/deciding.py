"""What the city decides once: which of the rules that wait for it apply, by which document."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import click

from gongshi.cli.base import Run, command, main
from gongshi.instance import REFERENCE, Instance, load
from gongshi.instance.decided import Decided, record
from gongshi.law.rule import Question, Rule, Source
from gongshi.law.rule_words import content_words, scope_words
from gongshi.lifecycle.impact import Impact, impact

_CHANGES_PAGES = (Question.PUBLICATION, Question.RETENTION, Question.RETENTION_FLOOR)
"""Questions on which a rule changes by itself what is public; the rest only allow what persons then do."""
_ASKED = {"value": "期限", "fine_at_most": "金额（元）"}


class Pair(click.ParamType[tuple[str, str]]):
    """RULE=TEXT."""

    name = "pair"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The rule and the text; fails where one of them is missing."""
        rule, sign, text = (part.strip() for part in value.partition("="))
        if not (rule and sign and text):
            return self.fail("要写成 规则编号=内容，例如 R45-13-general=松政发〔2026〕9号", param, ctx)
        return rule, text


@command(main)
@click.option(
    "--decide", "on", type=Pair(), multiple=True, metavar="RULE=DOCUMENT", help="启用：规则=决定文号，可以多次。"
)
@click.option(
    "--refuse", "off", type=Pair(), multiple=True, metavar="RULE=DOCUMENT", help="不启用：规则=决定文号，可以多次。"
)
@click.option(
    "--value", "values", type=Pair(), multiple=True, metavar="RULE=VALUE", help="规则要求定下的数：金额（元）或者期限。"
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="从哪一天起，默认今天。")
@click.option("--by", default="", metavar="NAME", help="登记人姓名；登记决定时必填。")
def setup(  # noqa: PLR0917 - one option each
    run: Run,
    on: tuple[tuple[str, str], ...],
    off: tuple[tuple[str, str], ...],
    values: tuple[tuple[str, str], ...],
    since: datetime | None,
    by: str,
) -> None:
    """列出等待本市决定的规则和启用后的影响；逐条询问，或者用 --decide 登记决定文号。

    没有决定的规则一律不启用，不影响网站运行；可以随时再运行。决定写入 data/reference/rules/decided.yml。

    \b
    例：gongshi setup --decide R45-13-general=松政办函〔2026〕1号 --by 吴示网
        gongshi setup --decide R45-13-fine=松政办函〔2026〕1号 --value R45-13-fine=3000 --by 吴示网
    """
    instance = load(run.root)
    day = since.date() if since else run.today
    if on or off:
        _record(run, instance, list(_given(on, off, dict(values), day, by)))
    elif _at_terminal() and not run.json:
        try:
            _ask_each(run, instance, day, by)
        except click.Abort:
            click.echo("\n已停止；已答的已经保存。")
    else:
        _list(run, instance)


def _at_terminal() -> bool:
    """Whether a person can answer."""
    return sys.stdin.isatty()


def _given(
    on: tuple[tuple[str, str], ...], off: tuple[tuple[str, str], ...], values: Mapping[str, str], day: date, by: str
) -> Iterator[Decided]:
    """The decisions that the options state."""
    if not by.strip():
        raise click.UsageError("登记决定要用 --by 写明登记人")
    asked = {rule for rule, _ in (*on, *off)}
    if strangers := sorted(set(values) - asked):
        raise click.UsageError(f"--value 写了 {'、'.join(strangers)}，但没有用 --decide 启用")
    for rule, document in on:
        yield Decided(rule=rule, document=document, decided_on=day, by=by.strip(), value=values.get(rule, ""))
    for rule, document in off:
        yield Decided(rule=rule, document=document, decided_on=day, by=by.strip(), enabled=False)


def _record(run: Run, instance: Instance, decisions: list[Decided]) -> None:
    rules = record(instance.rules, _folder(run.root), run.root, decisions)
    lines = [
        f"{'启用' if one.enabled else '不启用'} {one.rule}：{one.document}，自 {one.decided_on} 起。"
        for one in decisions
    ]
    left = len(rules.waiting())
    lines.append(
        f"已写入 data/reference/rules/decided.yml，请提交这个文件并运行 gongshi rebuild；还有 {left} 条等待决定。"
    )
    run.say("\n".join(lines), {"decided": decisions, "waiting": left})


def _list(run: Run, instance: Instance) -> None:
    waiting = instance.rules.waiting()
    effects = _effects(run, instance)
    text = [f"有 {len(waiting)} 条规则等待本市决定，没有决定的不启用：" if waiting else "没有等待决定的规则。"]
    text += [line for number, rule in enumerate(waiting, 1) for line in _told(number, rule, effects)]
    if waiting:
        text.append("登记：gongshi setup --decide 规则=决定文号 --by 姓名；决定不启用的用 --refuse。")
    run.say("\n".join(text), [_as_data(rule, effects) for rule in waiting])


def _ask_each(run: Run, instance: Instance, day: date, by: str) -> None:
    """One rule after the other; what was answered is written at once, so that one can stop at any time."""
    effects = _effects(run, instance)
    waiting = instance.rules.waiting()
    click.echo(f"有 {len(waiting)} 条规则等待本市决定。直接回车跳过；随时可以按 Ctrl-C 停止，已答的已经保存。")
    for number, rule in enumerate(waiting, 1):
        click.echo("\n".join(_told(number, rule, effects)))
        answer = click.prompt("启用 y，不启用 n，以后再说直接回车", default="", show_default=False).strip().lower()
        if answer not in ("y", "n"):
            continue
        by = by or click.prompt("登记人姓名").strip()
        document = click.prompt("决定文号").strip()
        asks = answer == "y" and bool(rule.asks)
        value = click.prompt(_ASKED[rule.asks], default=_default(rule), show_default=True).strip() if asks else ""
        decided = Decided(rule=rule.id, document=document, decided_on=day, by=by, enabled=answer == "y", value=value)
        _record(run, load(run.root), [decided])


def _default(rule: Rule) -> str | None:
    return str(rule.value) if rule.asks == "value" else None


def _effects(run: Run, instance: Instance) -> Mapping[str, Impact]:
    """What each would change; nothing where there is no record yet."""
    if not run.place.store.exists():
        return {}
    with run.store(read_only=True) as store:
        return impact(store, instance, instance.rules.waiting(), run.today)


def _told(number: int, rule: Rule, effects: Mapping[str, Impact]) -> Iterator[str]:
    known = "" if rule.source is Source.VERIFIED else "（凭记忆录入，启用前请核对条文）"
    yield f"{number}. {rule.id}　{rule.title}"
    yield f"   依据：{rule.article}{known}"
    yield f"   启用后：{content_words(rule).removeprefix(rule.title + '：')}（{scope_words(rule.scope)}）"
    if (found := effects.get(rule.id)) and rule.question in _CHANGES_PAGES:
        yield f"   按今天已公示的决定：{found.gone} 件立即撤下，{found.sooner} 件公示期缩短"
    if rule.asks:
        span = f"，{rule.between[0]} 到 {rule.between[-1]} 之间" if rule.between else ""
        yield f"   要同时定下：{_ASKED[rule.asks]}{span}"
    yield f"   条件：{rule.turned_on_by}"
    if rule.note:
        yield f"   说明：{rule.note}"


def _as_data(rule: Rule, effects: Mapping[str, Impact]) -> dict[str, object]:
    found = effects.get(rule.id)
    return {
        "rule": rule.id,
        "title": rule.title,
        "article": rule.article,
        "source": rule.source.value,
        "content": content_words(rule),
        "scope": scope_words(rule.scope),
        "condition": rule.turned_on_by,
        "asks": rule.asks,
        "gone": found.gone if found else None,
        "sooner": found.sooner if found else None,
    }


def _folder(root: Path) -> Path:
    return root / REFERENCE / "rules"
