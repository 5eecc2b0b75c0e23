"""A moment on the command line, in the ways in which people write it."""

from __future__ import annotations

from datetime import datetime

import click

from gongshi.intake.problems import Wrong
from gongshi.intake.values.instants import parse_instant

_A_DAY = 10
"""Characters of a bare day."""


class Moment(click.ParamType[datetime]):
    """A moment to the minute, by the city's clock where no zone is written: a step has its place among the others."""

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment; fails for a bare day and for what is no time."""
        text = _read(self, value, param, ctx)
        if len(text) <= _A_DAY:
            return self.fail(f"要写到分钟，例如 {text} 09:30", param, ctx)
        return datetime.fromisoformat(text)


class DayOrMoment(click.ParamType[str]):
    """The same where the hour may be unknown: ISO text, of a bare day the day."""

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """ISO text; fails for what is no time."""
        return _read(self, value, param, ctx)


def _read(
    type_: click.ParamType[str] | Moment, value: str, param: click.Parameter | None, ctx: click.Context | None
) -> str:
    try:
        return parse_instant(value)
    except Wrong:
        return type_.fail(f"“{value}”不是时间，要写成 2026-03-02 09:30 的形式", param, ctx)
