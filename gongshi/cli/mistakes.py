"""A mistyped command line, answered in Chinese: what is wrong with it and where its help is."""

from __future__ import annotations

import errno
import re

import click

from gongshi.records import SUBMITTED_KINDS, RecordKind

_VALUE = re.compile(r"'([^']*)'")
_EXPECTED: tuple[tuple[type[object], str], ...] = (
    (click.Path, "找不到这个文件或者目录，或者它不能读取"),
    (click.DateTime, "日期要写成 2026-03-02 的形式"),
    (click.IntRange, "要写不小于 1 的整数"),
    (type(click.INT), "要写整数"),
)
"""What a value of each type should be, for the words that click has only in English."""
_WHY = {
    errno.ENOENT: "没有这个文件或者目录",
    errno.ENOTDIR: "路径中间有一段不是目录",
    errno.EISDIR: "它是一个目录",
    errno.EEXIST: "已经有同名的文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EADDRINUSE: "端口已被占用，请用 --port 换一个",
}
"""What the system says, by its number."""
_ARGUMENTS = {
    "files": "文件",
    "receipt": "回执编号",
    "folder": "目录",
    "kind": "类别",
    "key": "文号或者决定的编号",
    "keys": "编号",
}


class FileUnusable(Exception):
    """A file or folder that was named can not be read or written."""

    code = "file_unusable"

    @classmethod
    def of(cls, error: OSError) -> FileUnusable:
        """What the system said, in Chinese, with the place."""
        why = _WHY.get(error.errno or 0, error.strerror or type(error).__name__)
        where = f"“{error.filename}”" if error.filename else "文件"
        return cls(f"{where}不能读写：{why}。请检查路径、权限和磁盘空间，再来一次。")


class DayAhead(Exception):
    """A person acts by a day that has not come."""

    code = "in_future"


class KindName(click.ParamType[str]):
    """A kind of decision or record by its name or by its Chinese label."""

    name = "kind"

    def __init__(self, also: tuple[RecordKind, ...] = ()) -> None:
        self._kinds = (*SUBMITTED_KINDS.values(), *also)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind's name; fails with all kinds listed."""
        for kind in self._kinds:
            if value in (kind.name, kind.label, kind.label.removeprefix("行政")):
                return kind.name
        listed = "、".join(f"{kind.name}（{kind.label}）" for kind in self._kinds)
        return self.fail(f"没有“{value}”这一类，可以写 {listed}", param, ctx)


def told(error: click.UsageError) -> str:
    """What is wrong, then how the command is written."""
    path = error.ctx.command_path if error.ctx else "gongshi"
    return f"命令写错了：{_wrong(error)}。\n用法见 {path} --help"


def _wrong(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        nearest = [option for option in error.possibilities or () if option != "--help"]
        near = f"，是不是 {'、'.join(nearest)}" if nearest else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter):
        about = getattr(error.param, "help", None)
        return f"缺少{_named(error.param)}" + (f"：{about.rstrip('。')}" if about else "")
    if isinstance(error, click.BadParameter):
        return f"{_named(error.param)}的值{_value(error)}不对：{_expected(error)}"
    if error.message.startswith("No such command"):
        return f"没有命令{_value(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面没有写值"
    return f"多写了{_value(error)}" if "unexpected extra argument" in error.message else error.message


def _named(param: click.Parameter | None) -> str:
    """The option as it is written, or what the argument stands for."""
    if isinstance(param, click.Option):
        return f" {param.opts[0]} "
    return _ARGUMENTS.get(param.name or "", "参数") if param else "参数"


def _value(error: click.UsageError) -> str:
    found = _VALUE.search(error.message) or re.search(r"\(([^)]*)\)", error.message)
    return f"“{found[1]}”" if found else ""


def _expected(error: click.BadParameter) -> str:
    of_type = error.param.type if error.param else None
    return next((words for known, words in _EXPECTED if isinstance(of_type, known)), error.message)
