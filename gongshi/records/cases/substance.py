"""What a decision decides, apart from how it is worded and laid out: party, facts, basis, result, amount (L5).

The draft that was reviewed and the decision that is made must be equal in these five; any difference is a new round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal

import orjson

from gongshi.records.decision import Decision, Values

PARTS = {"party": "当事人", "facts": "事实", "basis": "依据", "result": "结果", "amount": "金额"}
"""The five, and their words."""
_OTHERS = ("证人", "投诉举报人")
"""People in a case who are no parties of its decision."""
_MARKS = re.compile(r"[\s\W_]+")
_CODES = ("party_uscc", "party_document_number")


def substance_of_case(values: Values, parties: Iterable[Values]) -> str:
    """Of a case's draft, as canonical JSON of the five."""
    mine = [party for party in parties if (party.get("role") or "") not in _OTHERS]
    return _text(
        party=_parties(mine),
        facts=_words(values.get("facts")),
        basis=_words(values.get("legal_basis")),
        result=_words(values.get("proposed_result")),
        amount=_amounts([values], "proposed_fine", "proposed_confiscated"),
    )


def substance_of_decision(decision: Decision) -> str:
    """Of a decision, as canonical JSON of the five."""
    sources = (decision.values, *decision.parties)
    return _text(
        party=_parties(decision.parties),
        facts=_everywhere(sources, "facts"),
        basis=_everywhere(sources, "legal_basis"),
        result=_everywhere(sources, "content"),
        amount=_amounts(sources, "fine", "confiscated"),
    )


def differs(one: str, other: str) -> tuple[str, ...]:
    """The words of those of the five in which two substances differ."""
    mine: Mapping[str, str] = orjson.loads(one)
    theirs: Mapping[str, str] = orjson.loads(other)
    return tuple(label for part, label in PARTS.items() if mine.get(part) != theirs.get(part))


def _text(**parts: str) -> str:
    return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS).decode()


def _words(text: str | None) -> str:
    """Without what does not change the sense: widths, blanks, punctuation."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text or "")).casefold()


def _everywhere(sources: Iterable[Values], name: str) -> str:
    return "；".join(sorted({_words(text) for source in sources if (text := source.get(name))}))


def _parties(parties: Iterable[Values]) -> str:
    told = (
        (_words(party.get("party_name")), next((party[code] or "" for code in _CODES if party.get(code)), ""))
        for party in parties
    )
    return "；".join(sorted(f"{name}/{code}" for name, code in told))


def _amounts(sources: Iterable[Values], *names: str) -> str:
    found = list(sources)
    sums = (sum(Decimal(amount) for source in found if (amount := source.get(name))) for name in names)
    return "/".join(f"{Decimal(one):.2f}" for one in sums)
