"""The papers of a legal review, to print and sign: 送审表 (L5 to L7), 补正通知 (L6), 法制审核意见书 (L8, L10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongshi.dossier import spoken
from gongshi.dossier.articles import OPINIONS
from gongshi.dossier.dossier import Fields
from gongshi.dossier.reading import CaseFile
from gongshi.dossier.rounds import Reviewed
from gongshi.instance import Instance
from gongshi.law.review.flow import Review, Round
from gongshi.law.review.words import Event
from gongshi.law.rule import Question
from gongshi.lifecycle.errors import LifecycleError
from gongshi.records.cases.case import CASE
from gongshi.store.operations import Operation

_BASICS = ("number", "kind", "procedure", "item_name", "handling_body", "handlers", "investigation_ended_at", "hearing")
_DRAFT = ("facts", "legal_basis", "proposed_result", "penalty_class", "proposed_fine", "proposed_confiscated")


class FormKind(StrEnum):
    """Which paper."""

    SUBMISSION = "submission"
    MATERIALS = "materials"
    OPINION = "opinion"


TITLES = {
    FormKind.SUBMISSION: "重大行政执法决定法制审核送审表",
    FormKind.MATERIALS: "法制审核材料补正通知书",
    FormKind.OPINION: "法制审核意见书",
}


class NothingToPrint(LifecycleError):
    """A paper of a round that there was not, or that came to no such point."""

    code = "nothing_to_print"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A paper: of which case and round, the draft as it was submitted, why it is a major one, by which article."""

    title: str
    number: str
    id: str
    department: str
    legal_body: str
    basics: Fields
    parties: tuple[str, ...]
    draft: Fields
    triggers: tuple[str, ...]
    round: Reviewed
    article: str


def form(
    kind: FormKind,
    file: CaseFile,
    review: Review,
    reviewed: tuple[Reviewed, ...],
    instance: Instance,
    *,
    number: int = 0,
) -> Form:
    """A paper of a round, of the last where no number is given. Raises NothingToPrint."""
    wanted = number or len(review.rounds)
    if not 1 <= wanted <= len(review.rounds):
        raise NothingToPrint(f"没有第 {wanted} 轮法制审核。" if wanted else "本案还没有送审。")
    one = review.rounds[wanted - 1]
    if missing := _MISSING[kind](one):
        raise NothingToPrint(f"第 {wanted} 轮{missing}。")
    then = _as_submitted(file, wanted)
    case = file.case
    return Form(
        title=TITLES[kind],
        number=file.number,
        id=case.id,
        department=instance.departments[case.department].name,
        legal_body=one.to or instance.roles.of(case.department).legal_body,
        basics=_some(then, _BASICS),
        parties=tuple(party.get("party_name") or "" for party in then.parties),
        draft=_some(then, _DRAFT),
        triggers=_triggers(file, instance),
        round=reviewed[wanted - 1],
        article=OPINIONS[one.opinion] if one.opinion else "",
    )


_MISSING: Mapping[FormKind, Callable[[Round], str]] = {
    FormKind.SUBMISSION: lambda one: "",
    FormKind.MATERIALS: lambda one: "" if one.requested else "没有要求补正材料",
    FormKind.OPINION: lambda one: "" if one.opinion else "还没有出具审核意见",
}
"""Why a round has no such paper; empty where it has."""


def _as_submitted(file: CaseFile, number: int) -> CaseFile:
    """The case as it was handed in: a draft that changed since is another one (L5)."""
    found = (
        entry.seq
        for entry, said in file.of(Operation.LEGAL)
        if said["event"] == Event.SUBMIT and said["round"] == number
    )
    return file.as_of(next(found))


def _some(file: CaseFile, names: tuple[str, ...]) -> Fields:
    return spoken.fields(CASE, {name: file.values.get(name) for name in names})


def _triggers(file: CaseFile, instance: Instance) -> tuple[str, ...]:
    """Why it is a major one, in the words of the rules with their articles."""
    case = file.case
    codes = case.triggers | (case.raised - case.lowered)
    ours = instance.rules.concerning(Question.MAJOR, case.kind, case.department)
    rules = [rule for rule in ours if rule.value in codes and rule.enabled]
    told = {str(rule.value): f"{rule.title}（{rule.article}）" for rule in reversed(rules)}
    return tuple(told.get(code, code) for code in sorted(codes))
