"""Whether an officer's certificate holds, in the words that a citizen needs at the door (D7, D14).

A page has no clock: the row's validity is that of the day on which public.db was made, and the day on which it turns
makes the page again. What is declared of a certificate (暂扣, 吊销) is said where the city shows it, otherwise no
more than that it does not hold.
"""

from __future__ import annotations

from typing import NamedTuple

from gongshi.law.registry import Standing, Validity
from gongshi.records.registry.officer import VALID
from gongshi.render.registry.rows import Record
from gongshi.render.words import date_zh

_NOT = "目前不能据以执法。"


class Verdict(NamedTuple):
    """`said` goes on after the certificate's name and number."""

    holds: bool
    said: str

    @property
    def word(self) -> str:
        """What stands first."""
        return word(self.holds)


def word(holds: bool) -> str:
    """证件有效 or 证件无效."""
    return "证件有效" if holds else "证件无效"


def holds(standing: str, validity: str) -> bool:
    """Whether the certificate of an officer with these columns holds today."""
    return standing == Standing.IN_FORCE and validity == Validity.VALID


def verdict(officer: Record) -> Verdict:
    """What is to be said of an officer's certificate today."""
    return Verdict(holds(officer.standing, officer.validity), _said(officer))


def _said(officer: Record) -> str:
    until = date_zh(officer.valid_to)
    if officer.is_over:
        day = date_zh(officer.effective_to)
        return f"今天无效：{day}以后不再列入{officer.department_name}的执法人员，{_NOT}"
    if officer.validity == Validity.VALID:
        return f"今天有效，有效期至{until}。"
    if officer.validity == Validity.EXPIRED:
        return f"今天无效：有效期已于{until}届满，{_NOT}"
    if officer.validity == Validity.NOT_YET:
        return f"今天无效：自{date_zh(officer.text('valid_from'))}起才有效，{_NOT}"
    state = officer.text("state")
    return f"今天无效（证件状态：{state}）：{_NOT}" if state and state != VALID else f"今天无效：{_NOT}"
