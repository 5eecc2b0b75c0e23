"""Every surface by every state: what each may tell of a decision, and where there must be nothing of it (promise 2).

The table below is the promise: one row for each state, one set of words for each surface. A city with a decision
in each state is served by one running `gongshi serve`.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests import states, surfaces
from tests.states import STATES, Given
from tests.states_city import City, make
from tests.whole.conftest import DEPARTMENT

_LIST = "id number party content"
_RECORD = "id number party content facts later"
PUBLIC = {
    **dict.fromkeys(("home", "decisions", "kind", "department", "county", "law"), _LIST),
    **dict.fromkeys(("day", "kind and month", "department and month"), _LIST),
    "page": f"{_RECORD} code",
    **dict.fromkeys(
        ("feed", "feed of the kind", "feed of the department", "feed as json", "feed of the kind as json",
         "feed of the department as json", "kiosk"), "id number party"),
    "bulletin": _RECORD,
    **dict.fromkeys(("search", "newest", "search in facets", "search by party"), _LIST),
    **dict.fromkeys(("search by facts", "search by later facts"), "id number party"),
    "feed of the search": "id number party",
    **dict.fromkeys(("csv of the search", "page of the company"), f"{_LIST} code"),
    "xlsx of the search": f"{_RECORD} code",
    "api of the search": _LIST,
    "suggestions": "party",
    **dict.fromkeys(("api", "api by party", "api of the department"), _LIST),
    "api of one": f"{_RECORD} code",
    **dict.fromkeys(("table", "table json", "table csv", "row", "all rows"), _RECORD),
    "row of the party": "party code",
    "all parties": "party code",
    **dict.fromkeys((f"download {suffix}" for suffix in ("csv", "jsonl", "parquet", "xlsx")), f"{_RECORD} code"),
    "sitemap": "id",
    "correct": "id party",
}  # fmt: skip
NOTICE = {
    **dict.fromkeys(("page", "notices", "notices of the month"), "id number reason"),
    **dict.fromkeys(("feed of notices", "feed of notices as json"), "id number reason"),
    **dict.fromkeys(("api of one", "api of notices", "table of notices", "row of the notice"), "id number reason"),
    **dict.fromkeys(("search", "search in facets"), "id number"),
    "api of the search": "id number reason",
    "sitemap": "id",
    "correct": "id number",
}
NOTHING: dict[str, str] = {}
"""Surface by the words of the decision that it tells; a surface that is absent tells none."""

_STATUS = {
    id(PUBLIC): {"page": 200, "api of one": 200, "row": 200, "correct": 200, "row of the notice": 404},
    id(NOTICE): {"page": 410, "api of one": 410, "row": 404, "correct": 200, "row of the notice": 200},
    id(NOTHING): dict.fromkeys(("page", "api of one", "row", "correct", "row of the notice"), 404),
}
_COMPANY = "id number party code content facts"
_PERSON = "id number content facts"
_LATER = "id number party code content later"
_GROUNDS = ("未成年人", "主要事实涉密涉私", "危及安全稳定", "妨害执法", "上级认为不宜公开")

EXPECTED: dict[str, tuple[Mapping[str, str], str]] = {
    "received": (NOTHING, ""),
    "returned": (NOTHING, ""),
    "approved, not rebuilt yet": (NOTHING, ""),
    "held: age unknown": (NOTHING, ""),
    "held: secrecy unchecked": (NOTHING, ""),
    "held: a minor at the act": (NOTHING, ""),
    "held: a minor among several": (NOTHING, ""),
    "held: a possible name in the facts": (PUBLIC, "id number party code content"),
    "warned only": (NOTHING, ""),
    "sealed by the law it cites": (NOTHING, ""),
    "a minor at the decision": (NOTHING, ""),
    "public": (PUBLIC, _COMPANY),
    "public, a person": (PUBLIC, _PERSON),
    "public, a newer version waits": (PUBLIC, _COMPANY),
    "public, suspended before and declined": (PUBLIC, _COMPANY),
    "public, a withdrawal waits": (PUBLIC, _COMPANY),
    "corrected": (PUBLIC, _LATER),
    "changed": (PUBLIC, _LATER),
    "minor at the act, chosen to publish": (PUBLIC, _PERSON),
    "minor at the act, chosen to withhold": (NOTHING, ""),
    "a minor among several, chosen to publish": (PUBLIC, _COMPANY),
    **{f"ended: {end}": (NOTICE, "id number reason") for end in ("changed", "revoked", "unlawful", "void", "redo")},
    "ended: credit repair": (NOTHING, ""),
    "ended: stopped early": (NOTHING, ""),
    "ended: sealed": (NOTHING, ""),
    "ended: published by mistake": (NOTHING, ""),
    "ended: revoked, a person": (NOTICE, "id number reason"),
    "revoked, sent again": (NOTICE, "id number reason"),
    "revoked, a later version approved": (NOTICE, "id number reason"),
    "mistake, sent again": (NOTHING, ""),
    "suspended": (NOTHING, ""),
    "suspended, sent again": (NOTHING, ""),
    "suspended, then revoked": (NOTICE, "id number reason"),
    "revoked, its notice suspended": (NOTHING, ""),
    "sealed by a new version": (NOTHING, ""),
    "withheld by a new version, sent again without": (NOTHING, ""),
    "expired": (NOTHING, ""),
    "expired, sent again": (NOTHING, ""),
    "restored": (PUBLIC, _COMPANY),
    "restored by one person only": (NOTICE, "id number reason"),
    "erased": (NOTHING, ""),
    "erased, was revoked": (NOTHING, ""),
    **{f"withheld: {ground}": (NOTHING, "") for ground in _GROUNDS},
    **{f"found later: {ground}": (NOTHING, "") for ground in _GROUNDS},
}
"""State by where it is told of, and which of its words may be told at all."""

SHOWN = sum(where is PUBLIC for where, _ in EXPECTED.values())
NOTICES = sum(where is NOTICE for where, _ in EXPECTED.values())


def words(given: Given, record: str) -> dict[str, str]:
    """What may be told of a decision somewhere, by kind."""
    party = {} if given.person else {"party": given.party, "code": given.code}
    texts = {"content": given.content, "facts": given.facts, "later": given.later, "reason": given.reason}
    return {"id": record, "number": given.number, **party, **texts}


@pytest.fixture(scope="module")
def city(empty_city: Path, tmp_path_factory: pytest.TempPathFactory) -> City:
    return make(Path(shutil.copytree(empty_city, tmp_path_factory.mktemp("states") / "city")))


class Reader:
    """Asks each address once, and reads what is escaped in it."""

    def __init__(self, client: httpx.Client) -> None:
        self._client, self._read = client, dict[str, httpx.Response]()

    def get(self, address: str) -> httpx.Response:
        if address not in self._read:
            answer = self._client.get(address)
            plain = html.unescape(surfaces.readable(answer))
            if answer.headers["content-type"].startswith("application/json"):
                plain = json.dumps(answer.json(), ensure_ascii=False)
            self._read[address] = httpx.Response(answer.status_code, text=plain)
        return self._read[address]


@pytest.fixture(scope="module")
def reader(city: City) -> Iterator[Reader]:
    """`gongshi serve` over the city, in a process of its own."""
    serve = [sys.executable, "-m", "gongshi.cli", "serve", "--root", str(city.commands.root), "--port", "0", "--json"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        told = ""
        while "}" not in told:
            told += process.stdout.readline()
        with httpx.Client(base_url=json.loads(told)["url"], timeout=60) as client:
            yield Reader(client)
        process.terminate()


def _law(reader: Reader) -> str:
    """The law that most decisions cite, and with them those of every state but the sealed ones."""
    return re.findall(r'href="/laws/(\w+)/"', reader.get("/laws/").text)[0]


def read(reader: Reader, city: City, state: str) -> dict[str, str]:
    """Every surface for the decision in a state, by name: status and text."""
    given, record = city.given[state], city.ids[state]
    known = surfaces.Known(
        id=record, sort=city.sorts.get(state, 0), kind="penalty", department=DEPARTMENT, day=given.day,
        number=given.number, words=(), gone_on=states.TODAY, region="220700", law=_law(reader),
    )  # fmt: skip
    party, facts = quote(given.party), quote(given.facts)
    more = {
        "search by party": f"/search?q={party}",
        "search by facts": f"/search?q={facts}",
        "search by later facts": f"/search?q={quote(given.later)}",
        "page of the company": f"/parties/{given.code}",
        "suggestions": f"/suggest?q={quote(given.party.removeprefix('松原').removesuffix('有限公司')[:-1])}",
        "api by party": f"/api/v1/decisions?q={party}",
        "api of the department": f"/api/v1/decisions?department={DEPARTMENT}",
        "correct": f"/correct/{record}",
        "all rows": "/data/public/decisions.csv?_size=max",
        "all parties": "/data/public/parties.csv?_size=max",
        "mark beside the notice": known.path.replace(".html", ".gone"),
    }
    asked = {name: reader.get(address) for name, address in more.items()}
    found = surfaces.surfaces(reader, known)  # type: ignore[arg-type]
    return found | {name: f"{answer.status_code}\n{answer.text}" for name, answer in asked.items()}


_ASKED = {
    **dict.fromkeys(("search", "search in facets", "api", "api of the search"), "number"),
    **dict.fromkeys((f"{form} of the search" for form in ("feed", "csv", "xlsx")), "number"),
    **dict.fromkeys(("search by party", "api by party"), "party"),
    "page of the company": "code",
    "search by facts": "facts",
    "search by later facts": "later",
}
"""What a surface was asked for, and repeats whatever it finds."""


def test_the_table_has_a_row_for_every_state() -> None:
    assert list(EXPECTED) == list(STATES)


@pytest.mark.article("D16", "D18", "D28", "S1.3", "S1.4")
@pytest.mark.parametrize("state", EXPECTED)
def test_each_surface_tells_what_the_table_says_and_no_more(reader: Reader, city: City, state: str) -> None:
    where, allowed = EXPECTED[state]
    found, given = read(reader, city, state), city.given[state]
    known = words(given, city.ids[state]).items()
    told = {name: _kept(name, {kind for kind, word in known if word in text}) for name, text in found.items()}
    may = {name: _may(name, kinds, allowed) for name, kinds in where.items()}
    for few in ("home", "kiosk"):
        assert told.pop(few) <= may.pop(few, set()), "the newest alone"
    assert {name: kinds for name, kinds in told.items() if kinds} == {
        name: kinds for name, kinds in may.items() if kinds
    }
    assert {name: leaked for name, text in found.items() if (leaked := _leaked(name, text, given))} == {}
    status = _STATUS[id(where)]
    assert {name: int(found[name][:3]) for name in status} == status


def _kept(surface: str, kinds: set[str]) -> set[str]:
    """What a surface tells of itself."""
    return kinds - {_ASKED.get(surface, "")}


def _may(surface: str, kinds: str, allowed: str) -> set[str]:
    """What a surface tells of a decision of which that much is public; who asks for what is not finds nothing."""
    asked = _ASKED.get(surface, "id")
    return _kept(surface, {*kinds.split()} & {*allowed.split()}) if asked in allowed.split() else set()


def _leaked(surface: str, text: str, given: Given) -> list[str]:
    """What no surface may tell."""
    asked = given.party if _ASKED.get(surface) == "party" else ""
    return [word for word in given.secrets if word in text and word not in asked]


_NOT_PUBLIC = ("status.", "manifest.db", "judged.db", "open.db", "server.log")
"""For the webmaster: ids, never another word."""


@pytest.mark.article("D18", "S1.4")
def test_no_byte_that_was_built_tells_more(city: City) -> None:
    paths = [path.relative_to(city.build).as_posix() for path in city.build.rglob("*") if path.is_file()]
    files = {path: path.encode() + b"\n" + (city.build / path).read_bytes() for path in paths}
    told = [(name, content) for name, content in files.items() if not name.startswith(_NOT_PUBLIC)]
    left = []
    for state, (_, allowed) in EXPECTED.items():
        given = city.given[state]
        hidden = {kind: word for kind, word in words(given, city.ids[state]).items() if kind not in allowed.split()}
        ours = [word for kind, word in hidden.items() if kind != "id"] + list(given.secrets)
        left += [(state, name) for name, content in files.items() if any(word.encode() in content for word in ours)]
        if "id" in hidden:
            left += [(state, name) for name, content in told if hidden["id"].encode() in content]
    assert left == []


def test_the_audit_finds_nothing_in_any_state(city: City) -> None:
    report = city.commands.json("audit")
    assert (report["findings"], report["ok"]) == ([], True)
    city.commands("verify")


COUNTS = {
    "/": [f"行政处罚 {SHOWN} 件", f"松原市市场监督管理局 {SHOWN} 件"],
    "/decisions/": [f"已公示 {SHOWN} 件", f"行政处罚 {SHOWN} 件", f"2026年 {SHOWN} 件", f"11月 {SHOWN} 件"],
    "/kinds/penalty/": [f"已公示 {SHOWN} 件", f"2026年 {SHOWN} 件", f"11月 {SHOWN} 件"],
    f"/departments/{DEPARTMENT}/": [f"已公示 {SHOWN} 件", f"行政处罚 {SHOWN} 件", f"11月 {SHOWN} 件"],
    "/departments/": [f"松原市市场监督管理局 {SHOWN} 件"],
    "/months/2026-11/": [f"共 {SHOWN} 件"],
    f"/days/{states.BEFORE}/": [f"共 {SHOWN} 件"],
    "/kinds/penalty/2026-11/": [f"共 {SHOWN} 件"],
    f"/departments/{DEPARTMENT}/2026-11/": [f"共 {SHOWN} 件"],
    "/notices/": [f"2026年 {NOTICES} 件", f"11月 {NOTICES} 件"],
    "/search": [f"已公示 {SHOWN} 条"],
    "/bulletins/": [f"2026年 {SHOWN} 件", f"11月 {SHOWN} 件"],
    "/bulletins/2026-11/": [f"本月首次公示 {SHOWN} 件，1 个部门"],
    "/kiosk/": [f"正在公示 {SHOWN} 件", f"行政处罚 {SHOWN} 件"],
    "/downloads/": [f"正在公示的 {SHOWN} 件决定", f"2026年11月 {SHOWN} 件", f"行政处罚 {SHOWN} 件"],
    "/figures/": [f"正在公示 {SHOWN} 件", "更正 1 件", "变更 1 件", f"撤下并说明理由 {NOTICES} 件"],
}  # fmt: skip
"""Address by the counts that it shows: what is held, withheld, expired or gone counts nowhere (DOMAIN.md 11)."""


@pytest.mark.article("D18")
@pytest.mark.parametrize("address", COUNTS)
def test_what_is_not_public_counts_nowhere(reader: Reader, address: str) -> None:
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", reader.get(address).text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    assert [count for count in COUNTS[address] if count not in text] == []
    strangers = {int(number) for number in re.findall(r"(\d+) [件条]", text)} - {SHOWN, NOTICES, 0, 1}
    assert strangers - ({ON_TIME} if address == "/figures/" else set()) == set()


ON_TIME = SHOWN - 1
"""What was changed counts neither as in time nor as late."""


def test_machines_count_what_people_count(reader: Reader) -> None:
    answer = json.loads(reader.get("/api/v1/decisions").text)
    facets = [facet["count"]["value"] for name in ("kind", "department", "year") for facet in answer["facets"][name]]
    assert (answer["total"]["value"], facets) == (SHOWN, [SHOWN] * 3)
    assert json.loads(reader.get("/api/v1/notices").text)["total"]["value"] == NOTICES
    for table, most in (("decisions", SHOWN), ("parties", SHOWN), ("penalty", SHOWN), ("notices", NOTICES)):
        assert len(reader.get(f"/data/public/{table}.csv?_size=max").text.splitlines()) == most + 1, table
    for suffix, headers in (("csv", 1), ("jsonl", 0), ("parquet", 0)):
        rows = reader.get(f"/downloads/2026-11-penalty.{suffix}").text.splitlines()
        assert len(rows) == SHOWN + headers, suffix
    assert reader.get("/downloads/2026-11.xlsx").text.count("/decisions/") == SHOWN
    for address in ("/downloads/2024-09.xlsx", "/downloads/2024-09-penalty.csv"):
        assert reader.get(address).status_code == 404, "a month of which everything is gone"
    figures = reader.get("/figures/figures.csv").text.splitlines()[1:]
    assert [line.split(",")[4:] for line in figures] == [[str(SHOWN), "0", str(ON_TIME), "1", "1", str(NOTICES)]]
    assert reader.get("/months/2024-09/").status_code == 404, "a month of which everything is gone"
