"""The frame of every --help in Chinese: click has its headings, defaults and closing words only in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

_HEADINGS = {"Options": "选项", "Commands": "命令"}
_USAGE = (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 …"))
_TERMS = (("[%Y-%m-%d]", "YYYY-MM-DD"), ("INTEGER RANGE", "N"), ("INTEGER", "N"), ("DIRECTORY", "DIR"))
_WORDS = (
    (re.compile(r"Show this message and exit\."), "显示这份说明。"),
    (re.compile(r"\s*\[default: ([^;\]]*)(?:; [^\]]*)?\]"), r"（默认 \1）"),
    (re.compile(r"\s*\[(?:[^\]]*; )?required\]"), "（必填）"),
    (re.compile(r"\s*\[x>=\d+\]"), ""),
)


class _Formatter(click.HelpFormatter):
    """The words that are not ours, in the reader's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for word, chinese in _USAGE:
            args = args.replace(word, chinese)
        super().write_usage(prog, args, "用法：" if prefix is None else prefix)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_HEADINGS.get(name, name)):
            yield

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_term(term), _said(said)) for term, said in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


class Helpful(click.Command):
    """A command whose --help is Chinese throughout."""

    context_class = _Context


class HelpfulGroup(click.Group):
    """A group of such commands."""

    context_class = _Context
    command_class = Helpful


def _term(term: str) -> str:
    for word, plain in _TERMS:
        term = term.replace(word, plain)
    return term


def _said(said: str) -> str:
    for found, chinese in _WORDS:
        said = found.sub(chinese, said)
    return said
