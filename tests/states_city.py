"""A city with one decision in every state of tests/states.py; some seconds to make, once for all tests that read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from click.testing import CliRunner

from gongshi.cli import main
from gongshi.store import Store, latest, sqlite
from tests.states import BEFORE, FIRST, OLD, SECOND, STATES, TODAY, URL, Given
from tests.whole.conftest import DEPARTMENT, Commands, Row, write_sheet

_SOMEBODY_MUST_ACT = 3
"""The status of a rebuild that went well where something is overdue."""
_SAME: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@dataclass
class City:
    """The city, and what is known of the decision in each state; `ids` and `sorts` are those of the record."""

    commands: Commands
    given: dict[str, Given]
    ids: dict[str, str] = field(default_factory=dict)
    sorts: dict[str, int] = field(default_factory=dict)

    @property
    def build(self) -> Path:
        return self.commands.root / "build"


def make(root: Path) -> City:
    """Bring the built, empty city at `root` to where one decision is in each state."""
    given = {name: Given(73100 + place, one.person, one.day) for place, (name, one) in enumerate(STATES.items())}
    city = City(Commands(root, TODAY), given)
    _decide(city)
    for day in (OLD, BEFORE):
        city.commands.today = day
        _send(city, [name for name, state in STATES.items() if state.day == day and state.sent])
        _rebuild(city, "--full")
    for name in [name for name, state in STATES.items() if state.chosen]:
        why = ("--why", given[name].internal("选择"))
        city.commands("choose", given[name].number, STATES[name].chosen, *SECOND, *why, "--no-build")
    _rebuild(city)
    city.commands.today = TODAY
    _today(city)
    return city


def _today(city: City) -> None:
    """New versions and acts; a rebuild; what comes after those; a rebuild; and one that waits for the next."""
    _send(city, [name for name, state in STATES.items() if state.again], {n: s.again for n, s in STATES.items()})
    _each(city, "acts")
    _rebuild(city)
    unread = {name: state.unread for name, state in STATES.items() if state.unread}
    _send(city, [*unread, "received"], unread, approve=False)
    _send(city, [name for name, state in STATES.items() if state.back], {name: {"remarks": ""} for name in STATES})
    _each(city, "then")
    receipt = _send(city, ["returned"], approve=False)
    opinion = city.given["returned"].internal("退回")
    city.commands("review", receipt, *SECOND, "--return", "--opinion", opinion)
    _rebuild(city)
    _send(city, ["approved, not rebuilt yet"])
    _know(city)


def _decide(city: City) -> None:
    """The city has an address, and turns on what is off until it decides."""
    settings = city.commands.root / "data" / "reference" / "city.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('url: ""', f"url: {URL}"), encoding="utf-8")
    rules = ("CR36-repair", "R45-14", "SAMR3-half-year", "SAMR3-year")
    words = (word for rule in rules for word in ("--decide", f"{rule}=松政办函〔2026〕1号"))
    city.commands("setup", "--by", "吴示网", "--since", "2024-01-01", *words)


def _send(
    city: City, names: Sequence[str], changes: Mapping[str, Mapping[str, str]] = _SAME, *, approve: bool = True
) -> str:
    """One file with the decisions of these states; its receipt."""
    rows = [row for name in names for row in _rows(name, city.given[name], changes.get(name, {}))]
    path = write_sheet(city.commands.root.parent / "sheet.csv", rows)
    receipt: str = city.commands.json("submit", path, "--department", DEPARTMENT, *FIRST)["id"]
    if approve:
        city.commands("review", receipt, *SECOND, "--approve")
    return receipt


def _rows(name: str, given: Given, changes: Mapping[str, str]) -> list[Row]:
    """The row of a decision, and those of its other parties."""
    state = STATES[name]
    values = {**state.row, **changes}
    told = {key: value.format(facts=given.facts, later=given.later) for key, value in values.items()}
    others = ({**told, "legal_representative_number": "", **one} for one in state.more)
    return [given.row(**told), *(given.row(**one) for one in others)]


def _each(city: City, what: str) -> None:
    for name, state in STATES.items():
        getattr(state, what)(city.commands, city.given[name])


def _rebuild(city: City, *words: str) -> None:
    day = ("--root", str(city.commands.root), "--today", city.commands.today)
    told = CliRunner().invoke(main, ["rebuild", *day, *words])
    assert told.exit_code in (0, _SOMEBODY_MUST_ACT), told.output
    _know(city)


def _know(city: City) -> None:
    """Ids and places, before an erasure takes them away."""
    with Store.open(city.commands.root / "data" / "store.db", read_only=True) as store:
        known = {str(one.decision.values["document_number"]): one.id for one in latest(store)}
    with closing(sqlite.connect(city.build / "public.db", read_only=True)) as db:
        sorts = {row["id"]: row["sort"] for row in db.execute("SELECT id, sort FROM decisions")}
    for name, given in city.given.items():
        if record := known.get(given.number):
            city.ids[name] = record
            if record in sorts:
                city.sorts[name] = sorts[record]
