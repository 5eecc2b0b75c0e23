"""What a command does not need it does not import: a rebuild every ten minutes waits for nothing of others."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from gongshi.cli import main
from gongshi.cli.shelf import MODULES

COMMANDS = {name: module for module, names in MODULES.items() for name in names}
SERVERS = ("datasette", "starlette", "uvicorn", "httpx")
BOOKS = ("openpyxl", "xlsxwriter", "python_calamine", "xlwt")
BUILDERS = ("mkdocs", "pygal", "jieba")


def imported(code: str, names: tuple[str, ...]) -> list[str]:
    """Which of the modules a process of its own has imported after `code`."""
    told = f"import sys\n{code}\nprint(*(name for name in {names!r} if name in sys.modules))"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return ran.stdout.split()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_module_that_the_shelf_names(name: str) -> None:
    function = main.commands[name].callback
    assert function is not None
    assert function.__module__ == f"gongshi.cli.{COMMANDS[name]}"


def test_the_shelf_names_every_command_of_its_modules() -> None:
    for module in MODULES:
        import_module(f"gongshi.cli.{module}")
    assert set(main.commands) == set(COMMANDS)


def test_the_command_line_alone_imports_no_command() -> None:
    modules = tuple(f"gongshi.cli.{module}" for module in MODULES)
    assert imported("import gongshi.cli", (*modules, *SERVERS, *BOOKS, *BUILDERS, "jinja2", "nacl")) == []


def test_a_rebuild_reads_what_makes_pages_only_where_some_are_made() -> None:
    pages = ("gongshi.render.pages", "gongshi.render.registry.planning", "segno", "graphlay")
    assert imported("import gongshi.cli.publishing", (*pages, "PIL", "pypdf", "puremagic")) == []


def test_what_a_rebuild_stands_on_needs_no_server_no_workbook_and_no_builder() -> None:
    names = (*SERVERS, *BOOKS, *BUILDERS, "sqlite_utils")
    assert imported("import gongshi.cli.publishing", names) == []


@pytest.mark.parametrize(
    "worker",
    ["gongshi.intake.readers.worker", "gongshi.intake.attachments.worker, gongshi.intake.attachments.inside"],
    ids=["a workbook", "an attachment"],
)
def test_the_process_that_looks_into_one_file_reads_nothing_that_only_others_need(worker: str) -> None:
    assert imported(f"import {worker}", ("yaml", "gongshi.records", "stdnum", "pypdf", "PIL")) == []
