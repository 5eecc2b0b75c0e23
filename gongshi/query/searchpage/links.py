"""Where the search page leads: other types, other orders, fewer and more conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongshi.query.everything import Found, Tab, Try
from gongshi.query.facets import Choice, Count
from gongshi.query.filters import FILTERS, OF_RECORDS, RECORDS, TYPES
from gongshi.query.known import Known
from gongshi.query.question import DAYS, ORDER_LABELS, Order, Question
from gongshi.render.words import date_zh

OPEN = 8
"""Values of a filter that are listed at once; the rest opens on demand."""
_OF_RECORDS = {"type": "信息种类", "department": "公示部门", "act": "执法类别"}
"""What registers and lists are narrowed by: the parameter, its label."""
_KIND = "kind"
"""What their answer calls the parameter `type`."""


class FacetLink(NamedTuple):
    """One value of a filter as a link, and how many hits it leaves; choosing the chosen one again takes it away."""

    label: str
    href: str
    hits: Count | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One filter with its values."""

    label: str
    links: tuple[FacetLink, ...]

    @property
    def groups(self) -> tuple[tuple[FacetLink, ...], ...]:
        """The links shown at once, and the others."""
        return tuple(group for group in (self.links[:OPEN], self.links[OPEN:]) if group)


@dataclass(frozen=True, slots=True)
class Link:
    """A tab, an order, or a condition that can be taken away."""

    label: str
    href: str
    current: bool = False
    count: Count | None = None


def tab(tab: Tab) -> Link:
    return Link(tab.label, tab.question.address(), tab.is_current, tab.count)


def attempt(one: Try) -> Link:
    return Link(one.why, one.question.address(), count=one.count)


def orders(question: Question) -> Iterator[Link]:
    for order, label in ORDER_LABELS.items():
        if order is not Order.BEST or question.words:
            yield Link(label, question.address(order=order), order is question.sorting)


def facets(found: Found) -> Iterator[FacetView]:
    """Filters with a choice to make: what has one value only narrows nothing."""
    question = found.addressed
    for name, label, choices in _offered(found):
        links = tuple(_links(question, name, choices))
        if len(links) > 1 or any(link.chosen for link in links):
            yield FacetView(label, links)


def _offered(found: Found) -> Iterator[tuple[str, str, Sequence[Choice]]]:
    if found.decisions:
        for name, choices in found.decisions.facets.items():
            yield name, FILTERS[name].label, choices
    if found.records:
        for name, label in _OF_RECORDS.items():
            yield name, label, found.records.facets[_KIND if name == "type" else name]


def _links(question: Question, name: str, choices: Sequence[Choice]) -> Iterator[FacetLink]:
    taken = question.type if name == "type" else question.act if name == "act" else question.facets.get(name)
    without = question.address(**{name: RECORDS if name == "type" else ""})
    for choice, href in zip(choices, question.narrowed(name, (choice.value for choice in choices)), strict=True):
        is_taken = choice.value == taken
        yield FacetLink(choice.label, without if is_taken else href, choice.count, is_taken)


def chosen(question: Question, known: Known | None, found: Found | None = None) -> tuple[Link, ...]:
    """The conditions that narrow the search, each as the search without it."""
    if question.type in OF_RECORDS:
        return tuple(_chosen_of_records(question, found))
    labels = {name: known.of(name) for name in question.facets} if known else {}
    return tuple(
        Link(_condition(name, value, labels.get(name, {})), question.address(**{name: ""}))
        for name, value in question.narrowing.items()
    )


def _condition(name: str, value: str, labels: Mapping[str, str]) -> str:
    if name in DAYS:
        return f"{DAYS[name]} {date_zh(value)}"
    return f"{FILTERS[name].label}：{labels.get(value, value)}"


def _chosen_of_records(question: Question, found: Found | None) -> Iterable[Link]:
    if question.type != RECORDS:
        yield Link(f"信息种类：{TYPES[question.type]}", question.address(type=RECORDS))
    if question.department:
        names = found.records.known.of("department") if found and found.records else {}
        name = names.get(question.department, question.department)
        yield Link(f"公示部门：{name}", question.address(department=""))
    if question.act:
        yield Link(f"执法类别：{question.act}", question.address(act=""))
