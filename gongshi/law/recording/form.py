"""From a mapping, as it stands in data/reference/rules/recording.yml, to a Requirement; every fault of it at once.

Pure: files and lines are the caller's (gongshi/instance).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from gongshi.law.recording.model import ANY, STAGES, Either, Requirement
from gongshi.law.rule_checks import RuleFault
from gongshi.law.rule_form import reader_of, unknown_keys

HEAD = ("instrument", "rank", "issuer", "source", "effective_from", "effective_to")
"""What a file says once for all its requirements; a requirement may say its own."""
_EITHER = "|"
_OF_CASE = "case."
_KEYS = {"from": "start", "to": "end"}
"""Words of the file that are none in Python."""
_FIELDS = {item.name: item for item in fields(Requirement)}
_NEEDED = tuple(
    name
    for name, item in _FIELDS.items()
    if item.default is MISSING and item.default_factory is MISSING and name != "basis"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The closed vocabularies that a requirement draws on, as the records declare them."""

    kinds: Collection[str]
    procedures: Collection[str]
    tokens: Collection[str]
    media: Collection[str]
    signers: Collection[str]
    circumstances: Collection[str]
    contents: Collection[str]
    fields: Collection[str]
    case_fields: Collection[str]
    documents: Collection[str]
    terms: Collection[str]


def parse_requirement(
    row: Mapping[str, Any], articles: Mapping[str, str], words: Words
) -> Requirement | list[RuleFault]:
    """The requirement that `row` (the file's head laid under it) states, or everything that is wrong with it.

    `articles` are the words of the instrument's articles: the basis of the requirement.
    """
    known = {str(key): _KEYS.get(str(key), str(key)) for key in row}
    faults = list(unknown_keys(known.values(), frozenset(_FIELDS) - {"basis"}, "requirement_key_unknown"))
    faults += [
        RuleFault("requirement_key_missing", name, f"缺少 {name}：每项要求都要写明")
        for name in _NEEDED
        if row.get(name) in (None, "")
    ]
    values: dict[str, Any] = {}
    for key, name in known.items():
        if name in _FIELDS and name != "basis":
            read: Callable[[Any], Any] = _READERS.get(name, _text)
            try:
                values[name] = read(row[key])
            except (ValueError, TypeError) as error:
                faults.append(RuleFault("requirement_value_bad", key, f"{key} 的值“{row[key]}”不对：{error}"))
    basis = articles.get(str(row.get("article", "")), "")
    if not basis and row.get("article"):
        faults.append(
            RuleFault("requirement_basis_missing", "article", f"articles 里没有“{row['article']}”的原文：请补上")
        )
    if faults:
        return faults
    values["article"] = f"{values['instrument']}{values['article']}"
    requirement = Requirement(**values, basis=basis)
    return list(_strange(requirement, words)) or requirement


def _text(value: Any) -> str:
    if isinstance(value, Mapping | list):
        raise TypeError("这里应当是一段文字")
    return " ".join(str(value).split())


def _listed(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("这里应当是列表，例如 [甲, 乙]")
    return tuple(_text(item) for item in value)


def _set(value: Any) -> frozenset[str]:
    return frozenset(_listed(value))


def _either(value: Any) -> tuple[Either, ...]:
    return tuple(frozenset(item.split(_EITHER)) for item in _listed(value))


def _combinations(value: Any) -> tuple[Either, ...]:
    if not isinstance(value, list):
        raise TypeError("这里应当是列表的列表，例如 [[video], [audio, photo]]")
    return tuple(map(_set, value))


def _stage(value: Any) -> str:
    if value not in (*STAGES, ANY):
        raise ValueError(f"只能是 {'、'.join((*STAGES, ANY))}")
    return str(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    **{name: reader_of(name) for name in ("rank", "source", "effect", "effective_from", "effective_to")},
    **dict.fromkeys(("or_refusal", "or_reason", "other_term", "not_applicable"), reader_of("enabled")),
    **dict.fromkeys(("kinds", "procedures", "unless", "contents"), _set),
    **dict.fromkeys(("needs", "needs_all", "each", "served", "before"), _listed),
    **dict.fromkeys(("when", "filled", "signed"), _either),
    "recorded": _combinations,
    "stage": _stage,
}
_PLACES = ("at", "stored_at", "case.started_at", "case.filed_at", "case.ended_on")
"""The instants from which and to which a term may run."""


def _strange(requirement: Requirement, words: Words) -> Iterator[RuleFault]:
    """Words that nothing else knows: a requirement with one could never be met, or never apply."""
    media = {f"*:{medium}" for medium in words.media}
    asked: dict[str, tuple[Collection[str], Collection[str]]] = {
        "kinds": (requirement.kinds, words.kinds),
        "procedures": (requirement.procedures, words.procedures),
        "when": (_any_of(requirement.when), words.circumstances),
        "unless": (requirement.unless, words.circumstances),
        "needs": ((*requirement.needs, *requirement.needs_all), words.tokens),
        "each": (requirement.each, {*words.tokens, *media}),
        "served": (requirement.served, words.documents),
        "before": (requirement.before, words.tokens),
        "contents": (requirement.contents, words.contents),
        "signed": (_any_of(requirement.signed), words.signers),
        "recorded": (_any_of(requirement.recorded), words.media),
        "filled": (_any_of(requirement.filled), {*words.fields, *(_OF_CASE + name for name in words.case_fields)}),
        "term": ([requirement.term] if requirement.term else [], words.terms),
        "from": ([requirement.start] if requirement.term else [], _PLACES),
        "to": ([requirement.end] if requirement.term else [], _PLACES),
    }
    for key, (used, known) in asked.items():
        for word in sorted(set(used) - set(known)):
            code = "requirement_term_unknown" if key == "term" else "requirement_word_unknown"
            yield RuleFault(code, key, f"要求 {requirement.id} 的 {key} 里没有“{word}”这个词")
    if len([one for one in (requirement.needs, requirement.needs_all, requirement.each) if one]) > 1:
        yield RuleFault("requirement_contradicts", "needs", "needs、needs_all、each 只能写一项")


def _any_of(either: tuple[Either, ...]) -> frozenset[str]:
    return frozenset[str]().union(*either)
