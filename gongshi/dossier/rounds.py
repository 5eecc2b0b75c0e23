"""The rounds of a legal review in words: what was handed in, who reviewed it, in what term, with what opinion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongshi.dossier import spoken
from gongshi.dossier.reading import CaseFile
from gongshi.instance import Instance
from gongshi.law.review.checklists import ASPECTS, MATERIALS, NOT_APPLICABLE, STATEMENT, answers, word
from gongshi.law.review.flow import Review, Round
from gongshi.law.review.words import Event
from gongshi.lifecycle.legal.ledger import RoundRow, rows_of
from gongshi.store.operations import Operation

_WORDS = {"ok": "没有问题", "problem": "存在问题", NOT_APPLICABLE: "不适用"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One item of a checklist with what was said of it."""

    code: str
    label: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One round. Instants in words; empty what did not happen. `due` is the last day of the review, `kept` whether the
    opinion came by then."""

    number: int
    submitted: str
    handler: str
    to: str
    reviewer: str
    received: str
    requested: tuple[str, ...]
    until: str
    extended: str
    due: str
    kept: str
    opinion: str
    opinion_at: str
    text: str
    ruling: str
    outcome: str
    discussed: str
    participants: str
    materials: tuple[Answer, ...]
    statement: tuple[Answer, ...]
    aspects: tuple[Answer, ...]


def rounds(file: CaseFile, review: Review, instance: Instance, today: date) -> tuple[Reviewed, ...]:
    """Every round of a case's review, the first first."""
    rows = rows_of(file.case, review, instance, today)
    return tuple(_reviewed(file, one, row, instance) for one, row in zip(review.rounds, rows, strict=True))


def _reviewed(file: CaseFile, one: Round, row: RoundRow, instance: Instance) -> Reviewed:
    said = _fields(file, one.number)
    return Reviewed(
        number=one.number,
        submitted=spoken.instant(one.submitted_at),
        handler=one.handler,
        to=one.to,
        reviewer=one.reviewer,
        received=spoken.instant(one.received_at),
        requested=tuple(_labels(instance, one.requested)),
        until=one.until,
        extended=spoken.instant(one.extended_at),
        due=str(row.due or ""),
        kept=row.kept.label,
        opinion=one.opinion.label if one.opinion else "",
        opinion_at=spoken.instant(one.opinion_at),
        text=said.get("text", ""),
        ruling=one.ruling.label if one.ruling else "",
        outcome=one.outcome.label if one.outcome else "",
        discussed=spoken.instant(one.discussed_at),
        participants=said.get("participants", ""),
        materials=answered(instance, MATERIALS, said.get("materials", "")),
        statement=answered(instance, STATEMENT, said.get("statement", "")),
        aspects=answered(instance, ASPECTS, said.get("aspects", "")),
    )


def answered(instance: Instance, checklist: str, text: str) -> tuple[Answer, ...]:
    """Every item of a city's checklist with what the text says of it; empty what it does not say."""
    said, listed = answers(text), instance.checklists.get(checklist)
    items = listed.items if listed else ()
    return tuple(Answer(code=one.code, label=one.label, said=_in_words(said.get(one.code, ""))) for one in items)


def _in_words(said: str) -> str:
    first, more = word(said)
    told = _WORDS.get(first, first)
    return f"{told}：{more}" if more else told


def _labels(instance: Instance, codes: tuple[str, ...]) -> list[str]:
    """Requested materials in words, where the city's list has them."""
    listed = instance.checklists.get(MATERIALS)
    known = {one.code: one.label for one in listed.items} if listed else {}
    return [f"第{code.strip()}项　{known[code.strip()]}" if code.strip() in known else code.strip() for code in codes]


def _fields(file: CaseFile, number: int) -> Mapping[str, str]:
    """What was said in a round, the latest where it was said twice."""
    found: dict[str, str] = {}
    for _, payload in file.of(Operation.LEGAL):
        if payload["round"] == number and payload["event"] != Event.REQUIRE:
            found.update(payload["fields"])
    return found
