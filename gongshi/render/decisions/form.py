"""A decision's page as the form it has, and the values that stand in it: what look/stamping.py needs to know."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from gongshi.render.contexts import DecisionPage, Fact, Link, Step, Timing
from gongshi.render.look.site import Crumb, Head
from gongshi.render.look.stamping import Forms

_OWN = (
    "updated_on",
    "title",
    "result",
    "number",
    "decided_on",
    "remedies",
    "served_on",
    "supervision",
    "correction",
    "address",
    "citation",
)
_HEAD = ("title", "path", "description", "keywords", "published", "source", "linked")
_DEPARTMENT = ("key", "name")
_TIMES = ("provisional", "late", "earlier")
_TIMING = tuple(name for name in Timing._fields if name not in _TIMES)
_own, _form = attrgetter(*_OWN), attrgetter("kind", "state", "corrected", "changed", "held", "masked", "party_columns")
_head, _head_form = attrgetter(*_HEAD), attrgetter(*(name for name in Head._fields if name not in _HEAD))
_timing, _timing_form = attrgetter(*_TIMING), attrgetter(*_TIMES)
_department = attrgetter(*_DEPARTMENT)


def printed(forms: Forms, page: DecisionPage) -> bytes:
    """The bytes of a decision's page."""
    form, values = taken(page)
    return forms.print("decision.html", form, values, lambda others: vars(filled(page, others)))


def taken(page: DecisionPage) -> tuple[Hashable, list[Any]]:
    """The form of a page, and its values in the order in which `filled` puts them back."""
    values = [*_own(page), *_head(page.head), *_timing(page.timing), *_department(page.department)]
    for crumb in page.crumbs:
        values += crumb
    for step in page.steps:
        values += step
    for link in page.related:
        values += link
    facts = [_facts(some, values) for some in (page.facts, *page.parties)]
    many = tuple(map(len, (page.crumbs, page.steps, page.related)))
    return (_form(page), _head_form(page.head), _timing_form(page.timing), many, *facts), values


def _facts(facts: Sequence[Fact], values: list[Any]) -> Hashable:
    """Labels, and how the values stand under them; the values join the others."""
    if not facts:
        return ()
    labels, texts, *ways = zip(*facts, strict=True)
    values += texts
    return labels, *ways


def filled(page: DecisionPage, values: Iterable[Any]) -> DecisionPage:
    """A page of the same form with other values."""
    left = iter(values)
    return replace(
        page,
        **_some(_OWN, left),
        head=page.head._replace(**_some(_HEAD, left)),
        timing=page.timing._replace(**_some(_TIMING, left)),
        department=replace(page.department, **_some(_DEPARTMENT, left)),
        crumbs=tuple(Crumb(next(left), next(left)) for _ in page.crumbs),
        steps=tuple(Step(next(left), next(left), next(left)) for _ in page.steps),
        related=tuple(Link(next(left), next(left)) for _ in page.related),
        facts=tuple(fact._replace(value=next(left)) for fact in page.facts),
        parties=tuple(tuple(fact._replace(value=next(left)) for fact in party) for party in page.parties),
    )


def _some(names: Iterable[str], values: Iterator[Any]) -> dict[str, Any]:
    return {name: next(values) for name in names}
