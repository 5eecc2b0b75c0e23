"""The case that a command is asked of: how it is named, and the store and the instance in which it is found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import click

from gongshi.cli.base import Run
from gongshi.instance import Instance, load
from gongshi.lifecycle.cases.lookup import find
from gongshi.records.cases.vocabulary import STAGES
from gongshi.store import Store

CASE = click.argument("asked", metavar="CASE")
DEPARTMENT = click.option("--department", default="", metavar="KEY", help="几个部门有同一案号时，写明是哪个部门。")
BY = click.option(
    "--by", required=True, metavar="NAME", help="办理人姓名：本案承办人，或者部门名单、名录中登记的人员。"
)
WHY = click.option("--why", default="", help="查阅事由；承办人查阅自己的案件可以不写。")

STAGES_TOLD = "、".join(f"{code} {words}" for code, words in STAGES.items())
"""For the help of an option that takes a stage."""


class Found(NamedTuple):
    """A case by its id, in the store and the instance that are open for it."""

    store: Store
    instance: Instance
    id: str


@contextmanager
def found(run: Run, asked: str, department: str) -> Iterator[Found]:
    """The case of that number or id, as long as the store is open for writing. Raises as `find`."""
    instance = load(run.root)
    with run.store() as store:
        yield Found(store, instance, find(store, instance, asked, department))
