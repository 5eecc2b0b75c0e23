"""What the law looks at: the facts of one decision and of its parties, without any name or number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NATURAL_PERSON = "自然人"
SOLE_TRADER = "个体工商户"
"""Types of party for which the law has rules of their own; every other is an organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """One party. `type` is 法人及非法人组织, 自然人 or 个体工商户; `born_on` comes from the identity
    number, the two ticks from the sheet, None where nobody said."""

    type: str
    born_on: date | None = None
    adult_when_decided: bool | None = None
    adult_when_acted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """One decision as the law sees it.

    `event_on` is the day of decision, or the end of a random inspection. `formed_on` counts only
    where it is later. `earlier` marks 历史数据补录, whose `first_published_on` is the old platform's.
    `outcome` is an inspection's; `fine` is in yuan, the highest where parties were fined apart;
    `procedure` (普通程序, 简易程序), `severity` (轻微, 一般, 严重) and `social_effect` are empty where
    the source does not say. `choice` is what a reviewer recorded for a decision that concerns a
    minor: publish, withhold, or nothing yet (DOMAIN.md 10). `item` is the code of the item on which it rests,
    `confiscated` in yuan like `fine`, `heard` whether a hearing was asked for or held, None where nobody said.
    `major` is whether its department called it a major one (是否重大执法决定), `review` what answers for its legal
    review (gongshi/law/review/attestation.py), empty where it needs none or where nobody looked.
    """

    kind: str
    department: str
    event_on: date
    sector: str = ""
    formed_on: date | None = None
    changed_on: date | None = None
    handled_on: date | None = None
    outcome: str = ""
    legal_basis: tuple[str, ...] = ()
    penalty_classes: tuple[str, ...] = ()
    fine: Decimal | None = None
    procedure: str = ""
    severity: str = ""
    social_effect: bool | None = None
    valid_until: date | None = None
    publish_until: date | None = None
    withhold_ground: str = ""
    secrecy_checked: bool | None = None
    first_published_on: date | None = None
    earlier: bool = False
    choice: str = ""
    item: str = ""
    confiscated: Decimal | None = None
    heard: bool | None = None
    major: bool | None = None
    review: str = ""
    parties: tuple[PartyFacts, ...] = ()
