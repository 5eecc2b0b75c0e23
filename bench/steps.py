"""Every measurement of the table, in the order in which one city can bear them: what it costs to keep it up to date
first, last what takes long or needs no city at all, so that a run that has to end early has what counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bench import cases, downloads, intake, kept, peers, public_db, searching, site, vault
from bench.city import City
from bench.measuring import Goal, Result, Spent

A_HUNDRED_THOUSAND = 100_000


@dataclass(frozen=True)
class Step:
    """A measurement: its name, what it does with the city, which facts about the city are noted behind it; without
    one that is `needed` the others cannot be, but for those that are `alone` and need no city. `most` is the largest
    city in which it is measured; what is `extra` is measured only where it is asked for by its name."""

    name: str
    measure: Callable[[City], Iterator[Result]]
    needed: bool = False
    alone: bool = False
    most: int | None = None
    extra: bool = False
    facts: Callable[[City], Iterable[tuple[str, kept.Fact]]] = lambda city: ()


def site_against_peers(city: City) -> Iterator[Result]:
    """The pages from public.db: against copying them, and against Hugo and mkdocs-material."""
    alone = site.measure(city.folder, city.size)
    yield from alone
    ours, copied = next((line.spent, line.floor_spent) for line in alone if line.key == "site")
    pages = sum(1 for _ in city.site.rglob("*.html"))
    aside = city.folder.with_name(f"{city.size}-peer")
    made, spent = peers.hugo(city.site, aside)
    goal = Goal(ratio=0.15, peak_ratio=0.15, at=(A_HUNDRED_THOUSAND,))
    floor = f"Hugo, {made:,} of them, no lists"
    yield Result(f"site: {pages:,} pages from public.db", city.size, ours, floor, spent, goal, "hugo")
    yield Result(
        "cp -r of the same site: no program writes it faster", city.size, copied, floor, spent, key="hugo-limit"
    )
    made, spent = peers.material(city.site, aside)
    per_page = Goal(ratio=1 / 50)
    floor = f"mkdocs-material, a page ({made:,} made)"
    yield Result("site: one page", city.size, _each(ours, pages), floor, _each(spent, made), per_page, "material")
    yield Result("cp -r: one page", city.size, _each(copied, pages), floor, _each(spent, made), key="material-limit")


def from_the_store(city: City) -> Iterator[Result]:
    """public.db with its index, against inserting the same rows."""
    yield from (
        replace(line, size=city.size) for line in public_db.measure(city.folder, date.fromisoformat(city.today))
    )


def files_to_download(city: City) -> Iterator[Result]:
    """What is downloaded, made from public.db."""
    yield from downloads.measure(city.folder, city.size)


def asked_of_the_server(city: City) -> Iterator[Result]:
    """500 questions to the search, alone and through a running server, against SQLite asked directly."""
    yield from (replace(line, size=city.size) for line in searching.measure(city.folder))


def sent_at_once(city: City) -> Iterator[Result]:
    """As many decisions, sent as one batch: check and journal, against reading (and inserting) alone."""
    line, limit = intake.measure(city.folder.with_name(f"{city.size}-intake"), city.size)
    yield replace(line, size=city.size, goal=Goal(ratio=4, peak=200), key="intake-csv")
    yield replace(limit, size=city.size, key="intake-csv-limit")
    if city.size <= intake.ROWS_OF_XLSX:
        line, limit = intake.measure_xlsx(city.folder.with_name(f"{city.size}-intake"), city.size)
        yield replace(line, size=city.size, goal=Goal(ratio=3), key="intake-xlsx")
        yield replace(limit, size=city.size, key="intake-xlsx-limit")


def case_files(city: City) -> Iterator[Result]:
    """Case files of 20 records, one for every ten decisions: checked, reported, watched, verified."""
    yield from cases.measure(city.folder.with_name(f"{city.size}-cases"), city.size // cases.SHARE, city.size)


def evidence(city: City) -> Iterator[Result]:
    """A film of 1 GiB into the vault and proven, against cp and sha256sum: the same in every city."""
    yield from vault.measure(city.folder.with_name(f"{city.size}-vault"), city.size)


def _each(spent: Spent, count: int) -> Spent:
    return Spent(spent.seconds / count, spent.cpu / count, spent.peak)


STEPS = (
    Step("sample", City.sample, needed=True, facts=City.texts),
    Step("first", City.first, needed=True, facts=City.weights),
    Step("full", City.full, needed=True),
    Step("nothing", City.nothing),
    Step("one", City.one),
    Step("hundred", City.hundred),
    Step("takedowns", City.takedowns),
    Step("next-day", City.next_day),
    Step("search", asked_of_the_server),
    Step("looks", City.looks),
    Step("verify", City.verify),
    Step("downloads", files_to_download),
    Step("public-db", from_the_store, most=A_HUNDRED_THOUSAND),
    Step("peers", site_against_peers, most=A_HUNDRED_THOUSAND),
    Step("audit", City.audit),
    Step("twin", City.twin, extra=True),
    Step("intake", sent_at_once, alone=True),
    Step("cases", case_files, alone=True),
    Step("vault", evidence, alone=True, most=10_000),
)
