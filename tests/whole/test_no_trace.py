"""What ends without a notice leaves nothing: not a byte, not a count, not a gap (DOMAIN.md 11, promise 8)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gongshi.cli import main
from gongshi.publish.database.standing import published_head

NUMBER = "松市监罚〔2026〕7315号"
FACTS = "检查时发现冷藏柜内存放超过保质期的酸牛奶四十二盒"
PARTY = "宁江区例九乳品经销部"
PERSON = {
    "party_name": "张建国",
    "party_type": "自然人",
    "party_document_number": "220702198001011234",
    "party_uscc": "",
}
TODAY, LATE = "2026-11-20", "2028-12-20"
"""After a natural person's two years, before an organisation's five."""
INSTRUMENT = ("--instrument-number", "松政复决〔2026〕3号", "--instrument-agency", "松原市人民政府")
DAYS = ("--instrument-date", "2026-11-18", "--effective-on", "2026-11-18", "--received-on", "2026-11-19")


def withdrawn(ending: str, *more: str) -> Callable[[Any, str], None]:
    def act(commands: Any, record: str) -> None:
        commands("withdraw", record, "--by", "周示礼", "--ending", ending, "--note", "内部说明", *more)
        commands("confirm", record, "--by", "郑示正", "--opinion", "同意")

    return act


def suspended(commands: Any, record: str) -> None:
    commands("suspend", record, "--by", "周示礼", "--why", "疑似有误")


def nothing(commands: Any, record: str) -> None:
    pass


@dataclass(frozen=True)
class End:
    """How it comes down: what was special in it, what people do, what is sent again, and the day."""

    act: Callable[[Any, str], None] = nothing
    ours: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[str, str] = field(default_factory=dict)
    today: str = TODAY


ENDS = {
    "published by mistake": End(withdrawn("误公示")),
    "a ground of D18 found later": End(withdrawn("ground", "--ground", "主要事实涉密涉私")),
    "suspended": End(suspended),
    "a ground of D18 in a new version": End(again={"withhold_ground": "危及安全稳定", "withhold_reason": "经研判"}),
    "sealed by the law it cites": End(again={"legal_basis": "《中华人民共和国治安管理处罚法》第四十三条"}),
    "expired": End(ours=PERSON, today=LATE),
    "withdrawn, and the notice's time is over": End(
        withdrawn("撤销", "--reason", "适用程序错误", *INSTRUMENT, *DAYS), ours=PERSON, today=LATE
    ),
}


@pytest.fixture(scope="module")
def without(empty_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A city that never had the decision, as it is on a day; made once for each day."""
    made: dict[str, Path] = {}

    def as_of(today: str) -> Path:
        if today not in made:
            before = made.get(TODAY, empty_city)
            made[today] = Path(shutil.copytree(before, tmp_path_factory.mktemp("without") / "city"))
        return made[today]

    return as_of


@pytest.fixture
def penalties(row: Any, sheet: Any) -> Callable[..., Path]:
    """A file with penalties of these numbers, all with the given fields."""
    return lambda *numbers, **given: sheet("file.csv", [row("penalty", number, **given) for number in numbers])


@pytest.mark.article("D18", "D28")
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_the_site_is_that_of_a_city_that_never_had_it(
    end: End, without: Callable[[str], Path], city_at: Any, penalties: Callable[..., Path], tmp_path: Path
) -> None:
    twin = city_at(without(TODAY))
    if not twin.pages():
        twin.publish(penalties("松市监罚〔2026〕7314号", "松市监罚〔2026〕7316号"))
        twin("rebuild")
    commands = city_at(Path(shutil.copytree(twin.root, tmp_path / "city")))
    ours = {"party_name": PARTY, "facts": FACTS, **end.ours}
    commands.publish(penalties(NUMBER, **ours))
    commands("rebuild")
    (record,) = {page.stem for page in commands.pages()} - {page.stem for page in twin.pages()}
    assert telling(commands, record, NUMBER)

    end.act(commands, record)
    if end.again:
        commands.publish(penalties(NUMBER, **{**ours, **end.again}))
    for city in (commands, city_at(without(end.today))):
        rebuilt(city, end.today)
    assert telling(commands, record, NUMBER, FACTS, PARTY) == []
    assert without_head(commands) == without_head(city_at(without(end.today)))


def rebuilt(commands: Any, today: str) -> None:
    """Rebuilt as of a day; that holidays of later years are not known calls for the webmaster, no more."""
    told = CliRunner().invoke(main, ["rebuild", "--root", str(commands.root), "--today", today])
    assert told.exit_code in (0, 3), told.output


def telling(commands: Any, *words: str) -> list[str]:
    files = {**commands.site(), "public.db": (commands.root / "build" / "public.db").read_bytes()}
    return [path for path, content in files.items() if any(word.encode() in path.encode() + content for word in words)]


def without_head(commands: Any) -> dict[str, bytes]:
    """The site without the hash of the journal's head, which moves with every entry."""
    head = published_head(commands.root / "build" / "public.db").encode()
    assert head
    return {path: content.replace(head, b"head") for path, content in commands.site().items()}
