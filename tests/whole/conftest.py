"""The command line in process, and sheets made from the declarations as a department would fill them."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongshi.cli import main
from gongshi.records import DECISION_KINDS
from gongshi.records.field import Field, FieldType

DEPARTMENT = "11220700MB99000134"
AGENCY = "松原市市场监督管理局"
TODAY = "2026-11-20"

Row = dict[str, str]


class Commands:
    """`gongshi` on one instance, on one day."""

    def __init__(self, root: Path, today: str = TODAY) -> None:
        self.root, self.today = root, today

    def __call__(self, *words: str | Path, code: int = 0, today: str = "") -> Result:
        name, *rest = map(str, words)
        result = CliRunner().invoke(main, [name, "--root", str(self.root), "--today", today or self.today, *rest])
        assert result.exit_code == code, result.output + str(result.exception)
        return result

    def json(self, *words: str | Path, code: int = 0, today: str = "") -> Any:
        return json.loads(self(*words, "--json", code=code, today=today).stdout)

    def publish(self, path: Path, *options: str) -> str:
        """Submit and approve one file; the receipt."""
        submitted = self.json("submit", path, "--department", DEPARTMENT, "--by", "周示礼", *options)
        self("review", submitted["id"], "--by", "郑示正", "--approve")
        return submitted["id"]

    def site(self) -> dict[str, bytes]:
        folder = self.root / "build" / "site"
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    def pages(self) -> list[Path]:
        return sorted((self.root / "build" / "site" / "decisions").glob("??/*.html"))


@pytest.fixture
def commands(new_city: Path) -> Commands:
    return Commands(new_city)


@pytest.fixture(scope="session")
def city_at() -> type[Commands]:
    """`gongshi` on the instance at any path."""
    return Commands


@dataclass(frozen=True)
class Aside:
    """How a command ended that ran in a process of its own: exit status, all it said, the signal that killed it."""

    code: int
    output: str
    killed_by: int


@pytest.fixture
def aside() -> Callable[..., Aside]:
    """Run a command in a process of its own, which first does `befall` to itself: limits, powers, patches."""

    def run(commands: Commands, *words: str | Path, befall: Callable[[], None], today: str = "") -> Aside:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            befall()
            name, *rest = map(str, words)
            told = CliRunner().invoke(main, [name, "--root", str(commands.root), "--today", today or TODAY, *rest])
            failed = told.exception if not isinstance(told.exception, SystemExit) else None
            os.write(writing, json.dumps([told.exit_code, told.output + (repr(failed) if failed else "")]).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        status = os.waitpid(child, 0)[1]
        code, output = json.loads(said) if said else (-1, "")
        return Aside(code, output, os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)

    return run


_BY_TYPE = {
    FieldType.DATE: "",
    FieldType.MONEY: "",
    FieldType.MONEY_WAN: "",
    FieldType.FLAG: "",
    FieldType.USCC: "",
    FieldType.REGION: "",
    FieldType.INTEGER: "",
}


def _value(field: Field, kind: str, text: str) -> str:
    """Something valid for the field that contains `text` where the field is free."""
    if field.choices:
        return field.choices[0] if field.required else ""
    return _BY_TYPE.get(field.type, text[: field.max_length or None])


_RIGHT = {
    "party_name": "松原示例商贸有限公司",
    "party_type": "法人及非法人组织",
    "party_uscc": "91220700MA99K0001M",
    "party_business_registration": "",
    "penalty_class": "罚款",
    "decided_on": "2026-11-16",
    "ended_on": "2026-11-16",
    "agency_name": AGENCY,
    "agency_uscc": DEPARTMENT,
    "source_name": AGENCY,
    "source_uscc": DEPARTMENT,
}


def right_row(kind: str, number: str, **changes: str) -> Row:
    """A right row of a kind, by label, with the given fields changed."""
    values: dict[str, str] = {}
    for field in DECISION_KINDS[kind].fields:
        given = {**_RIGHT, "document_number": number, **changes}
        filled = field.required and _value(field, kind, f"{field.label}的内容")
        values[field.label] = given.get(field.name, filled or "")
    return values


def write_sheet(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """A CSV file of rows, as a spreadsheet program saves it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8-sig")
    return path


@pytest.fixture
def row() -> Callable[..., Row]:
    """Makes right rows."""
    return right_row


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[str, Sequence[Mapping[str, str]]], Path]:
    """Writes sheets into the test's own folder."""
    return lambda name, rows: write_sheet(tmp_path / name, rows)
