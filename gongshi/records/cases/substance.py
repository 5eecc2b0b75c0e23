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

PARTS = {
    "party": "当事人",
    "facts": "事实",
    "basis": "依据",
    "kind": "执法类别",
    "result": "结果",
    "classes": "处罚种类",
    "amount": "金额",
}
"""The five, and their words: of the result its kind and the classes of penalty count by themselves, too."""
_SEPARATED = re.compile(r"[、，,；;\s]+")
_OTHERS = ("第三人", "证人", "投诉举报人")
"""People in a case who are no parties of its decision."""
_NUMBER = "0-9〇零一二三四五六七八九十百千万亿"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MARKS = re.compile(rf"(?<=[{_NUMBER}])([\W_]+)(?=[{_NUMBER}])|[\W_]+")
"""Between two numerals a mark has a sense: 1.5 is not 15, 第十、二条 not 第十二条."""
_CODES = ("party_uscc", "party_document_number")


def substance_of_case(values: Values, parties: Iterable[Values]) -> str:
    """Of a case's draft, as canonical JSON of the five."""
    mine = [party for party in parties if (party.get("role") or "") not in _OTHERS]
    return _text(
        party=_parties(mine),
        facts=_words(values.get("facts")),
        basis=_words(values.get("legal_basis")),
        kind=values.get("kind") or "",
        result=_words(values.get("proposed_result")),
        classes=_classes(values.get("penalty_class")),
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
        classes=_classes("、".join(filter(None, (source.get("penalty_class") for source in sources)))),
        amount=_amounts(sources, "fine", "confiscated"),
    )


def differs(one: str, other: str) -> tuple[str, ...]:
    """The words of those of the five in which two substances differ; what only one of them can say is not compared."""
    mine: Mapping[str, str] = orjson.loads(one)
    theirs: Mapping[str, str] = orjson.loads(other)
    return tuple(
        label for part, label in PARTS.items() if part in mine and part in theirs and mine[part] != theirs[part]
    )


def _text(**parts: str) -> str:
    return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS).decode()


def _words(text: str | None) -> str:
    """Without what does not change the sense: widths, blanks, punctuation; between numerals one mark stays."""
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text or ""))
    return _MARKS.sub(_mark, plain).casefold()


def _mark(found: re.Match[str]) -> str:
    """Blanks alone separate no numbers; any mark does, and a point is what it is."""
    between = "".join((found[1] or "").split())
    return between if between == "." else "|" if between else ""


def _classes(text: str | None) -> str:
    return "、".join(sorted(set(filter(None, _SEPARATED.split(text or "")))))


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
