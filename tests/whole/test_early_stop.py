"""提前停止公示 and 信用修复: only where the city decided, under all conditions, leaving nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

NUMBER, GRAVE = "松市监罚〔2026〕101号", "松市监罚〔2026〕102号"
LATER = "2027-06-21"
BASE = ("--instrument-number", "松市监停公〔2027〕1号", "--instrument-date", "2027-06-20", "--note", "当事人申请")
TICKS = ("--duties-performed", "--harm-removed", "--not-repeated", "--not-listed")
DECIDED = "松政办函〔2026〕1号"


@pytest.fixture
def public(commands: Any, row: Callable[..., Any], sheet: Callable[..., Any]) -> Any:
    """Two penalties by market supervision, public since 2026-11-20; one of them closes a shop."""
    rows = [row("penalty", NUMBER), row("penalty", GRAVE, penalty_class="罚款、责令停产停业")]
    commands.publish(sheet("处罚.csv", rows))
    commands("rebuild")
    assert len(commands.pages()) == 2
    return commands


def stop(commands: Any, number: str, *more: str, code: int = 0, today: str = LATER) -> str:
    words = ("withdraw", number, "--by", "周示礼", "--ending", "提前停止公示", *BASE, *more)
    return commands(*words, code=code, today=today).output


def decide(commands: Any) -> None:
    rules = ("R45-14", "SAMR3-half-year", "SAMR3-year")
    commands("setup", "--by", "吴示网", *(word for rule in rules for word in ("--decide", f"{rule}={DECIDED}")))


def test_nobody_stops_early_before_the_city_decided(public: Any) -> None:
    told = stop(public, NUMBER, *TICKS, code=1)
    assert "未启用：市级决定" in told
    assert "现在可以选：变更" in told


def test_early_stop_takes_time_conditions_and_no_grave_penalty_and_leaves_nothing(public: Any) -> None:
    decide(public)
    assert "自首次公示之日起满6个月" in stop(public, NUMBER, *TICKS, code=1, today="2027-05-19")
    assert "不适用于这条决定" in stop(public, GRAVE, *TICKS, code=1)
    for left_out in TICKS:
        told = stop(public, NUMBER, *(tick for tick in TICKS if tick != left_out), code=1)
        assert "须确认" in told
    stop(public, NUMBER, *TICKS)
    number = next(one["number"] for one in public.json("due", today=LATER, code=0) if one.get("act"))
    public("confirm", str(number), "--by", "郑示正", "--opinion", "同意", today=LATER)
    assert len(public.pages()) == 1
    assert not list((public.root / "build/site/decisions").rglob("*.gone")), "nothing stays"


def test_credit_repair_is_an_end_once_the_city_decided(public: Any) -> None:
    words = ("withdraw", GRAVE, "--by", "周示礼", "--ending", "信用修复", *BASE)
    agency = ("--instrument-agency", "松原市发展和改革委员会")
    assert "未启用" in public(*words, *agency, code=1, today=LATER).output
    public("setup", "--by", "吴示网", "--decide", f"CR36-repair={DECIDED}")
    assert "作出终止文书的机关" in public(*words, code=1, today=LATER).output
    assert "等待确认" in public(*words, *agency, today=LATER).output
