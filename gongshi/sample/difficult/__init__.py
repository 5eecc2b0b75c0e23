"""The cases in which naive software goes wrong (DOMAIN.md), one or more of each, written by hand."""

from __future__ import annotations

from random import Random

from gongshi.sample.difficult import dates, grounds, names, parties, texts
from gongshi.sample.difficult.case import EARLIER, NEW, RETURNED, SHOWN, UNDECIDED, WAITING, Case, People


def cases(rng: Random) -> list[Case]:
    """Every difficult case, with numbers drawn from `rng`."""
    people = People(rng)
    makers = (
        parties.parties,
        parties.ages,
        names.names,
        grounds.grounds,
        texts.texts,
        texts.amounts,
        dates.dates,
        dates.states,
    )
    return [case for make in makers for case in make(people)]


__all__ = ["EARLIER", "NEW", "RETURNED", "SHOWN", "UNDECIDED", "WAITING", "Case", "cases"]
