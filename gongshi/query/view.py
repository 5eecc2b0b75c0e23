"""What the server's own templates show beside the search: message.html and data.html, each with its typed context."""

from __future__ import annotations

from dataclasses import dataclass

from gongshi.query.tables import TABLES, Table
from gongshi.render.contexts import Page
from gongshi.render.look.site import Crumb, Head, Site


@dataclass(frozen=True)
class MessagePage(Page):
    """message.html."""

    heading: str
    message: str


@dataclass(frozen=True)
class DataPage(Page):
    """data.html."""

    tables: tuple[Table, ...]


def message_page(site: Site, path: str, heading: str, message: str) -> MessagePage:
    """A page that says one thing."""
    return MessagePage(site, _head(heading, path, ""), (), "", heading, message)


def data_page(site: Site, updated_on: str) -> DataPage:
    """The index of the tables."""
    head = _head("公示数据表", "/data/", "data")
    return DataPage(site, head, (Crumb("首页", "/"), Crumb("公示数据表")), updated_on, tuple(TABLES.values()))


def _head(title: str, path: str, section: str) -> Head:
    return Head(title=title, path=path, section=section, column="公示信息查询")
