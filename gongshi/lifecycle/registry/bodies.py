"""Whose review a list needs beside its own department's, and who may give it (D22, D23)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from gongshi.instance import Instance
from gongshi.law.registry import second_review
from gongshi.law.rule import Question, Rule
from gongshi.law.rule_words import BODIES
from gongshi.records.department import Department


def demanded(instance: Instance, kinds: Iterable[str], department: Department, on: date) -> Mapping[str, Rule]:
    """By kind the rule by which another body reviews it, for a department's own review of the day `on`."""
    asked = ((kind, second_review(instance.rules, kind, department, on)) for kind in kinds)
    return {kind: rule for kind, rule in asked if rule is not None}


def endorsers(instance: Instance, body: str, department: Department) -> tuple[Department, ...]:
    """The departments that are this body for `department`: of its own region; where that has none, the city's.

    Empty where nobody is registered (or the city wants no other region's): then its lists wait. A department that
    is the body itself reviews its own lists, by another person.
    """
    giving = [one for one in instance.departments.values() if body in one.second_reviews]
    near = tuple(one for one in giving if one.region == department.region)
    if near or not instance.city.second_review_fallback:
        return near
    return tuple(one for one in giving if one.region == instance.city.region)


def named(instance: Instance, body: str, department: Department, on: date) -> str:
    """What the body is called for `department`: the departments' names of that day."""
    found = "、".join(one.name_on(on) for one in endorsers(instance, body, department))
    return found or f"{BODIES.get(body, body)}（尚未登记，请管理员在 departments.yml 写明 second_reviews）"


def article_of(instance: Instance, kind: str, body: str) -> str:
    """The article by which that body reviews that kind, for the words that a person reads."""
    rules = instance.rules.asking(Question.SECOND_REVIEW)
    return next((rule.article for rule in rules if rule.value == body and kind in rule.scope.kinds), "")
