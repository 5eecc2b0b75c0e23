"""What every command shares: its options, the city's clock, how a mistake is told."""

from __future__ import annotations

import functools
import gc
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

import gongshi
from gongshi.cli import mistakes
from gongshi.cli.helping import HelpfulGroup
from gongshi.cli.shelf import Shelf
from gongshi.release.places import Places
from gongshi.store import Store
from gongshi.store.journal import CITY_CLOCK
from gongshi.system.console import as_json, json_pieces, printable

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

    @property
    def place(self) -> Places:
        """Where the instance keeps things."""
        return Places(self.root)

    def store(self, *, read_only: bool = False) -> Store:
        """The record; close it."""
        return Store.open(self.place.store, read_only=read_only)

    def hint(self, lines: Iterable[str]) -> None:
        """Tell the webmaster something beside the result, on standard error."""
        for line in lines:
            click.echo(printable(f"提示：{line}"), err=True)

    def say(self, text: str, data: object) -> None:
        """Print `data` as JSON where that was asked for, otherwise `text`."""
        click.echo(as_json(data) if self.json else printable(text))

    def say_each(self, items: Iterable[object]) -> None:
        """Print a list as JSON, one item after the other."""
        for piece in json_pieces(items):
            click.echo(piece, nl=False)
        click.echo()


class Teaching(HelpfulGroup):
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
        except BrokenPipeError:
            raise
        except OSError as error:
            fail(error if isinstance(getattr(error, "code", None), str) else mistakes.FileUnusable.of(error))
        except Exception as error:
            if not isinstance(getattr(error, "code", None), str):
                raise
            fail(error)


def city_time() -> datetime:
    """Now, on the city's clock."""
    return datetime.now(CITY_CLOCK)


def machine_time() -> datetime:
    """The machine's clock, in UTC: the one place that reads it for the law."""
    return datetime.now(UTC)


def city_moment(instant: datetime, day: date | None) -> datetime:
    """`instant` on the city's clock, whatever the machine's zone; on `day` instead of its own, where given."""
    there = instant.astimezone(CITY_CLOCK)
    return datetime.combine(day or there.date(), there.timetz())


def _only_rehearsed(root: Path) -> None:
    """Whoever acts in his own name acts today, or writes up an earlier day: an act of a day to come would hold up every
    later one until that day. A sample city lives through any day. Raises mistakes.DayAhead."""
    from gongshi.instance import load  # rare, and slow to read

    if not load(root).city.sample:
        raise mistakes.DayAhead("--today 写的日子还没有到：经办人只能按今天或者以前的日子办理。示例城市不受此限。")


def fail(error: Exception) -> NoReturn:
    """Say what is wrong on standard error, with the code once and what was noted about it, and stop with exit
    status 1, or the error's own."""
    code, text = str(getattr(error, "code", "")), str(error)
    told = text if text.startswith(code) else f"{code} {text}"
    click.echo(printable("\n".join([told, *getattr(error, "__notes__", ())])), err=True)
    sys.exit(getattr(error, "exit_status", 1))


def command(group: click.Group, name: str | None = None) -> Callable[[Callable[..., None]], click.Command]:
    """A command of `group` with the options that all share; its function gets a Run first.

    `name` is needed where the function's own name is not the command's.
    """

    def decorate(function: Callable[..., None]) -> click.Command:
        @functools.wraps(function)
        def wrapper(root: Path, today: datetime | None, as_json_: bool, **rest: Any) -> None:
            clock = machine_time()
            now = city_moment(clock, today.date() if today else None)
            if rest.get("by") and now.date() > city_moment(clock, None).date():
                _only_rehearsed(root)
            function(Run(root.resolve(), now.date(), now, as_json_), **rest)

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
        return group.command(name, context_settings={"help_option_names": ["-h", "--help"]})(wrapper)

    return decorate


def collect_seldom() -> None:
    """What was made so far stays, and what is made is looked through for dead rings as seldom as any command does."""
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)


@click.group(
    cls=Teaching,
    commands=Shelf(),
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="先试一遍：gongshi rebuild，然后 gongshi serve，再用浏览器打开显示的网址。",
)
@click.version_option(gongshi.__version__, prog_name="gongshi", message="%(prog)s %(version)s", help="显示版本。")
def main() -> None:
    """公示：把行政执法决定从部门的表格变成可检索的公开网站。

    \b
    部门：  template 取模板 → check 检查 → submit 提交
    审核：  review 审核（提交人不能审核自己提交的）
    撤下：  withdraw 撤下、suspend 紧急下架、restore 恢复 → confirm 由另一人确认，或者 decline
    管理员：rebuild 更新网站，due 看期限，verify 校验日志，audit 核验已发布的内容，serve 提供网站
    案卷：  case 完整性和经过，legal 法制审核，evidence 证据文件（一概不公开）
    监督：  report 各部门按期率排名、需要核查的（不公开）
    """
    collect_seldom()


BY = click.option("--by", required=True, metavar="NAME", help="经办人姓名，须在部门名单中。")
