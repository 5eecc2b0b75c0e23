"""What downloads.html may use (gongshi/render/contexts.py says how)."""

from __future__ import annotations

from dataclasses import dataclass

from gongshi.render.contexts import Page
from gongshi.render.downloads.columns import Column


@dataclass(frozen=True, slots=True)
class KindFiles:
    """The files of one kind and month: how many decisions are in them, and (what each is called, its address)."""

    kind: str
    count: int
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MonthFiles:
    """The files of one month: the workbook of all kinds, and those of each kind that has any."""

    month: str
    count: int
    workbook: str
    kinds: tuple[KindFiles, ...]


@dataclass(frozen=True)
class DownloadsPage(Page):
    """downloads.html: what can be downloaded, newest first, by year; `columns` are those that the dictionary does not
    declare."""

    total: int
    years: tuple[tuple[str, tuple[MonthFiles, ...]], ...]
    columns: tuple[Column, ...]
